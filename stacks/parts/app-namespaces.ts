import type { AppNamespace } from "../../constructs/priming/namespace";
import { appsOn, namespaceOf } from "../../model/derived/placement";
import type { Cluster } from "../../model/schema/cluster";
import type { Fleet } from "../../model/schema/fleet";
import { type Namespace, namespace } from "../../model/schema/namespaces";

/** Where the ingress controllers run, by name: what may reach every application. */
const INGRESS_NAMESPACE = { traefik: "traefik", "envoy-gateway": "envoy-gateway", none: undefined } as const;

/** The namespaces of a cluster's applications, as the fleet file says, in the order of their names. */
export function appNamespaces(fleet: Fleet, cluster: Cluster): readonly AppNamespace[] {
  const apps = appsOn(fleet, cluster.name);
  const names = [...new Set(Object.entries(apps).map(([name, app]) => namespaceOf(name, app)))].sort();
  return names.map((name) => appNamespace(name, fleet.namespaces[name] ?? namespace.parse({}), cluster));
}

function appNamespace(
  name: string,
  { existing, podSecurity, openTo, quota, defaults, access }: Namespace,
  cluster: Cluster,
): AppNamespace {
  const { addons } = cluster;
  const ingress = INGRESS_NAMESPACE[addons.ingress.controller];
  return {
    name,
    existing,
    podSecurity,
    openTo: [...new Set([...(ingress ? [ingress] : []), ...(addons.monitoring.enabled ? ["monitoring"] : []), ...openTo])],
    access: access[cluster.cloud],
    quota:
      quota &&
      given({
        "requests.cpu": quota.cpu,
        "requests.memory": quota.memory,
        "requests.storage": quota.storage,
        pods: quota.pods?.toString(),
      }),
    containerDefaults: defaults && {
      requests: given({ cpu: defaults.cpu, memory: defaults.memory }),
      limits: given({ memory: defaults.memory }),
    },
  };
}

function given(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
