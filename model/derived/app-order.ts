import type { App } from "../schema/apps";

/**
 * Applications of one cluster, each after those that it names under `after`; otherwise those whose versions the file says
 * before those whose tag is a variable, in the order of the file. What comes after itself is left where it stands: the
 * rules refuse it.
 */
export function inOrder(apps: Readonly<Record<string, App>>): readonly (readonly [string, App])[] {
  const ordered = new Map<string, App>();
  const visit = (name: string, above: readonly string[]): void => {
    const app = apps[name];
    if (!app || ordered.has(name) || above.includes(name)) return;
    for (const before of app.after) visit(before, [...above, name]);
    ordered.set(name, app);
  };
  for (const name of Object.keys(apps)) visit(name, []);
  return [...ordered];
}

/** The way from an application back to itself by `after`; nothing where there is none. */
export function circleFrom(apps: Readonly<Record<string, Pick<App, "after">>>, name: string): readonly string[] | undefined {
  const search = (at: string, way: readonly string[]): readonly string[] | undefined => {
    for (const before of apps[at]?.after ?? []) {
      if (before === name) return [...way, before];
      if (way.includes(before)) continue;
      const found = search(before, [...way, before]);
      if (found) return found;
    }
    return undefined;
  };
  return search(name, [name]);
}
