import { existingClusters } from "../../../../model/rules/cluster/existing";
import { type Data, fleetWith, over, problemsWith } from "../../support";
import { existing } from "./fixtures";

const SOUND = fleetWith(existing({}));

/** What the rule alone says of the existing cluster with more in its block, and with more of the zone. */
function saidOf(more: Data, dns: Data = {}): readonly string[] {
  const clusters = SOUND.clusters.map((one) => (one.name === "old" ? over(one as never, more) : one) as typeof one);
  return existingClusters({ ...SOUND, dns: over(SOUND.dns as never, dns) as never, clusters }).map(
    ({ path, message }) => `${path.slice(2).join(".")}: ${message}`,
  );
}
const base64 = (text: string) => Buffer.from(text).toString("base64");
const CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n";
const LOGIN = "the URL has a user or password in it, and would show them to everybody who reads the output: remove them";
const ARN = "arn:aws:iam::111122223333:oidc-provider/oidc.example.com";
const ISSUER = "https://oidc.example.com";

test.each<[string, Data, string[]]>([
  ["a certificate in base64", { certificateAuthority: base64(CERTIFICATE) }, []],
  [
    "base64 of something else",
    { certificateAuthority: base64(` ${CERTIFICATE}`) },
    ["existing.certificateAuthority: it is no certificate: base64 of a PEM text that starts with -----BEGIN CERTIFICATE-----"],
  ],
  [
    "a certificate with its key",
    { certificateAuthority: base64(`${CERTIFICATE}-----BEGIN PRIVATE KEY-----`) },
    ["existing.certificateAuthority: there is a private key in it: a fleet file holds no secret"],
  ],
  ["a user alone in the endpoint", { endpoint: "https://me@old.example.com" }, [`existing.endpoint: ${LOGIN}`]],
  ["a password alone in the issuer", { oidcIssuer: "https://:x@oidc.example.com" }, [`existing.oidcIssuer: ${LOGIN}`]],
  ["an endpoint that is none", { endpoint: "old" }, ["existing.endpoint: 'old' is no URL"]],
  ["an issuer that is none", { oidcIssuer: "oidc" }, ["existing.oidcIssuer: 'oidc' is no URL"]],
  [
    "a program behind a space",
    { exec: { command: " token" } },
    ["existing.exec.command: it is the program alone, which no shell takes apart: write command: token, args: []"],
  ],
  [
    "addresses and a host name",
    { ingress: { hostname: "lb.example.com" } },
    ["existing.ingress.hostname: the ingress has fixed addresses, which are what names lead to: remove `hostname`, or `ips`"],
  ],
  ["a host name alone, with its zone", { ingress: { ips: [], hostname: "lb-1.example.com", zoneId: "Z1" } }, []],
  [
    "a zone without a host name",
    { ingress: { zoneId: "Z1" } },
    [
      "existing.ingress.zoneId: it is the zone of `hostname`, which is not given: give the load balancer's host name, or remove it",
    ],
  ],
  ...[
    "x lb.example.com",
    "lb.example.com x",
    "-lb.example.com",
    "lb-.example.com",
    "lb.example.1",
    "example",
    `${"a".repeat(64)}.com`,
    `${"a.".repeat(126)}com`,
  ].map((hostname): [string, Data, string[]] => [
    `the host name '${hostname}'`,
    { ingress: { ips: [], hostname } },
    [`existing.ingress.hostname: '${hostname}' is no host name: a domain in lower case, such as lb.example.com`],
  ]),
  ["the longest part of a host name", { ingress: { ips: [], hostname: `${"a".repeat(63)}.com` } }, []],
  ["the longest host name", { ingress: { ips: [], hostname: `${"a.".repeat(125)}com` } }, []],
  [
    "a second address in another spelling, and a third that is none",
    { ingress: { ips: ["192.0.2.1", "0x7f.1.1.1", "192.0.2.256"] } },
    ["existing.ingress.ips.1: '0x7f.1.1.1' is no IPv4 address", "existing.ingress.ips.2: '192.0.2.256' is no IPv4 address"],
  ],
  [
    "addresses with more before and behind",
    { ingress: { ips: ["x192.0.2.1", "192.0.2.1x"] } },
    ["existing.ingress.ips.0: 'x192.0.2.1' is no IPv4 address", "existing.ingress.ips.1: '192.0.2.1x' is no IPv4 address"],
  ],
  [
    "a provider without its issuer",
    { oidcProviderArn: ARN },
    ["existing.oidcProviderArn: give `oidcIssuer` too, the issuer that it is for"],
  ],
  ["a provider and its issuer", { oidcProviderArn: ARN, oidcIssuer: ISSUER }, []],
  [
    "a provider of an issuer that ends so",
    { oidcProviderArn: ARN, oidcIssuer: "https://example.com" },
    [
      "existing.oidcProviderArn: it is not that of the issuer https://example.com: arn:aws:iam::<account>:oidc-provider/example.com",
    ],
  ],
  [
    "a provider of another account",
    { oidcProviderArn: ARN.replace("111122223333", "444455556666"), oidcIssuer: ISSUER },
    [
      "existing.oidcProviderArn: it is in account 444455556666, and the zone's roles are in 111122223333: give the one there, or none",
    ],
  ],
])("of an existing cluster the rule looks at %s", (_what, block, problems) => {
  expect(saidOf({ existing: block })).toEqual(problems);
});

test("a provider is nothing to a zone in Azure DNS, and its account nothing where the zone's isn't known", () => {
  const block = { existing: { oidcProviderArn: ARN, oidcIssuer: ISSUER } };
  expect(saidOf(block, { engine: "azure" })).toEqual([
    "existing.oidcProviderArn: nothing uses it: the zone is in Azure DNS. Remove it",
  ]);
  expect(saidOf(block, { aws: undefined })).toEqual([]);
});

describe("one issuer of two clusters", () => {
  const cluster = (index: number, block: Data): Data => ({
    cloud: "existing",
    region: "eu-west-2",
    addons: { certManager: { enabled: true } },
    existing: {
      endpoint: `https://c${index}.example.com`,
      exec: { command: "token" },
      ingress: { ips: [`192.0.2.${index}`] },
      ...block,
    },
  });
  const said = (one: Data, other: Data, more: Data = {}) =>
    problemsWith({ clusters: { one: cluster(1, one), two: over(cluster(2, other), more) } });

  test("is refused at the second, with a slash at its end or without", () => {
    expect(said({ oidcIssuer: `${ISSUER}/` }, { oidcIssuer: ISSUER })).toEqual([
      `clusters.two.existing.oidcIssuer: '${ISSUER}' is the issuer of one too, and an account takes an issuer once. Where both are one cluster, take one of them out; otherwise name the provider that is made for one under oidcProviderArn`,
    ]);
  });

  test("is fine where one of them makes no provider, or the issuers differ", () => {
    expect(said({ oidcIssuer: ISSUER }, { oidcIssuer: ISSUER, oidcProviderArn: ARN })).toEqual([]);
    expect(said({ oidcIssuer: ISSUER, oidcProviderArn: ARN }, { oidcIssuer: ISSUER })).toEqual([]);
    expect(said({ oidcIssuer: ISSUER }, { oidcIssuer: `${ISSUER}/two` })).toEqual([]);
    expect(said({ oidcIssuer: ISSUER }, {})).toEqual([]);
    expect(said({ oidcIssuer: ISSUER }, { oidcIssuer: ISSUER }, { addons: { certManager: { enabled: false } } })).toEqual([]);
  });
});

test("a controller of ours needs annotations that bind it to the address", () => {
  const addons = { ingress: { controller: "nginx" } };
  expect(saidOf({ addons })).toEqual([
    expect.stringMatching(/^addons\.ingress\.controller: nothing binds nginx to existing\.ingress/),
  ]);
  expect(saidOf({ addons, existing: { ingress: { serviceAnnotations: { any: "x" } } } })).toEqual([]);
});
