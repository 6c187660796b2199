import { ACME_LABEL, needsAcmeZone } from "../addons";
import type { Rule } from "../problem";

/** In an Azure zone the challenges of public names have a zone of their own: nothing else has its name or is below it. */
export const challengeZone: Rule = (fleet) => {
  if (!needsAcmeZone(fleet)) return [];
  const message = `${ACME_LABEL}.${fleet.dns.zone} is the zone that proofs for certificates are written to; choose another name`;
  const clusters = fleet.clusters.filter(({ name }) => name === ACME_LABEL).map(({ name }) => ["clusters", name]);
  const names = Object.keys(fleet.names).filter((name) => name.split(".").at(-1) === ACME_LABEL);
  return [...clusters, ...names.map((name) => ["names", name])].map((path) => ({ path, atKey: true, message }));
};
