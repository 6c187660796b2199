import { certificateNames } from "../../model/derived/certificates";
import { committedFleet, fleetOf, synthFleet } from "../support/fleet";
import { resources, theResource } from "../support/synth";
import { type CloudName, fleetText, primingOf, releaseNames, releaseOf, synthClouds } from "./fleets";

const clouds: CloudName[] = ["aws", "azure", "google"];
const names = "names: { www: { policy: failover, members: [gru, yyz, syd] }, '*.shop': { policy: simple, members: [gru] } }";
const all = synthFleet(committedFleet("fleets/all-on.yaml"));
const plain = synthClouds(clouds, { more: names });

describe("certificates", () => {
  test("are proved by DNS-01 alone, with the same issuer in three clouds but for role and zone", () => {
    const issuers = clouds.map((cloud) => releaseOf(primingOf(plain, cloud), "cert-manager-issuers").data.objects);
    expect(issuers[0]).toEqual(issuers[1]);
    expect(issuers[1]).toEqual(issuers[2]);
    const made = issuers[0].filter((object: { kind: string }) => object.kind === "ClusterIssuer");
    expect(made.map((issuer: { metadata: { name: string } }) => issuer.metadata.name)).toEqual([
      "letsencrypt-staging",
      "letsencrypt-production",
    ]);
    for (const { spec } of made) {
      expect(spec.acme.solvers).toHaveLength(1);
      expect(spec.acme.solvers[0]).toMatchObject({
        selector: { dnsZones: ["k8s.example.com"] },
        dns01: {
          route53: { region: "us-east-1", auth: { kubernetes: { serviceAccountRef: { name: "cert-manager-route53" } } } },
        },
      });
      expect(JSON.stringify(spec)).not.toContain("http01");
    }
  });

  test("cover the cluster's names and the public ones, from staging until the fleet says otherwise", () => {
    const [cluster, shared] = releaseOf(primingOf(plain, "aws"), "cert-manager-certificates").data.objects;
    expect(cluster.spec).toMatchObject({ dnsNames: ["*.gru.k8s.example.com"], issuerRef: { name: "letsencrypt-staging" } });
    expect(shared.spec.dnsNames).toEqual(["www.k8s.example.com", "*.shop.k8s.example.com"]);
    expect(releaseOf(all.stacks["allon-ireland-priming"]!, "cert-manager-certificates").data.objects[0].spec.issuerRef.name).toBe(
      "letsencrypt-production",
    );
  });

  test("leave out a name that a wildcard beside it covers: the authority refuses the whole order otherwise", () => {
    const zone = [
      "www.k.example",
      "a.b.k.example",
      "*.b.k.example",
      "x.y.b.k.example",
      "k.example",
      "*.k.example",
      "b.k.example",
    ];
    expect(certificateNames(zone)).toEqual(["*.b.k.example", "x.y.b.k.example", "k.example", "*.k.example"]);
    expect(certificateNames(["www.k.example", "*.shop.k.example"])).toEqual(["www.k.example", "*.shop.k.example"]);
    const wild = "names: { www: { policy: simple, members: [gru] }, '*': { policy: simple, members: [gru] } }";
    const stack = primingOf(synthClouds(["aws"], { more: wild }), "aws");
    expect(releaseOf(stack, "cert-manager-certificates").data.objects[1].spec.dnsNames).toEqual(["*.k8s.example.com"]);
    // an application may still have a certificate of its own for the covered name
    expect(JSON.stringify(resources(stack, "aws_iam_role_policy"))).toContain("_acme-challenge.www.k8s.example.com");
  });

  test("are proved in Azure DNS by AKS in two small zones, and not in the fleet's", () => {
    const output = synthClouds(["azure", "google"], {
      engine: "azure",
      more: "names: { www: { policy: failover, members: [yyz, syd] }, '@': { policy: simple, members: [yyz] } }",
    });
    const aks = primingOf(output, "azure");
    const issuer = releaseOf(aks, "cert-manager-issuers").data.objects[0].spec.acme;
    expect(
      issuer.solvers.map(
        (solver: {
          selector: { dnsZones: string[] };
          dns01: { cnameStrategy?: string; azureDNS: { hostedZoneName: string } };
        }) => [solver.selector.dnsZones[0], solver.dns01.azureDNS.hostedZoneName, solver.dns01.cnameStrategy],
      ),
    ).toEqual([
      ["yyz.k8s.example.com", "yyz.k8s.example.com", undefined],
      ["k8s.example.com", "acme.k8s.example.com", "Follow"],
    ]);
    for (const { scope, role_definition_name } of Object.values(resources(aks, "azurerm_role_assignment"))) {
      expect(role_definition_name).toBe("DNS Zone Contributor");
      expect(String(scope)).toMatch(/azurerm_dns_zone\.cluster-zone|dnsZones\/acme\.k8s\.example\.com$/);
    }
    expect(theResource(aks, "azurerm_federated_identity_credential")).toMatchObject({
      subject: "system:serviceaccount:cert-manager:cert-manager",
      audience: ["api://AzureADTokenExchange"],
    });
    const challenges = Object.values(resources(output.stacks["test-global"]!, "azurerm_dns_cname_record"));
    expect(challenges.map(({ name, record }) => [name, String(record).split(".")[0]])).toEqual(
      expect.arrayContaining([
        ["_acme-challenge.www", "www"],
        ["_acme-challenge", "apex"],
      ]),
    );
    expect(releaseNames(primingOf(output, "google"))).not.toContain("cert-manager-issuers");
  });

  test("are carried over through the store, asked of it before cert-manager is", () => {
    const stack = all.stacks["allon-ireland-priming"]!;
    const objects: { kind: string; spec: Record<string, never> }[] = releaseOf(stack, "carried-certificates").data.objects;
    const of = (kind: string) => objects.find((object) => object.kind === kind)?.spec;
    expect(of("ExternalSecret")).toMatchObject({
      refreshPolicy: "CreatedOnce",
      target: { creationPolicy: "Orphan", template: { type: "kubernetes.io/tls" } },
    });
    expect(of("PushSecret")).toMatchObject({
      deletionPolicy: "None",
      data: [{ match: { remoteRef: { remoteKey: "allon-ingress-public" } } }],
    });
    expect(JSON.stringify(of("PushSecret"))).not.toContain("secretKey");
    expect(of("Job")).toBeDefined();
  });

  test("that are not pushed for hours are told, where there is somebody to tell", () => {
    const rules = releaseOf(all.stacks["allon-ireland-priming"]!, "external-secrets-store").data.objects[1];
    expect(rules).toMatchObject({ kind: "PrometheusRule" });
    expect(rules.spec.groups[0].rules[0].expr).toContain('pushsecret_status_condition{condition="Ready",status="False"}');
    const alone = primingOf(synthClouds(["aws"], { addons: "{ externalSecrets: { enabled: true } }" }), "aws");
    expect(releaseOf(alone, "external-secrets-store").data.objects).toHaveLength(1);
  });

  test("of the public names are asked for by one cluster of those that share a store", () => {
    const addons = "{ externalSecrets: { enabled: true }, certManager: { ingressCertificate: production, carryOver: true } }";
    const next = (rest: string) =>
      `  next: { cloud: aws, region: sa-east-1, network: { cidr: 10.40.0.0/16 }, addons: ${addons}${rest} }`;
    const fleet = (rest: string, first = "") =>
      fleetText(["aws"], { addons, more: `${next(rest)}\nnames: { www: { policy: simple, members: [next] } }` }).replace(
        "gru: {",
        `gru: { ${first}`,
      );
    const asks = (text: string, cluster: string) => {
      const stack = synthFleet(fleetOf(text)).stacks[`test-${cluster}-priming`]!;
      const kinds = releaseOf(stack, "carried-certificates").data.objects.map((object: { kind: string }) => object.kind);
      const certificates = releaseOf(stack, "cert-manager-certificates").data.objects.map(
        (object: { metadata: { name: string } }) => object.metadata.name,
      );
      return [kinds.includes("PushSecret"), certificates.includes("ingress-public")];
    };
    expect(asks(fleet(""), "gru")).toEqual([true, true]);
    expect(asks(fleet(""), "next")).toEqual([false, false]);
    // the old generation leaves, the new one takes over
    expect(asks(fleet("", "retired: true, "), "next")).toEqual([true, true]);
    expect(asks(fleet("", "retired: true, "), "gru")).toEqual([false, false]);
  });
});
