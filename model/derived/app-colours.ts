import type { App } from "../schema/apps";
import { stackIds } from "./names";
import { hasTagVariable } from "./placement";

/** The colours of an application: each a version of its own beside the others. Empty where it has none. */
export const coloursOf = ({ colours }: Pick<App, "colours">): readonly string[] => Object.keys(colours ?? {});

/** Name of the release of an application, or of one of its colours. */
export const releaseName = (app: string, colour?: string): string => (colour === undefined ? app : `${app}-${colour}`);

/** The colours that get traffic, by the names of their releases. One that gets none isn't named in a route, so that it can go. */
export function weightsOf(name: string, { colours }: Pick<App, "colours">): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(colours ?? {}).flatMap(([colour, weight]) => (weight > 0 ? [[releaseName(name, colour), weight]] : [])),
  );
}

/** Ids of the stacks of an application on a cluster, in the order in which they are applied; after the last it serves. */
export function stacksOfApp(fleet: string, cluster: string, name: string, app: App): readonly string[] {
  if (app.colours)
    return [...coloursOf(app).map((colour) => releaseName(name, colour)), `${name}-routes`].map((part) =>
      stackIds.app(fleet, cluster, part),
    );
  return [hasTagVariable(app) ? stackIds.app(fleet, cluster, name) : stackIds.apps(fleet, cluster)];
}
