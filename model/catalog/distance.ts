import { Geodesic } from "geographiclib-geodesic";

/** A place on Earth, in degrees: north and east are positive. */
export interface Coordinates {
  readonly latitude: number;
  readonly longitude: number;
}

/** Length of the shortest way between two places on the WGS84 ellipsoid, in kilometres. */
export function distanceKm(one: Coordinates, other: Coordinates): number {
  const { s12 } = Geodesic.WGS84.Inverse(one.latitude, one.longitude, other.latitude, other.longitude);
  return (s12 ?? 0) / 1000;
}

/** The nearest of at least one place; the first of them where several are equally near. */
export function nearest<T extends Coordinates>(from: Coordinates, places: readonly T[]): T {
  return places
    .map((place) => ({ place, km: distanceKm(from, place) }))
    .reduce((best, candidate) => (candidate.km < best.km ? candidate : best)).place;
}
