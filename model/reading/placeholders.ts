import { type Path, valueAt } from "../problems/paths";
import { existingCluster } from "../schema/cluster";
import { isMap } from "./merge";

/**
 * What stands in for needed parts of a fleet file that are missing or broken, so that the rules can look at the rest.
 * No rule says anything about them: see independence.ts.
 */

const NOBODY = "00000000-0000-0000-0000-000000000000";
const ROLE = "arn:aws:iam::000000000000:role/unknown";

export const AWS_ACCOUNT = { accountId: "000000000000" };
const AZURE_ACCOUNT = { subscriptionId: NOBODY, tenantId: NOBODY };
export const AZURE_ZONE_ACCOUNT = { ...AZURE_ACCOUNT, resourceGroup: "unknown", location: "westeurope" };

/** A name that nobody has chosen; it shows in messages about others. */
const ZONE = "zone.invalid";
const NAME = "fleet";

const EXISTING = {
  endpoint: "https://unknown.invalid",
  exec: { command: "unknown" },
  ingress: { ips: ["192.0.2.1"] },
};

const CLUSTER = {
  region: "unknown",
  aws: { ...AWS_ACCOUNT, runner: ROLE, admins: [ROLE] },
  azure: { ...AZURE_ACCOUNT, runner: NOBODY, admins: [NOBODY] },
  google: { projectId: "unknown", runner: "user:unknown", admins: ["user:unknown"] },
  existing: EXISTING,
};

const APP = { chart: "unknown", repository: "https://unknown.invalid", version: "0.0.0" };
const PUBLIC_NAME = { policy: "weighted" };

/** The value that stands in at a path; undefined where nothing is needed there. */
export function placeholderFor(path: Path): unknown {
  const [section, , ...field] = path;
  switch (section) {
    case "fleet":
      return NAME;
    case "dns":
      return valueAt({ zone: ZONE, aws: AWS_ACCOUNT, azure: AZURE_ACCOUNT }, path.slice(1));
    case "state":
      return path.length === 1 ? { backend: "local" } : undefined;
    case "clusters":
      if (path.length === 1) return {};
      return path.length === 2 ? unknownCluster({}) : valueAt(CLUSTER, field);
    case "apps":
      return path.length === 1 ? undefined : valueAt(APP, field);
    case "names":
      return path.length === 1 ? undefined : valueAt(PUBLIC_NAME, field);
    default:
      return undefined;
  }
}

/** A cluster of which nobody knows the cloud: it has its name, and the fields that every cluster has. */
export function unknownCluster(cluster: unknown): unknown {
  const fields = Object.keys(existingCluster.shape);
  const kept = Object.entries(isMap(cluster) ? cluster : {}).filter(([field]) => fields.includes(field));
  return { ...Object.fromEntries(kept), cloud: "existing", existing: EXISTING };
}
