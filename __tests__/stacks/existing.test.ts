import { fleetOf, synthFleet } from "../support/fleet";
import { resources, theResource } from "../support/synth";

interface Options {
  /** More of the block `existing`. @default nothing */
  readonly existing?: string;
  readonly ingress?: string;
  readonly addons?: string;
  /** @default the fleet has no name */
  readonly names?: string;
}

/** A fleet with one cluster that something else made, and one of EKS. */
const text = ({ existing = "", ingress = "ips: [192.0.2.7]", addons = "{}", names = "{}" }: Options) => `
fleet: test
dns: { zone: k8s.example.com, aws: { accountId: "111122223333" } }
clusters:
  old:
    cloud: existing
    region: eu-west-1
    existing:
      endpoint: https://api.old.example.com
      exec: { command: login }
      ingress: { ${ingress} }
      ${existing}
    addons: ${addons}
  new:
    cloud: existing
    region: us-east-1
    existing: { endpoint: "https://api.new.example.com", exec: { command: login }, ingress: { ips: [192.0.2.8] } }
names: ${names}
`;
const stacksOf = (options: Options) => synthFleet(fleetOf(text(options))).stacks;
const refusal = (options: Options) => {
  try {
    fleetOf(text(options));
    return "";
  } catch (error) {
    return (error as Error).message;
  }
};

const ISSUER = "oidcIssuer: https://oidc.eks.eu-west-1.amazonaws.com/id/ABC";
const GIVEN = 'oidcProviderArn: "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC"';
const CERTIFICATES = "{ certManager: { enabled: true } }";

describe("the trust in an existing cluster's tokens", () => {
  const trustIn = (options: Options) => resources(stacksOf(options)["test-old-cluster"]!, "aws_iam_openid_connect_provider");

  test("is made where something asks for it, and not otherwise: an account takes an issuer once", () => {
    expect(Object.keys(trustIn({ existing: ISSUER, addons: CERTIFICATES }))).toHaveLength(1);
    expect(trustIn({ existing: ISSUER })).toEqual({});
  });

  test("is the one that is there, where the file names it", () => {
    const options = { existing: `${ISSUER}\n      ${GIVEN}`, addons: CERTIFICATES };
    expect(trustIn(options)).toEqual({});
    const stacks = stacksOf(options);
    expect(stacks["test-old-cluster"]!.output).toMatchObject({
      oidc_provider_arn: { value: expect.stringContaining("oidc-provider/oidc.eks") },
    });
    expect(String(theResource(stacks["test-old-priming"]!, "aws_iam_role").assume_role_policy)).toContain("oidc_provider_arn");
  });

  test("is of the issuer and in the zone's account", () => {
    expect(refusal({ existing: GIVEN })).toMatch(/existing\.oidcProviderArn: give `oidcIssuer` too/);
    expect(refusal({ existing: `${ISSUER}D\n      ${GIVEN}` })).toMatch(/not that of the issuer .*id\/ABCD/);
    const elsewhere = GIVEN.replace("111122223333", "444455556666");
    expect(refusal({ existing: `${ISSUER}\n      ${elsewhere}` })).toMatch(/in account 444455556666.*in 111122223333/);
  });
});

test("two existing clusters of one issuer don't both make its provider: an account takes an issuer once", () => {
  const one = { existing: ISSUER, addons: CERTIFICATES };
  const both = (more = "", addons = CERTIFICATES) =>
    text(one).replace(
      "ingress: { ips: [192.0.2.8] } }",
      `ingress: { ips: [192.0.2.8] }, ${[ISSUER, more].filter(Boolean).join(", ")} }\n    addons: ${addons}`,
    );
  const said = (fleet: string) => {
    try {
      fleetOf(fleet);
      return "";
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(said(both())).toMatch(
    /clusters\.new\.existing\.oidcIssuer: '.*id\/ABC' is the issuer of old too.*oidcProviderArn \[existing-clusters\]/s,
  );
  expect(said(both(GIVEN))).toBe("");
  expect(said(both("", "{}"))).toBe("");
});

describe("an existing cluster behind a host name", () => {
  const balancer = "hostname: shop-1.elb.eu-west-1.amazonaws.com";
  const names = "{ www: { policy: weighted, members: [{ cluster: old, weight: 80 }, { cluster: new, weight: 20 }] } }";

  test("of an AWS load balancer is led to by alias, with every policy", () => {
    const stacks = stacksOf({ ingress: `${balancer}, zoneId: Z32O12XQLNTSW2`, names });
    const records = Object.values(resources(stacks["test-old-cluster"]!, "aws_route53_record"));
    expect(records.map(({ type }) => type)).toEqual(["A", "A"]);
    expect(records).toContainEqual(
      expect.objectContaining({
        name: "ingress.old.k8s.example.com",
        alias: { name: "shop-1.elb.eu-west-1.amazonaws.com", zone_id: "Z32O12XQLNTSW2", evaluate_target_health: true },
      }),
    );
    const members = Object.values(resources(stacks["test-route53"]!, "aws_route53_record")).filter(
      ({ weighted_routing_policy }) => weighted_routing_policy,
    );
    expect(members).toHaveLength(2);
    for (const { type } of members) expect(type).toBe("A");
  });

  test("of anything else is refused beside members with addresses, with what would do", () => {
    expect(refusal({ ingress: balancer, names })).toMatch(/names\.www.*ingress\.zoneId where.*engine traffic-manager/);
    expect(refusal({ ingress: "ips: [192.0.2.7], zoneId: Z32O12XQLNTSW2" })).toMatch(/zoneId: it is the zone of `hostname`/);
  });

  test("of anything else is led to by CNAMEs where all members are such", () => {
    const www = "{ www: { policy: failover, members: [old, other] } }";
    const other = `
  other:
    cloud: existing
    region: us-west-2
    existing: { endpoint: "https://api.other.example.com", exec: { command: login }, ingress: { hostname: lb.example.net } }
names:`;
    const stacks = synthFleet(fleetOf(text({ ingress: balancer, names: www }).replace("\nnames:", other))).stacks;
    const records = Object.values(resources(stacks["test-route53"]!, "aws_route53_record"));
    expect(records.map(({ name, type }) => `${type} ${name}`).sort()).toEqual([
      "CNAME _failover._cname.www.k8s.example.com",
      "CNAME _failover._cname.www.k8s.example.com",
      "CNAME www.k8s.example.com",
    ]);
    const targets = records.flatMap(({ alias }) => (alias as { name?: string } | undefined)?.name ?? []);
    expect(targets).toEqual(expect.arrayContaining(["ingress.old.k8s.example.com", "ingress.other.k8s.example.com"]));
    expect(Object.values(resources(stacks["test-other-cluster"]!, "aws_route53_record")).map(({ type }) => type)).toEqual([
      "CNAME",
      "CNAME",
    ]);
  });
});

test("a controller that nothing binds to the existing ingress is refused: it would get a second load balancer", () => {
  const addons = "{ ingress: { controller: traefik } }";
  expect(refusal({ addons })).toMatch(
    /clusters\.old\.addons\.ingress\.controller: nothing binds traefik to existing\.ingress.*controller: none/,
  );
  expect(refusal({ addons, ingress: "ips: [192.0.2.7], serviceAnnotations: { example.com/address: shop }" })).toBe("");
  expect(refusal({})).toBe("");
});
