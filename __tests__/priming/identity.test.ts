import type { PolicyDocument } from "../../constructs/identity/document";
import { autoscalerPolicy, backupsPolicy, logGroupPolicy, secretsPolicy } from "../../constructs/identity/policies";
import { challengePolicy, externalDnsPolicy } from "../../constructs/identity/records-policies";
import { podIdentityTrust, webIdentityTrust } from "../../constructs/identity/trust";
import { ADD_ONS } from "../../model/add-ons";
import type { AddOn } from "../../model/add-ons/add-on";
import { CLUSTER_AUTOSCALER_IMAGES } from "../../model/add-ons/cluster-autoscaler";
import { resources } from "../support/synth";
import { primingOf, synthClouds } from "./fleets";
import { allows, type IamRequest } from "./iam";

const zone = { partition: "aws", zoneId: "Z1" };
const NAMES = "route53:ChangeResourceRecordSetsNormalizedRecordNames";
const TYPES = "route53:ChangeResourceRecordSetsRecordTypes";

/** A batch of changes, as Route53 shows it to IAM. */
const change = (names: string[], types: string[], zoneId = "Z1"): IamRequest => ({
  action: "route53:ChangeResourceRecordSets",
  resource: `arn:aws:route53:::hostedzone/${zoneId}`,
  context: { [NAMES]: names, [TYPES]: types },
});

describe("external-dns", () => {
  const own = "gru.k8s.example.com";
  const policy = externalDnsPolicy({ ...zone, names: [`*.${own}`], except: [`ingress.${own}`, `\\052.${own}`] });
  const may = (...names: string[]) => allows(policy, change(names, ["A"]));

  test("writes names below its cluster's, and its own TXT records beside them", () => {
    expect(may(`shop.${own}`)).toBe(true);
    expect(may(`a.b.${own}`, `shop.${own}`)).toBe(true);
    expect(allows(policy, change([`edns-a-shop.${own}`], ["TXT"]))).toBe(true);
    expect(allows(policy, change([`shop.${own}`, `edns-cname-shop.${own}`], ["CNAME", "TXT"]))).toBe(true);
  });

  test("writes no other cluster's name, no public name and no name that merely ends the same", () => {
    for (const foreign of [
      "shop.syd.k8s.example.com",
      "www.k8s.example.com",
      "k8s.example.com",
      "shop.prod-gru.k8s.example.com",
      own,
    ])
      expect({ foreign, allowed: may(foreign) }).toEqual({ foreign, allowed: false });
  });

  test("is refused a whole batch for one foreign name in it", () => {
    expect(may(`shop.${own}`, "www.k8s.example.com")).toBe(false);
    expect(may("www.k8s.example.com", `shop.${own}`)).toBe(false);
  });

  test("is refused the records that are Terraform's, alone and in a batch", () => {
    expect(may(`ingress.${own}`)).toBe(false);
    expect(may(`\\052.${own}`)).toBe(false);
    expect(may(`shop.${own}`, `ingress.${own}`)).toBe(false);
  });

  test("is refused a request that names nothing: of an empty set ForAllValues holds", () => {
    expect(may()).toBe(true); // a set that is there and empty never comes from Route53
    expect(allows(policy, { action: "route53:ChangeResourceRecordSets", resource: "arn:aws:route53:::hostedzone/Z1" })).toBe(
      false,
    );
    const without = { ...change([`shop.${own}`], ["A"]), context: { [NAMES]: [`shop.${own}`] } };
    expect(allows(policy, without)).toBe(false);
  });

  test("writes addresses, aliases and TXT, and delegates nothing", () => {
    for (const type of ["NS", "SOA", "MX", "CAA", "DS", "AAAA"]) expect(allows(policy, change([`x.${own}`], [type]))).toBe(false);
    expect(allows(policy, change([`x.${own}`], ["A", "NS"]))).toBe(false);
  });

  test("writes and lists one zone alone, and deletes no zone", () => {
    expect(allows(policy, change([`shop.${own}`], ["A"], "Z2"))).toBe(false);
    const list = (zoneId: string) => ({
      action: "route53:ListResourceRecordSets",
      resource: `arn:aws:route53:::hostedzone/${zoneId}`,
    });
    expect(allows(policy, list("Z1"))).toBe(true);
    expect(allows(policy, list("Z2"))).toBe(false);
    expect(allows(policy, { action: "route53:ListHostedZones", resource: "*" })).toBe(true);
    for (const action of ["route53:DeleteHostedZone", "route53:CreateHostedZone", "route53:ChangeTagsForResource"])
      expect(allows(policy, { action, resource: "arn:aws:route53:::hostedzone/Z1" })).toBe(false);
  });
});

describe("cert-manager", () => {
  const names = [
    "_acme-challenge.gru.k8s.example.com",
    "_acme-challenge.*.gru.k8s.example.com",
    "_acme-challenge.www.k8s.example.com",
  ];
  const policy = challengePolicy({ ...zone, names });

  test("proves its cluster's names and the public ones, by TXT alone", () => {
    for (const name of [names[0]!, "_acme-challenge.shop.gru.k8s.example.com", names[2]!])
      expect(allows(policy, change([name], ["TXT"]))).toBe(true);
    expect(allows(policy, change([names[2]!], ["CNAME"]))).toBe(false);
    expect(allows(policy, change([names[2]!], ["TXT", "A"]))).toBe(false);
  });

  test("proves no other name", () => {
    for (const name of [
      "_acme-challenge.syd.k8s.example.com",
      "www.k8s.example.com",
      "shop.gru.k8s.example.com",
      "_acme-challenge.k8s.example.com",
    ])
      expect({ name, allowed: allows(policy, change([name], ["TXT"])) }).toEqual({ name, allowed: false });
    expect(allows(policy, change([names[0]!, "www.k8s.example.com"], ["TXT"]))).toBe(false);
  });

  test("asks whether a change is out, and lists no zones", () => {
    expect(allows(policy, { action: "route53:GetChange", resource: "arn:aws:route53:::change/C1" })).toBe(true);
    expect(allows(policy, { action: "route53:ListHostedZones", resource: "*" })).toBe(false);
  });
});

describe("trust", () => {
  const issuer = "region.oic.example/tenant/id/";
  const trust = webIdentityTrust("arn:aws:iam::111122223333:oidc-provider/x", issuer, {
    namespace: "external-dns",
    name: "external-dns",
  });
  const token = (aud: string, sub: string, host = issuer) => ({
    action: "sts:AssumeRoleWithWebIdentity",
    context: { [`${host}:aud`]: aud, [`${host}:sub`]: sub },
  });
  const subject = "system:serviceaccount:external-dns:external-dns";

  test("takes one service account's token, made for AWS, of one issuer, slash included", () => {
    expect(allows(trust, token("sts.amazonaws.com", subject))).toBe(true);
    expect(allows(trust, token("https://kubernetes.default.svc", subject))).toBe(false);
    expect(allows(trust, token("sts.amazonaws.com", `${subject}-2`))).toBe(false);
    expect(allows(trust, token("sts.amazonaws.com", "system:serviceaccount:default:external-dns"))).toBe(false);
    expect(allows(trust, token("sts.amazonaws.com", subject, issuer.slice(0, -1)))).toBe(false);
    expect(allows(trust, { action: "sts:AssumeRoleWithWebIdentity" })).toBe(false);
    expect(allows(trust, { ...token("sts.amazonaws.com", subject), action: "sts:AssumeRole" })).toBe(false);
  });

  test("by pod identity takes one account of one namespace of one cluster", () => {
    const pods = podIdentityTrust("fleet-gru", { namespace: "kube-system", name: "driver" });
    const tags = (cluster: string, namespace: string, account: string) => ({
      action: "sts:AssumeRole",
      context: {
        "aws:RequestTag/eks-cluster-name": cluster,
        "aws:RequestTag/kubernetes-namespace": namespace,
        "aws:RequestTag/kubernetes-service-account": account,
      },
    });
    expect(allows(pods, tags("fleet-gru", "kube-system", "driver"))).toBe(true);
    expect(allows(pods, tags("fleet-syd", "kube-system", "driver"))).toBe(false);
    expect(allows(pods, tags("fleet-gru", "default", "driver"))).toBe(false);
    expect(allows(pods, tags("fleet-gru", "kube-system", "default"))).toBe(false);
    expect(allows(pods, { action: "sts:AssumeRole" })).toBe(false);
  });
});

test("cluster-autoscaler sizes its own cluster's groups and no other's", () => {
  const policy = autoscalerPolicy("fleet-gru");
  const size = (tag: string) => ({
    action: "autoscaling:SetDesiredCapacity",
    resource: "arn:aws:autoscaling:sa-east-1:111122223333:autoScalingGroup:x",
    context: { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${tag}`]: "owned" },
  });
  expect(allows(policy, size("fleet-gru"))).toBe(true);
  expect(allows(policy, size("fleet-syd"))).toBe(false);
  expect(allows(policy, { action: "autoscaling:DeleteAutoScalingGroup", resource: "*" })).toBe(false);
});

test("external-secrets uses the fleet's secrets of one region and deletes none", () => {
  const props = { partition: "aws", region: "sa-east-1", accountId: "111122223333", prefix: "fleet" };
  const policy = secretsPolicy({ ...props, writes: true });
  const secret = (name: string, region = "sa-east-1") => `arn:aws:secretsmanager:${region}:111122223333:secret:${name}-AbCdEf`;
  const read = (resource: string) => allows(policy, { action: "secretsmanager:GetSecretValue", resource });
  expect(read(secret("fleet-graylog"))).toBe(true);
  expect(read(secret("fleets-graylog"))).toBe(false);
  expect(read(secret("fleet-graylog", "eu-west-1"))).toBe(false);
  expect(allows(policy, { action: "secretsmanager:DeleteSecret", resource: secret("fleet-graylog") })).toBe(false);
  expect(allows(policy, { action: "secretsmanager:ListSecrets", resource: "*" })).toBe(false);
  const put = { action: "secretsmanager:PutSecretValue", resource: secret("fleet-ingress-public") };
  expect(allows(policy, put)).toBe(true);
  expect(allows(secretsPolicy({ ...props, writes: false }), put)).toBe(false);
});

test("fluent-bit writes one log group", () => {
  const group = "arn:aws:logs:sa-east-1:111122223333:log-group:/aws/eks/fleet-gru/containers";
  const policy = logGroupPolicy(group);
  expect(allows(policy, { action: "logs:PutLogEvents", resource: `${group}:log-stream:container-x` })).toBe(true);
  expect(allows(policy, { action: "logs:PutLogEvents", resource: `${group}-other:log-stream:x` })).toBe(false);
  expect(allows(policy, { action: "logs:CreateLogGroup", resource: group })).toBe(false);
});

describe("rights follow the calls of the pinned source", () => {
  const actions = ({ Statement }: PolicyDocument) =>
    [
      ...new Set(Statement.filter(({ Effect }) => Effect === "Allow").flatMap(({ Action }) => [Action].flat() as string[])),
    ].sort();
  const calls = (...lists: readonly Readonly<Record<string, string>>[]) => Object.keys(Object.assign({}, ...lists)).sort();
  const secrets = (writes: boolean) =>
    secretsPolicy({ partition: "aws", region: "sa-east-1", accountId: "111122223333", prefix: "fleet", writes });
  const zone = { partition: "aws", zoneId: "Z1", names: ["a.example.com"] };
  const eso = ADD_ONS["external-secrets"].calls.actions;
  const autoscaler = ADD_ONS["cluster-autoscaler"].calls.actions;
  const velero = ADD_ONS.velero.calls.actions;

  test.each<[string, readonly string[], readonly string[]]>([
    ["cert-manager", actions(challengePolicy(zone)), calls(ADD_ONS["cert-manager"].calls.actions.aws)],
    ["external-dns", actions(externalDnsPolicy(zone)), calls(ADD_ONS["external-dns"].calls.actions.aws)],
    ["external-secrets that reads", actions(secrets(false)), calls(eso.awsRead)],
    ["external-secrets that writes", actions(secrets(true)), calls(eso.awsRead, eso.awsWrite)],
    ["cluster-autoscaler", actions(autoscalerPolicy("x")), calls(autoscaler.awsRead, autoscaler.awsWrite)],
    ["fluent-bit", actions(logGroupPolicy("arn:x")), calls(ADD_ONS.logging.calls.actions.aws)],
    ["Velero", actions(backupsPolicy({ bucket: "arn:x", prefix: "a" })), calls(velero.awsObjects, velero.awsBucket)],
  ])("of %s", (_name, allowed, called) => {
    expect(allowed).toEqual(called);
  });

  test("of external-secrets on GKE, and every push takes away a resource policy first", () => {
    expect(Object.keys(eso.awsWrite)).toContain("secretsmanager:DeleteResourcePolicy");
    const more = "names: { www: { policy: simple, members: [syd] } }";
    const permissions = (carryOver: boolean) => {
      const production = carryOver ? ", certManager: { ingressCertificate: production, carryOver: true }" : "";
      const output = synthClouds(["google"], { addons: `{ externalSecrets: { enabled: true }${production} }`, more });
      const roles = resources(primingOf(output, "google"), "google_project_iam_custom_role");
      return Object.values(roles).flatMap((role) => role.permissions as string[]);
    };
    expect(permissions(false).sort()).toEqual(calls(eso.googleRead));
    expect(permissions(true).sort()).toEqual(calls(eso.googleRead, eso.googleCreate, eso.googleWrite));
  });

  // another version may call something else: read its source, then change `calls`
  test("as they are in the version that is installed", () => {
    const plain = (version: string) => version.replace(/^v/, "");
    const read = Object.values<AddOn>(ADD_ONS).flatMap(({ calls: made, charts }) =>
      made ? [[plain(made.version), Object.values(charts).map(({ pin }) => plain(pin.appVersion))] as const] : [],
    );
    expect(read.length).toBeGreaterThan(4);
    for (const [version, installed] of read) expect([...installed, plain(CLUSTER_AUTOSCALER_IMAGES.newest)]).toContain(version);
  });
});
