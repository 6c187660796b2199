import { readdirSync } from "node:fs";
import { join } from "node:path";
import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { type App, TerraformStack } from "cdktf";
import type { AddOnHost } from "../../constructs/priming/host";
import { Priming } from "../../constructs/priming/priming";
import { awsProvider } from "../../constructs/providers";
import { ADD_ONS, type AddOnName } from "../../model/add-ons";
import { addons } from "../../model/schema/addons";
import { root } from "../support/fleet";
import { resources, synthStacks } from "../support/synth";
import { releaseNames } from "./fleets";

test("every add-on is two files of one name, and every install is an add-on's", () => {
  const names = (folder: string) => readdirSync(join(root, folder)).map((file) => file.replace(/\.ts$/, ""));
  const wanted = Object.keys(ADD_ONS);
  expect(names("model/add-ons")).toEqual(expect.arrayContaining(wanted));
  expect(names("constructs/priming/add-ons").sort()).toEqual([...wanted, "index"].sort());
});

/** A stack with the providers that priming itself uses. */
function stackOf(app: App, id: string): TerraformStack {
  const stack = new TerraformStack(app, id);
  new HelmProvider(stack, "helm", {});
  new KubernetesProvider(stack, "kubernetes", {});
  return stack;
}

/** A cluster that no fleet has. */
const host = (stack: TerraformStack, asked: string[], settings: object): AddOnHost => {
  const provider = () => awsProvider(stack, "own", { region: "eu-west-1", accountId: "111122223333" });
  return {
    name: "shop-one",
    face: {
      name: "one",
      endpoint: "https://api.example.com",
      auth: { command: "aws", args: [] },
      oidcIssuer: "https://issuer.example.com",
      ingress: {
        ips: ["192.0.2.1"],
        service: { type: "NodePort", httpNodePort: 30080, httpsNodePort: 30081, proxyProtocolFrom: ["10.0.0.0/16"] },
      },
    },
    own: {
      cloud: "aws",
      region: "eu-west-1",
      accountId: "111122223333",
      kubernetes: "1.36",
      deletionProtection: true,
      subnetKeys: ["eu-west-1a"],
      foundation: {
        clusterName: "shop-one",
        vpcId: "vpc-1",
        vpcCidr: "10.0.0.0/16",
        privateSubnetIds: ["subnet-1"],
        clusterSecurityGroupId: "sg-1",
      },
    },
    zone: {
      name: "example.com",
      ttlSeconds: 60,
      reach: () => {
        asked.push("zone");
        return {
          engine: "route53",
          zone: { engine: "route53", name: "example.com", zoneId: "Z1" },
          provider: awsProvider(stack, "zone", { region: "us-east-1", accountId: "444455556666", alias: "zone" }),
          oidcProviderArn: "arn:aws:iam::444455556666:oidc-provider/issuer.example.com",
          partition: "aws",
        };
      },
    },
    certificates: { issuers: "letsencrypt", publicNames: ["www.example.com"], asksForPublic: true },
    addons: addons.parse(settings),
    backups: {
      cluster: {
        name: "shop-one",
        issuer: "https://issuer.example.com",
        own: { cloud: "aws", oidcProviderArn: "arn:aws:iam::111122223333:oidc-provider/issuer.example.com" },
        tags: {},
      },
      store: { name: "shop-backups", region: "eu-west-1" },
      password: {
        entry: "shop-backup-all",
        location: { cloud: "aws", partition: "aws", region: "eu-west-1", accountId: "111122223333" },
      },
      prefix: "shop-one",
    },
    secretPrefix: "shop",
    tags: { team: "web" },
    charts: { charts: { source: "repositories" } },
    ownProvider: () => {
      if (!asked.includes("own")) provider();
      asked.push("own");
      return undefined;
    },
  };
};

test("a cluster of one's own is primed without a fleet", () => {
  const asked: string[] = [];
  const { one } = synthStacks((app) => {
    const stack = stackOf(app, "one");
    new Priming(stack, "priming", host(stack, asked, { clusterAutoscaler: { enabled: false }, storage: { shared: true } }));
  });
  expect(releaseNames(one!)).toEqual([
    "cert-manager",
    "cert-manager-certificates",
    "cert-manager-issuers",
    "ingress-certificates",
    "load-balancer-guard",
    "metrics-server",
    "network-policies",
    "storage-classes",
    "traefik",
    "traefik-definitions",
  ]);
  expect(Object.values(resources(one!, "aws_iam_role")).map(({ name }) => name)).toEqual([
    "shop-one-cert-manager",
    "shop-one-efs-csi",
  ]);
  expect(asked).toEqual(["own", "zone"]);
});

/** What switches one add-on on; the others stay off. */
const ON: Readonly<Record<AddOnName, object>> = {
  traefik: { ingress: { controller: "traefik" } },
  "envoy-gateway": { ingress: { controller: "envoy-gateway" } },
  "cert-manager": { certManager: { enabled: true } },
  "external-dns": { externalDns: { enabled: true } },
  "gateway-api": { gatewayApi: { enabled: true } },
  "cluster-autoscaler": { clusterAutoscaler: { enabled: true } },
  "metrics-server": { metricsServer: { enabled: true } },
  storage: { storage: { enabled: true, shared: true } },
  "csi-driver-nfs": { storage: { enabled: true, nfs: { server: "nfs.example.com", share: "/a" } } },
  "nfs-provisioner": { storage: { enabled: true, nfsProvisioner: { enabled: true } } },
  monitoring: { monitoring: { enabled: true } },
  logging: { logging: { enabled: true, output: { to: "cloud" } } },
  graylog: { graylog: { enabled: true } },
  headlamp: { headlamp: { enabled: true } },
  "external-secrets": { externalSecrets: { enabled: true } },
  reloader: { externalSecrets: { enabled: true }, reloader: { enabled: true } },
  velero: { backup: { enabled: true } },
  "load-balancer-guard": { guards: { unplannedLoadBalancers: "refuse" } },
};
const OFF = {
  ingress: { controller: "none" },
  certManager: { enabled: false },
  clusterAutoscaler: { enabled: false },
  metricsServer: { enabled: false },
  storage: { enabled: false },
  guards: { unplannedLoadBalancers: "allow" },
};

// cdktf itself refuses a stack with a resource whose provider is nowhere
test("each add-on alone declares the providers that it uses, and no other", () => {
  const used = Object.entries(ON).map(([name, on]) => {
    const asked: string[] = [];
    synthStacks((app) => {
      const stack = stackOf(app, name);
      new Priming(stack, "priming", host(stack, asked, { ...OFF, ...on }));
    });
    return [name, [...new Set(asked)].sort().join()];
  });
  expect(Object.fromEntries(used.filter(([, asked]) => asked !== ""))).toEqual({
    "cert-manager": "zone",
    "cluster-autoscaler": "own",
    "external-dns": "zone",
    "external-secrets": "own",
    logging: "own",
    reloader: "own", // external-secrets, which it is for
    storage: "own",
    velero: "own",
  });
});
