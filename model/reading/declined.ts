import type { Fleet } from "../schema/fleet";
import { isMap } from "./merge";

/**
 * The fields of add-ons that a file switches off in words on clusters that something else made, where they would be off
 * by default too.
 * @param clusters as the file writes them, with its defaults
 */
export function declinedIn(clusters: unknown): Pick<Fleet, "declined"> {
  if (!isMap(clusters)) return {};
  const declined = Object.entries(clusters).flatMap(([name, cluster]) => {
    if (!isMap(cluster) || cluster.cloud !== "existing" || !isMap(cluster.addons)) return [];
    const fields = Object.entries(cluster.addons).flatMap(([field, said]) => (isMap(said) && isOff(field, said) ? [field] : []));
    return fields.length === 0 ? [] : [[name, fields] as const];
  });
  return declined.length === 0 ? {} : { declined: Object.fromEntries(declined) };
}

/** One controller at most is there: whoever names one, or none, says of all others that they go. */
function isOff(field: string, said: Readonly<Record<string, unknown>>): boolean {
  if (field === "ingress") return said.controller !== undefined;
  if (field === "guards") return said.unplannedLoadBalancers === "allow";
  return said.enabled === false;
}
