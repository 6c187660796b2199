import { versionWarnings } from "./catalog/kubernetes-versions";
import type { Fleet } from "./schema/fleet";

/**
 * What is worth knowing about a fleet that can be built all the same. Only this may depend on the date; the output never
 * does.
 */
export function fleetWarnings(fleet: Fleet, today: Date): readonly string[] {
  return versionWarnings(fleet, today);
}
