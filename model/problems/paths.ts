import { isMap } from "../reading/merge";

/** Keys from the root of a file's data; numbers are places in lists. */
export type Path = readonly (string | number)[];

/** Whether a path lies below another, or is the same. */
export function within(path: Path, outer: Path): boolean {
  return outer.every((key, index) => String(key) === String(path[index]));
}

export const samePath = (one: Path, other: Path): boolean => one.length === other.length && within(one, other);

/** What stands at a path; undefined where nothing does. */
export function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>((inside, key) => {
    if (Array.isArray(inside)) return inside[Number(key)];
    return isMap(inside) && Object.hasOwn(inside, key) ? inside[key] : undefined;
  }, data);
}

/** A copy without what stands at a path; the entries behind it in a list move up. */
export function without(data: unknown, path: Path): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return undefined;
  if (Array.isArray(data))
    return data.flatMap((item, index) => (index === Number(key) ? (rest.length ? [without(item, rest)] : []) : [item]));
  if (!isMap(data) || !Object.hasOwn(data, key)) return data;
  const entries = Object.entries(data);
  return Object.fromEntries(
    rest.length === 0
      ? entries.filter(([name]) => name !== String(key))
      : entries.map(([name, inner]) => [name, name === String(key) ? without(inner, rest) : inner]),
  );
}

/** A copy with a value at a path, in maps made for it where there are none. */
export function withValue(data: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(data)) return data.map((item, index) => (index === Number(key) ? withValue(item, rest, value) : item));
  const map = new Map(isMap(data) ? Object.entries(data) : []);
  map.set(String(key), withValue(map.get(String(key)), rest, value));
  return Object.fromEntries(map);
}

/** A copy in which an entry of a map has another key, at the same place of the map. */
export function withKey(data: unknown, path: Path, key: string): unknown {
  const map = valueAt(data, path.slice(0, -1));
  if (!isMap(map)) return data;
  const renamed = Object.entries(map).map(([name, inner]) => [name === path.at(-1) ? key : name, inner]);
  return withValue(data, path.slice(0, -1), Object.fromEntries(renamed));
}
