import { type Path, within } from "../problems/paths";
import type { Fleet } from "../schema/fleet";

/** A fleet that notes which of some places are read. */
export interface Watched {
  readonly fleet: Fleet;
  /** The places that were read so far, or something below them. */
  readonly touched: ReadonlySet<Path>;
}

/** Accounts of a zone or a database that the file leaves out are taken from the clusters. */
const DERIVED = [/^dns\.(aws|azure)$/, /^databases\.[^.]+\.(aws|azure|google)$/];

/**
 * Wraps a fleet so that what reads it shows which places it reads.
 * @param places as the file has them
 * @param inFile a path of the fleet as the file has it
 */
export function watched(fleet: Fleet, places: readonly Path[], inFile: (path: Path) => Path): Watched {
  const touched = new Set<Path>();
  // by path: objects keep their identity, and one that stands at two places is two
  const proxies = new Map<string, object>();

  const read = (path: Path) => {
    const cloud = DERIVED.map((pattern) => pattern.exec(path.join("."))?.[1]).find((found) => found !== undefined);
    const original = inFile(path);
    for (const place of places)
      if (within(original, place) || (cloud !== undefined && isOfAccount(place, cloud))) touched.add(place);
  };
  /** What lists the keys of a map, or the entries of a list, reads those that should be there. */
  const list = (path: Path) => {
    const original = inFile(path);
    for (const place of places) if (place.length === original.length + 1 && within(place, original)) touched.add(place);
  };

  const wrap = (value: unknown, path: Path): unknown => {
    if (typeof value !== "object" || value === null) return value;
    const id = JSON.stringify(path);
    const known = proxies.get(id);
    if (known) return known;
    const below = (key: string): Path => {
      // the one key that the fleet has by another name
      if (path.length === 0 && key === "name") return ["fleet"];
      if (path.length === 1 && path[0] === "clusters") return [...path, (value as Fleet["clusters"])[Number(key)]?.name ?? key];
      return [...path, Array.isArray(value) ? Number(key) : key];
    };
    const isPlace = (key: string | symbol): key is string =>
      typeof key === "string" && (!Array.isArray(value) || /^\d+$/.test(key));
    const proxy = new Proxy(value, {
      get(target, key, receiver) {
        const found: unknown = Reflect.get(target, key, receiver);
        if (key === "length" && Array.isArray(target)) list(path);
        if (!isPlace(key) || typeof found === "function") return found;
        read(below(key));
        return wrap(found, below(key));
      },
      has(target, key) {
        if (isPlace(key)) read(below(key));
        return Reflect.has(target, key);
      },
      ownKeys(target) {
        list(path);
        return Reflect.ownKeys(target);
      },
    });
    proxies.set(id, proxy);
    return proxy;
  };
  return { fleet: wrap(fleet, []) as Fleet, touched };
}

/** Whether a place is one that an account of a cloud may come from. */
function isOfAccount(place: Path, cloud: string): boolean {
  return place[0] === "clusters" && (place.length < 3 || place[2] === "cloud" || place[2] === cloud);
}
