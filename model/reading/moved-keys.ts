import { type Path, valueAt, withKey, without } from "../problems/paths";
import type { fleetFile } from "../schema/fleet";

type FleetFile = ReturnType<typeof fleetFile.parse>;

/** Takes entries out of data and renames keys, and remembers which, so that paths can be followed back to the file. */
export function movedKeys() {
  const removed = new Map<string, number[]>();
  const renamed = new Map<string, Map<string, string>>();
  const names: { readonly path: Path; readonly own: string }[] = [];
  const id = (path: Path) => JSON.stringify(path.map(String));
  /** A path in the data as the file has it. */
  const inFile = (path: Path): Path => {
    const original: (string | number)[] = [];
    for (const key of path) {
      const at = id(original);
      const gaps = (removed.get(at) ?? []).toSorted((one, other) => one - other);
      if (typeof key === "string") original.push(renamed.get(at)?.get(key) ?? key);
      else original.push(gaps.reduce((place, gap) => (gap <= place ? place + 1 : place), key));
    }
    return original;
  };
  const rename = (data: unknown, path: Path, key: string): unknown => {
    const original = inFile(path);
    const at = id(original.slice(0, -1));
    renamed.set(at, (renamed.get(at) ?? new Map<string, string>()).set(key, String(original.at(-1))));
    return withKey(data, path, key);
  };
  return {
    inFile,
    rename,
    remove(data: unknown, path: Path): unknown {
      const original = inFile(path);
      const [list, place] = [id(original.slice(0, -1)), original.at(-1)];
      const isEntry = typeof place === "number" && Array.isArray(valueAt(data, path.slice(0, -1)));
      if (isEntry) removed.set(list, [...(removed.get(list) ?? []), place]);
      return without(data, path);
    },
    /** Gives an entry whose name is not spelt as such names are one that is, until `withOwnNames`. */
    renameForNow(data: unknown, path: Path): unknown {
      const key = `renamed-${names.length + 1}`;
      names.push({ path: [...path.slice(0, -1), key], own: String(inFile(path).at(-1)) });
      return rename(data, path, key);
    },
    /** The file with the names that people chose, so that rules find and say them. */
    withOwnNames(file: FleetFile): FleetFile {
      return names.toReversed().reduce((rest, { path, own }) => withKey(rest, path, own) as FleetFile, file);
    },
  };
}
