import { INSTALLS } from "../../constructs/priming/add-ons";
import { ADD_ON_NAMESPACES } from "../../model/add-ons/load-balancer-guard";
import { resources } from "../support/synth";
import { type CloudName, primingOf, releaseOf, synthClouds } from "./fleets";

const clouds: CloudName[] = ["aws", "azure", "google", "existing"];
const all = synthClouds(clouds, {
  addons:
    "{ ingress: { controller: traefik }, certManager: { enabled: true, issuers: none }, guards: { unplannedLoadBalancers: refuse }, monitoring: { enabled: true } }",
});

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

interface PolicyObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: { readonly ingress: readonly { readonly ports?: readonly object[]; readonly from?: readonly object[] }[] };
}

describe("a closed namespace opens", () => {
  const policies = (addons: string) =>
    releaseOf(primingOf(synthClouds(["aws"], { addons }), "aws"), "network-policies").data.objects as PolicyObject[];
  const opened = (addons: string, namespace: string) =>
    policies(addons)
      .filter(({ metadata }) => metadata.namespace === namespace)
      .map(({ metadata }) => metadata.name);

  test("what values put behind an ingress controller or a route, and no page besides", () => {
    const off = opened("{ monitoring: { enabled: true } }", "monitoring");
    expect(off).toEqual(["default-deny", "allow-10250"]);
    const grafana = "{ monitoring: { enabled: true, values: { grafana: { ingress: { enabled: true } } } } }";
    expect(opened(grafana, "monitoring")).toEqual([...off, "allow-3000"]);
    const routed =
      "{ monitoring: { enabled: true, values: { prometheus: { route: { main: { enabled: true } } }, alertmanager: { ingress: { enabled: true } } } } }";
    expect(opened(routed, "monitoring")).toEqual([...off, "allow-9090", "allow-9093"]);
    const { spec } = policies(grafana).find(({ metadata }) => metadata.name === "allow-3000")!;
    expect(spec.ingress).toEqual([{ ports: [{ port: 3000, protocol: "TCP" }], from: [{ namespaceSelector: {} }] }]);
  });

  test("further entry points of Traefik that its service exposes, and HTTP/3 by its own protocol", () => {
    const plain = opened("{}", "traefik");
    const ports =
      "{ ssh: { port: 2222, expose: { default: true } }, hidden: { port: 9999 }, websecure: { http3: { enabled: true } } }";
    expect(opened(`{ ingress: { values: { ports: ${ports} } } }`, "traefik")).toEqual([
      ...plain,
      "allow-ssh",
      "allow-websecure-http3-udp",
    ]);
  });

  test("what the fleet file says, in the namespaces that the cluster has", () => {
    const open =
      "[{ namespace: traefik, port: 8081, protocol: UDP, from: anywhere }, { namespace: traefik, port: 8081, protocol: UDP }, { namespace: graylog, port: 514 }]";
    const names = opened(`{ guards: { open: ${open} } }`, "traefik");
    expect(names.slice(-2)).toEqual(["allow-8081-udp", "allow-8081-udp-2"]);
    expect(opened(`{ guards: { open: ${open} } }`, "graylog")).toEqual([]);
  });

  test("and every namespace of an add-on can be said", () => {
    const namespaces = Object.values<{ namespace?: { name: string } }>(INSTALLS).flatMap(
      ({ namespace }) => namespace?.name ?? [],
    );
    expect([...new Set(namespaces)].sort()).toEqual([...ADD_ON_NAMESPACES]);
  });
});

test("on the way out open challenges are waited for while cert-manager and its rights are there, and not for ever", () => {
  const stack = primingOf(synthClouds(["aws"], { more: "names: { www: { policy: simple, members: [gru] } }" }), "aws");
  const { objects } = releaseOf(stack, "cert-manager-issuers").data;
  const job = objects.find(({ kind }: KubeObject) => kind === "Job");
  expect(job.metadata).toMatchObject({ name: "no-open-challenges", annotations: { "helm.sh/hook": "pre-delete" } });
  const [{ args }] = job.spec.template.spec.containers;
  expect(args).toEqual(expect.arrayContaining(["--for=delete", "--all-namespaces", "--timeout=180s"]));
  expect(job.spec.backoffLimit).toBe(0);
});
