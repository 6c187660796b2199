import { withoutReferences } from "../../cli/charts/releases";
import { literalDeep } from "../../constructs/cdktf/escape";
import { mergeValues } from "../../constructs/helm/values";
import type { ChartName } from "../../model/add-ons";
import type { ChartPin } from "../../model/add-ons/add-on";
import { CHART_SHAPES, CHARTS } from "../../model/add-ons/charts";
import { chartValuesProblems } from "../../model/catalog/chart-values";
import { committedFleet, synthFleet } from "../support/fleet";
import { resources, theResource } from "../support/synth";
import { type CloudName, primingOf, releaseOf, synthClouds } from "./fleets";

const clouds: CloudName[] = ["aws", "azure", "google"];
const names = "names: { www: { policy: failover, members: [gru, yyz, syd] }, '*.shop': { policy: simple, members: [gru] } }";
const all = synthFleet(committedFleet("fleets/all-on.yaml"));
const plain = synthClouds(clouds, { more: names });

describe("values of charts", () => {
  test.each(Object.values<ChartPin>(CHARTS).map(({ chart }) => chart as ChartName))(
    "of %s were read at its pinned version",
    (chart) => {
      const { version, source, digest } = CHART_SHAPES[chart];
      expect({ version, source }).toEqual({ version: CHARTS[chart].version, source: CHARTS[chart].source });
      expect(digest).toMatch(/^[0-9a-f]{64}$/);
    },
  );

  test("that every add-on gives are known to its chart, and of its kinds", () => {
    const seen = new Set<string>();
    for (const stack of [...Object.values(all.stacks), ...Object.values(plain.stacks)])
      for (const release of Object.values(resources(stack, "helm_release"))) {
        const chart = String(release.chart);
        if (chart.startsWith("./")) continue;
        seen.add(chart);
        const values = JSON.parse(withoutReferences((release.values as string[])[0]!));
        expect(chartValuesProblems(CHART_SHAPES[chart as ChartName].values, values)).toEqual([]);
      }
    expect([...seen].sort()).toEqual(Object.keys(CHARTS).sort());
  });

  test("would be refused with a path that the chart doesn't have, and with a wrong kind", () => {
    const problems = (chart: ChartName, values: object) => chartValuesProblems(CHART_SHAPES[chart].values, values);
    expect(problems("traefik", { ports: { web: { redirections: {} } } })).toEqual([
      "ports.web.redirections: the chart has no such value",
    ]);
    expect(problems("traefik", { deployment: { replicas: "two" } })).toEqual([
      "deployment.replicas: the chart takes number, not string",
    ]);
    expect(problems("metrics-server", { apiService: { creates: false } })).toHaveLength(1);
    expect(problems("external-dns", { txtOwnerID: "x", policy: true })).toHaveLength(2);
    expect(problems("cert-manager", { crds: [] })).toHaveLength(1);
    expect(problems("kube-prometheus-stack", { grafana: { admin: { existingSecrets: "x" } } })).toHaveLength(1);
  });

  test("let Traefik read NGINX's annotations where the fleet file asks for it", () => {
    const nginx = (addons: string) =>
      releaseOf(primingOf(synthClouds(["azure"], { addons }), "azure"), "traefik").data.providers.kubernetesIngressNGINX;
    expect(nginx("{ ingress: { nginxAnnotations: true } }")).toEqual({ enabled: true, ingressClass: "nginx" });
    expect(nginx("{}").enabled).toBe(false);
  });

  test("of the fleet file lie over Meridian's: maps merge, lists replace, null removes, templates stay text", () => {
    expect(mergeValues({ a: { b: 1, c: [1, 2] }, d: 1 }, { a: { c: [3] }, d: null })).toEqual({ a: { b: 1, c: [3] }, d: null });
    const addons = "{ ingress: { values: { deployment: { replicas: 5 }, logs: { x: 'a ${b} %{c}' } }, version: 41.2.0 } }";
    const release = releaseOf(primingOf(synthClouds(["aws"], { addons }), "aws"), "traefik");
    expect(release).toMatchObject({ version: "41.2.0" });
    expect(release.data).toMatchObject({
      deployment: { replicas: 5 },
      logs: { x: "a ${b} %%{c}" },
      ingressClass: { isDefaultClass: true },
    });
    expect((release.values as string[])[0]).toContain("a $${b} %%{c}");
    expect(literalDeep({ a: "${b}" })).toEqual({ a: "$${b}" });
  });
});

describe("ingress", () => {
  test("is bound to the static address: fixed node ports on EKS, by name on AKS and GKE", () => {
    const aws = releaseOf(primingOf(plain, "aws"), "traefik").data;
    expect(aws.service).toEqual({ spec: { type: "NodePort", externalTrafficPolicy: "Cluster" } });
    expect(aws.ports.web).toMatchObject({ nodePort: 30080, proxyProtocol: { trustedIPs: ["10.10.0.0/16"] } });
    expect(aws.ports.websecure).toMatchObject({ nodePort: 30081, proxyProtocol: { trustedIPs: ["10.10.0.0/16"] } });
    for (const [cloud, annotation, address] of [
      ["azure", "service.beta.kubernetes.io/azure-pip-name", "azurerm_public_ip"],
      ["google", "networking.gke.io/load-balancer-ip-addresses", "google_compute_address"],
    ] as const) {
      const { service } = releaseOf(primingOf(plain, cloud), "traefik").data;
      expect(service.spec).toMatchObject({ type: "LoadBalancer", externalTrafficPolicy: "Local" });
      const made = Object.values(resources(plain.stacks[`test-${cloud === "azure" ? "yyz" : "syd"}-cluster`]!, address));
      expect(made.map(({ name }) => name)).toContain(service.annotations[annotation]);
    }
  });

  test("says one name in every cloud, and answers health probes on both ports", () => {
    for (const [cloud, name] of [
      ["aws", "gru"],
      ["azure", "yyz"],
      ["google", "syd"],
    ] as const) {
      const { providers, ingressRoute } = releaseOf(primingOf(plain, cloud), "traefik").data;
      expect(providers.kubernetesIngress).toMatchObject({
        publishedService: { enabled: false },
        ingressEndpoint: { hostname: `ingress.${name}.k8s.example.com` },
      });
      expect(ingressRoute.healthcheck).toEqual({ enabled: true, entryPoints: ["web", "websecure"] });
    }
  });

  test("by Envoy has the same binding, /ping and certificates", () => {
    const output = synthClouds(clouds, { addons: "{ ingress: { controller: envoy-gateway } }", more: names });
    const objects = (cloud: CloudName) => releaseOf(primingOf(output, cloud), "envoy-gateway-ingress").data.objects;
    const kind = (cloud: CloudName, wanted: string) =>
      objects(cloud).find((object: { kind: string }) => object.kind === wanted).spec;
    expect(kind("aws", "EnvoyProxy").provider.kubernetes.envoyService).toMatchObject({
      type: "NodePort",
      patch: {
        value: {
          spec: {
            ports: [
              { port: 80, nodePort: 30080 },
              { port: 443, nodePort: 30081 },
            ],
          },
        },
      },
    });
    expect(kind("azure", "EnvoyProxy").provider.kubernetes.envoyService).toMatchObject({
      type: "LoadBalancer",
      externalTrafficPolicy: "Local",
    });
    expect(kind("aws", "ClientTrafficPolicy")).toMatchObject({
      healthCheck: { path: "/ping" },
      proxyProtocol: { optional: false },
    });
    expect(kind("google", "ClientTrafficPolicy")).not.toHaveProperty("proxyProtocol");
    expect(kind("google", "Gateway").listeners[1].tls.certificateRefs).toEqual([
      { kind: "Secret", name: "ingress-cluster" },
      { kind: "Secret", name: "ingress-public" },
    ]);
  });

  test("goes on taking connections while the cloud's balancer still sends them, and is never drained away whole", () => {
    const grace = (cloud: CloudName) => releaseOf(primingOf(plain, cloud), "traefik").data.ports.websecure.transport;
    expect(grace("azure")).toEqual({ lifeCycle: { requestAcceptGraceTimeout: 30 } });
    expect(grace("google")).toEqual(grace("azure"));
    expect(grace("aws")).toBeUndefined();
    const envoy = releaseOf(all.stacks["allon-belgium-priming"]!, "envoy-gateway-ingress").data.objects.find(
      ({ kind }: { kind: string }) => kind === "EnvoyProxy",
    ).spec;
    expect(envoy.provider.kubernetes).toMatchObject({ envoyDeployment: { replicas: 2 }, envoyPDB: { maxUnavailable: 1 } });
    expect(envoy.shutdown).toEqual({ minDrainDuration: "30s" });
    const webhook = releaseOf(all.stacks["allon-ireland-priming"]!, "external-secrets").data.webhook;
    expect(webhook.podDisruptionBudget).toEqual({ enabled: true, minAvailable: 1 });
  });

  test("is the only load balancer that the guard lets through, and on EKS not even that", () => {
    const allowed = (cloud: CloudName) =>
      releaseOf(primingOf(plain, cloud), "load-balancer-guard").data.objects[1].spec.matchResources.namespaceSelector
        .matchExpressions[0];
    expect(allowed("aws")).toEqual({ key: "kubernetes.io/metadata.name", operator: "NotIn", values: ["kube-system"] });
    expect(allowed("azure").values).toEqual(["kube-system", "traefik"]);
    const more = synthClouds(["google"], { addons: "{ guards: { loadBalancerNamespaces: [mail] } }" });
    expect(
      releaseOf(primingOf(more, "google"), "load-balancer-guard").data.objects[1].spec.matchResources.namespaceSelector
        .matchExpressions[0].values,
    ).toEqual(["kube-system", "mail", "traefik"]);
  });
});

describe("external-dns", () => {
  const output = synthClouds(clouds, { addons: "{ externalDns: { enabled: true } }" });
  test("owns its cluster's names alone, and sees them in the parent zone", () => {
    for (const [cloud, name] of [
      ["aws", "gru"],
      ["azure", "yyz"],
      ["google", "syd"],
    ] as const) {
      const { data } = releaseOf(primingOf(output, cloud), "external-dns");
      expect(data).toMatchObject({
        policy: "sync",
        registry: "txt",
        txtOwnerId: `test-${name}`,
        domainFilters: [`${name}.k8s.example.com`],
        excludeDomains: [`ingress.${name}.k8s.example.com`],
      });
      expect(data.extraArgs).toEqual(expect.arrayContaining(["--aws-zone-match-parent"]));
      expect(data.env).toContainEqual({ name: "AWS_ROLE_ARN", value: "terraform-value" });
    }
  });

  test("takes in Azure DNS the rights of its own zone and the sight of its resource group", () => {
    const stack = primingOf(
      synthClouds(["azure"], { engine: "azure", addons: "{ externalDns: { enabled: true }, certManager: { enabled: false } }" }),
      "azure",
    );
    const grants = Object.values(resources(stack, "azurerm_role_assignment")).map(
      ({ role_definition_name }) => role_definition_name,
    );
    expect(grants.sort()).toEqual(["DNS Zone Contributor", "Reader"]);
    expect(theResource(stack, "azurerm_dns_ns_record")).toMatchObject({ name: "yyz" });
    expect(
      Object.values(resources(stack, "azurerm_dns_a_record"))
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["*", "ingress"]);
  });
});

test("no value of any release holds a secret", () => {
  const secret = /"[^"]*(password|passwd|secretaccesskey|apikey|clientsecret|privatekey)":"(?!")[^"]+"/i;
  for (const stack of Object.values(all.stacks))
    for (const release of Object.values(resources(stack, "helm_release")))
      expect((release.values as string[])[0]).not.toMatch(secret);
});
