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

type Ordered = Readonly<Record<string, Pick<App, "after">>>;

/** The shortest way from an application back to itself by `after`; nothing where there is none. */
function circleFrom(apps: Ordered, name: string): readonly string[] | undefined {
  const cameFrom = new Map<string, string>();
  const reached = [name];
  for (const at of reached)
    for (const before of apps[at]?.after ?? []) {
      if (before === name) return [...wayTo(at, cameFrom), name];
      if (cameFrom.has(before)) continue;
      cameFrom.set(before, at);
      reached.push(before);
    }
  return undefined;
}

function wayTo(name: string, cameFrom: ReadonlyMap<string, string>): readonly string[] {
  const way: string[] = [];
  for (let at: string | undefined = name; at !== undefined; at = cameFrom.get(at)) way.unshift(at);
  return way;
}

/** The circles that applications make by `after`, each once, under the first of it in the file. */
export function circlesOf(apps: Ordered): ReadonlyMap<string, readonly string[]> {
  const seen = new Set<string>();
  const circles = Object.keys(apps).flatMap((name) => {
    const circle = circleFrom(apps, name);
    const key = circle && [...new Set(circle)].sort().join(" ");
    if (!circle || seen.has(key!)) return [];
    seen.add(key!);
    return [[name, circle] as const];
  });
  return new Map(circles);
}
