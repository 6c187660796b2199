import { committedFleet, fleetOf, synthFleet } from "../support/fleet";
import { resources, theResource } from "../support/synth";
import { type CloudName, fleetText, primingOf, releaseNames, releaseOf, synthClouds } from "./fleets";

const clouds: CloudName[] = ["aws", "azure", "google", "existing"];
const plain = synthClouds(clouds);

describe("the providers of a priming stack", () => {
  test("take the token from the plugin, whatever the operator's environment says", () => {
    for (const cloud of clouds) {
      const { helm, kubernetes } = primingOf(plain, cloud).provider!;
      for (const connection of [helm![0]!.kubernetes as Record<string, unknown>, kubernetes![0]!]) {
        expect(connection).toMatchObject({ config_path: "", token: "", client_certificate: "", client_key: "" });
        expect(connection).not.toHaveProperty("config_paths");
        expect(connection.cluster_ca_certificate).toBeDefined();
      }
    }
  });

  test("are an object to helm and a list of blocks to kubernetes", () => {
    const { helm, kubernetes } = primingOf(plain, "aws").provider!;
    const exec = { api_version: "client.authentication.k8s.io/v1beta1", command: "aws" };
    expect(helm![0]!.kubernetes).toMatchObject({ exec });
    expect(kubernetes![0]!.exec).toMatchObject([exec]);
  });

  test("give the plugin its environment with every key as it was written", () => {
    const { helm, kubernetes } = primingOf(plain, "existing").provider!;
    const env = { LOGIN_Mode: "a $${b}" };
    expect((helm![0]!.kubernetes as { exec: unknown }).exec).toMatchObject({ command: "login", args: ["--quiet"], env });
    expect(kubernetes![0]!.exec).toMatchObject([{ env }]);
  });

  test("have an empty authority where the API has a public certificate", () => {
    const { helm } = primingOf(plain, "existing").provider!;
    expect(helm![0]!.kubernetes).toMatchObject({ cluster_ca_certificate: "", host: expect.stringContaining("endpoint") });
  });

  test("go through a proxy with the name that the certificate has", () => {
    const private_ = 'api: { access: private, proxyUrl: "socks5://127.0.0.1:1080", tlsServerName: kubernetes }';
    const text = fleetText(["aws"]).replace("network:", `${private_}, network:`);
    const { helm, kubernetes } = primingOf(synthFleet(fleetOf(text)), "aws").provider!;
    const expected = { proxy_url: "socks5://127.0.0.1:1080", tls_server_name: "kubernetes" };
    expect(helm![0]!.kubernetes).toMatchObject(expected);
    expect(kubernetes![0]).toMatchObject(expected);
  });
});

describe("every release", () => {
  const all = synthFleet(committedFleet("fleets/all-on.yaml"));
  const stacks = Object.entries(all.stacks).filter(([id]) => id.endsWith("-priming"));

  test("has an exact version, waits, takes failures back and finds itself again", () => {
    for (const [, stack] of stacks)
      for (const release of Object.values(resources(stack, "helm_release"))) {
        expect(release.version).toMatch(/^v?\d+\.\d+\.\d+$/);
        expect(release).toMatchObject({
          atomic: true,
          cleanup_on_fail: true,
          wait: true,
          upgrade_install: true,
          max_history: 10,
        });
        expect(release.create_namespace).toBe(false);
        expect(release.timeout).toBeGreaterThanOrEqual(300);
        expect(String(release.name).length).toBeLessThanOrEqual(53);
      }
  });

  test("comes after its own namespace, so that an API that can't be reached fails the plan", () => {
    for (const [, stack] of stacks) {
      const namespaces = resources(stack, "kubernetes_namespace_v1");
      const idOf = (name: unknown) =>
        Object.keys(namespaces).find((id) => (namespaces[id]!.metadata as { name: string }).name === name);
      for (const release of Object.values(resources(stack, "helm_release")))
        expect(release.depends_on).toContain(`kubernetes_namespace_v1.${idOf(release.namespace)}`);
    }
  });

  test("comes after all of the phases before it, and nothing depends in a circle", () => {
    for (const [, stack] of stacks) {
      const releases = resources(stack, "helm_release");
      const all = { ...releases, ...resources(stack, "kubernetes_namespace_v1") };
      const address = (id: string) => (releases[id] ? `helm_release.${id}` : `kubernetes_namespace_v1.${id}`);
      const needs = new Map(
        Object.entries(all).map(([id, block]) => [address(id), (block.depends_on as string[] | undefined) ?? []]),
      );
      const comesAfter = (from: string, seen = new Set<string>()): Set<string> => {
        for (const next of needs.get(from) ?? []) {
          expect(next).not.toBe(from);
          if (!seen.has(next)) {
            seen.add(next);
            comesAfter(next, seen);
          }
        }
        return seen;
      };
      const named = (name: string) => {
        const id = Object.keys(releases).find((candidate) => releases[candidate]!.name === name);
        if (!id) throw new Error(`no release ${name}`);
        return `helm_release.${id}`;
      };
      for (const start of needs.keys()) expect(comesAfter(start).has(start)).toBe(false);
      const chain: [string, string][] = [
        ["cert-manager-issuers", "cert-manager"],
        ["cert-manager-certificates", "cert-manager-issuers"],
        ["cert-manager-certificates", "carried-certificates"],
        ["carried-certificates", "external-secrets"],
        ["graylog", "graylog-secrets"],
        ["graylog", "opensearch"],
        ["graylog", "mongodb"],
        ["kube-prometheus-stack", "storage-classes"],
        ["external-dns", "cert-manager-issuers"],
      ];
      for (const [later, earlier] of chain)
        expect({ later, earlier, holds: comesAfter(named(later)).has(named(earlier)) }).toEqual({ later, earlier, holds: true });
    }
  });

  test("gives its volumes back before the drivers go: their namespaces die first", () => {
    for (const [, stack] of stacks)
      for (const namespace of Object.values(resources(stack, "kubernetes_namespace_v1"))) {
        const { name } = namespace.metadata as { name: string };
        if (["graylog", "monitoring"].includes(name))
          expect(namespace.depends_on).toEqual(expect.arrayContaining([expect.stringContaining("storage-classes")]));
      }
  });

  test("stays in the cluster when it fails, if the fleet says so", () => {
    const kept = primingOf(synthClouds(["aws"], { addons: "{ failedReleases: keep }" }), "aws");
    expect(releaseOf(kept, "traefik")).toMatchObject({ atomic: false, cleanup_on_fail: false, wait: true });
  });
});

describe("what a cluster gets", () => {
  test("by default", () => {
    const common = ["cert-manager", "load-balancer-guard", "network-policies", "traefik", "traefik-definitions"];
    const withNames = [...common, "cert-manager-certificates", "cert-manager-issuers", "ingress-certificates"];
    expect(releaseNames(primingOf(plain, "azure"))).toEqual([...withNames].sort());
    expect(releaseNames(primingOf(plain, "google"))).toEqual([...withNames].sort());
    expect(releaseNames(primingOf(plain, "aws"))).toEqual(
      [...withNames, "cluster-autoscaler", "metrics-server", "storage-classes"].sort(),
    );
    // what something else made gets what is asked for
    expect(releaseNames(primingOf(plain, "existing"))).toEqual([]);
    const asked =
      "{ ingress: { controller: traefik }, certManager: { enabled: true }, guards: { unplannedLoadBalancers: refuse } }";
    const existing = primingOf(synthClouds(["existing"], { addons: asked }), "existing");
    // no issuer of tokens, so nobody could prove a name
    expect(releaseNames(existing)).toEqual([...common].sort());
    expect(releaseOf(existing, "traefik").data.ingressClass).toEqual({ enabled: true, isDefaultClass: false });
  });

  test("has one owner of metrics-server: no managed add-on beside the chart", () => {
    const addons = Object.values(resources(plain.stacks["test-gru-cluster"]!, "aws_eks_addon")).map(
      ({ addon_name }) => addon_name,
    );
    expect(addons).toContain("vpc-cni");
    expect(addons).not.toContain("metrics-server");
  });

  test("is in namespaces with a pod security standard and closed to others", () => {
    for (const cloud of clouds.filter((one) => one !== "existing")) {
      const stack = primingOf(plain, cloud);
      const policies: { kind: string; metadata: { name: string; namespace: string } }[] = releaseOf(stack, "network-policies")
        .data.objects;
      for (const { metadata } of Object.values(resources(stack, "kubernetes_namespace_v1"))) {
        const { name, labels } = metadata as { name: string; labels: Record<string, string> };
        expect(labels["pod-security.kubernetes.io/enforce"]).toMatch(/^(restricted|baseline|privileged)$/);
        const closed = policies.some((policy) => policy.metadata.namespace === name && policy.metadata.name === "default-deny");
        if (name !== "priming") expect({ name, closed }).toEqual({ name, closed: true });
      }
    }
  });

  test("is only what was asked for", () => {
    const addons =
      "{ ingress: { controller: none }, certManager: { enabled: false }, clusterAutoscaler: { enabled: false }, metricsServer: { enabled: false }, storage: { enabled: false }, guards: { unplannedLoadBalancers: allow, networkPolicies: false } }";
    const stack = primingOf(synthClouds(["aws"], { addons }), "aws");
    expect(Object.keys(stack.resource ?? {})).toEqual(["kubernetes_namespace_v1"]);
    expect(Object.keys(stack.provider ?? {}).sort()).toEqual(["helm", "kubernetes"]);
    expect(theResource(stack, "kubernetes_namespace_v1").metadata).toMatchObject({ name: "priming" });
  });

  test("keeps an aliased provider of the zone when nothing uses it any more", () => {
    const off = fleetText(["aws"], { addons: "{ certManager: { enabled: false } }" });
    const elsewhere = off.replace("engine: route53", 'engine: route53, aws: { accountId: "444455556666" }');
    const aliases = (text: string) => primingOf(synthFleet(fleetOf(text)), "aws").provider!.aws!.map(({ alias }) => alias);
    expect(aliases(off)).toEqual([undefined]);
    expect(aliases(elsewhere)).toEqual([undefined, "zone"]);
  });
});
