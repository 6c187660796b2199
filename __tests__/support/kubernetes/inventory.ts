import { type Api, type ApiObject, until } from "./api";

const DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
const CLUSTER_WIDE = [
  "/api/v1/namespaces",
  "/api/v1/persistentvolumes",
  "/apis/rbac.authorization.k8s.io/v1/clusterroles",
  "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
  "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations",
  "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations",
  "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies",
  "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings",
  DEFINITIONS,
  "/apis/apiregistration.k8s.io/v1/apiservices",
  "/apis/storage.k8s.io/v1/storageclasses",
  "/apis/storage.k8s.io/v1/csidrivers",
  "/apis/networking.k8s.io/v1/ingressclasses",
  "/apis/scheduling.k8s.io/v1/priorityclasses",
];

/** Everything that lives outside namespaces, and the namespaces: kind/name. */
export async function inventory(api: Api): Promise<ReadonlySet<string>> {
  const found = await Promise.all(
    CLUSTER_WIDE.map(async (path) => (await api.list(path)).map(({ metadata }) => `${path.split("/").at(-1)}/${metadata.name}`)),
  );
  return new Set(found.flat());
}

/** What is there now and was not before. API services of definitions come with them. */
export function added(before: ReadonlySet<string>, after: ReadonlySet<string>): readonly string[] {
  return [...after].filter((name) => !before.has(name) && !name.startsWith("apiservices/v")).sort();
}

/** What keeps namespaces from ending, and so goes before them: webhooks without a service, objects without a controller. */
const FIRST = [...CLUSTER_WIDE.filter((path) => path.endsWith("webhookconfigurations")), DEFINITIONS];

/** Takes out of somebody else's cluster what a suite has left there: the next one begins as on a new one. */
export async function sweep(api: Api, before: ReadonlySet<string>): Promise<void> {
  const left = added(before, await inventory(api));
  for (const path of new Set([...FIRST, ...CLUSTER_WIDE])) {
    const names = left.flatMap((one) => (one.startsWith(`${path.split("/").at(-1)}/`) ? [one.split("/")[1]!] : []));
    for (const name of names) {
      if (path === DEFINITIONS) await release(api, (await api.get(`${path}/${name}`)).body);
      await api.remove(`${path}/${name}`);
    }
    const there = async () => new Set((await api.list(path)).map(({ metadata }) => metadata.name));
    await until(`${names} gone`, 120, async () => {
      const now = await there();
      return names.every((name) => !now.has(name));
    });
  }
}

/** Takes the finalizers off the objects of a definition, whose controllers never ran. */
async function release(api: Api, { spec }: ApiObject): Promise<void> {
  const { name: version } = spec.versions.find(({ served }: { served: boolean }) => served);
  const group = `/apis/${spec.group}/${version}`;
  for (const { metadata } of await api.list(`${group}/${spec.names.plural}`))
    if (metadata.finalizers?.length) {
      const place = metadata.namespace ? `namespaces/${metadata.namespace}/${spec.names.plural}` : spec.names.plural;
      await api.patch(`${group}/${place}/${metadata.name}`, { metadata: { finalizers: [] } });
    }
}
