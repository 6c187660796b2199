import { resources } from "../support/synth";
import { type CloudName, primingOf, releaseOf, synthClouds } from "./fleets";

const clouds: CloudName[] = ["aws", "azure", "google", "existing"];
const all = synthClouds(clouds, { addons: "{ certManager: { issuers: none }, monitoring: { enabled: true } }" });

interface KubeObject {
  readonly kind: string;
  readonly metadata: { readonly namespace?: string };
  readonly spec: { readonly validations: readonly { readonly expression: string }[] };
}

test("the guard judges what a Service becomes, not what it was: an old load balancer may be changed and let go", () => {
  const { data } = releaseOf(primingOf(all, "aws"), "load-balancer-guard");
  const policy = (data.objects as KubeObject[]).find(({ kind }) => kind === "ValidatingAdmissionPolicy")!;
  const { expression } = policy.spec.validations[0]!;
  expect(expression).toContain("oldObject != null");
  // the expression is CEL, and of it only what JavaScript reads in the same way
  const judge = new Function(
    "object",
    "oldObject",
    "has",
    `return ${expression.replaceAll("==", "===").replaceAll("!=", "!==").replaceAll("!===", "!==")}`,
  );
  const service = (type?: string) => ({ spec: type === undefined ? {} : { type } });
  const allowed = (now?: string, before?: string | null) =>
    judge(service(now), before === null ? null : service(before), (field: unknown) => field !== undefined) as boolean;
  expect(allowed("LoadBalancer", "LoadBalancer")).toBe(true);
  expect(allowed("LoadBalancer", null)).toBe(false);
  expect(allowed("LoadBalancer", "ClusterIP")).toBe(false);
  expect(allowed("LoadBalancer", undefined)).toBe(false);
  expect(allowed("ClusterIP", "LoadBalancer")).toBe(true);
  expect(allowed(undefined, null)).toBe(true);
});

test.each(clouds)("on %s a release comes after every namespace that its objects are in", (cloud) => {
  const stack = primingOf(all, cloud);
  const namespaces = resources(stack, "kubernetes_namespace_v1");
  const releases = resources(stack, "helm_release");
  const before = (address: string, seen = new Set<string>()): Set<string> => {
    const [type, id] = address.split(".");
    const block = type === "helm_release" ? releases[id!] : namespaces[id!];
    for (const next of (block?.depends_on as string[] | undefined) ?? [])
      if (!seen.has(next)) {
        seen.add(next);
        before(next, seen);
      }
    return seen;
  };
  const made = new Map(Object.entries(namespaces).map(([id, block]) => [(block.metadata as { name: string }).name, id]));
  for (const [id, release] of Object.entries(releases)) {
    const { objects = [] } = releaseOf(stack, String(release.name)).data as { objects?: KubeObject[] };
    for (const { metadata } of objects) {
      const namespace = metadata.namespace === undefined ? undefined : made.get(metadata.namespace);
      if (namespace !== undefined)
        expect([release.name, [...before(`helm_release.${id}`)]]).toEqual([
          release.name,
          expect.arrayContaining([`kubernetes_namespace_v1.${namespace}`]),
        ]);
    }
  }
});

test("the class of the NFS server in the cluster mounts by the one port that its namespace opens", () => {
  const stack = primingOf(synthClouds(["aws"], { addons: "{ storage: { nfsProvisioner: { enabled: true } } }" }), "aws");
  expect(releaseOf(stack, "nfs-server-provisioner").data.storageClass.mountOptions).toContain("vers=4.1");
  const { objects } = releaseOf(stack, "network-policies").data;
  const opened = JSON.stringify(objects.filter((object: KubeObject) => object.metadata.namespace === "nfs-provisioner"));
  expect([...opened.matchAll(/"port":(\d+)/g)].map(([, port]) => port)).toEqual(["2049"]);
});
