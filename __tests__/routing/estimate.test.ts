import { US_STATES } from "../../model/catalog/countries";
import { distanceKm } from "../../model/catalog/distance";
import { findRegion } from "../../model/catalog/regions";
import { latencyByDistance } from "../../routing/estimate";
import { middleOfState, middleOfTerritory } from "../../routing/places";

test.each([
  ["aws", "eu-west-1"],
  ["azure", "brazilsouth"],
] as const)("latency to %s' %s is the last mile's, and 15 microseconds for each kilometre", (cloud, region) => {
  const place = findRegion(cloud, region)!;
  expect(latencyByDistance(place, region)).toBeCloseTo(5, 6);
  const far = { latitude: 10, longitude: 20 };
  expect(latencyByDistance(far, region)).toBeCloseTo(5 + distanceKm(far, place) * 0.015, 6);
});

test("a region that nobody knows is never the nearest", () => {
  expect(latencyByDistance({ latitude: 0, longitude: 0 }, "nowhere-1")).toBe(Number.POSITIVE_INFINITY);
});

const sums = (points: readonly ({ readonly latitude: number; readonly longitude: number } | undefined)[]) => [
  points.reduce((sum, point) => sum + point!.latitude, 0).toFixed(1),
  points.reduce((sum, point) => sum + point!.longitude, 0).toFixed(1),
];

test("no middle of a state or a territory changes unseen: the sums of the tables' columns", () => {
  expect(sums(US_STATES.map(middleOfState))).toEqual(["2018.1", "-4760.3"]);
  expect(sums(["AX", "BL", "BQ", "CW", "MF", "SS", "SX", "UM"].map(middleOfTerritory))).toEqual(["166.0", "-109.7"]);
});
