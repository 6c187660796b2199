import { type Data, over, problemsWith } from "../../support";
import { existing } from "./fixtures";

test("a program to fetch tokens is named without its arguments, which no shell takes apart", () => {
  const command = "aws eks get-token";
  expect(problemsWith(existing({ existing: { exec: { command } } }))).toEqual([
    "clusters.old.existing.exec.command: it is the program alone, which no shell takes apart: write command: aws, args: [eks, get-token]",
  ]);
});

const EXISTING: [string, Data, string[]][] = [
  [
    "an ingress without an address",
    existing({ existing: { ingress: {} } }),
    ["clusters.old.existing.ingress: names would lead nowhere: give the public `ips` of the ingress, or its `hostname`"],
  ],
  [
    "an address that is none",
    existing({ existing: { ingress: { ips: ["192.0.2.300"] } } }),
    ["clusters.old.existing.ingress.ips[0]: '192.0.2.300' is no IPv4 address"],
  ],
  [
    "a range for an address",
    existing({ existing: { ingress: { ips: ["198.51.100.4/32"] } } }),
    ["clusters.old.existing.ingress.ips[0]: '198.51.100.4/32' is no IPv4 address"],
  ],
  [
    "a host name that is none",
    existing({ existing: { ingress: { hostname: "LB" } } }),
    ["clusters.old.existing.ingress.hostname: 'LB' is no host name: a domain in lower case, such as lb.example.com"],
  ],
  [
    "a certificate as PEM",
    existing({ existing: { certificateAuthority: "-----BEGIN CERTIFICATE-----" } }),
    [
      "clusters.old.existing.certificateAuthority: it is PEM as it stands: encode it in base64, as kubeconfig's certificate-authority-data is",
    ],
  ],
  [
    "a password in the endpoint",
    existing({ existing: { endpoint: "https://admin:pw@old.example.com" } }),
    [
      "clusters.old.existing.endpoint: the URL has a user or password in it, and would show them to everybody who reads the output: remove them",
    ],
  ],
];

describe("two existing clusters that are reached in the same way are one", () => {
  const second = (own: Data, endpoint: string) =>
    problemsWith(
      over(existing({}), {
        clusters: {
          again: {
            cloud: "existing",
            region: "eu-west-2",
            ...own,
            existing: { endpoint, exec: { command: "token" }, ingress: { ips: ["192.0.2.2"] } },
          },
        },
      }),
    );

  test.each(["https://old.example.com", "https://OLD.example.com.:443/", "https://old.example.com//"])(
    "%s is refused",
    (endpoint) => {
      expect(second({}, endpoint)).toEqual([
        expect.stringMatching(/^clusters\.again\.existing\.endpoint: '.*' is the API of old too, so both are one cluster/),
      ]);
      expect(second({ retired: true }, endpoint)).toHaveLength(1);
    },
  );

  test("another port, path, proxy or name of TLS leads elsewhere", () => {
    expect(second({}, "https://old.example.com:6443")).toEqual([]);
    expect(second({}, "https://old.example.com/k8s/clusters/c-2")).toEqual([]);
    expect(second({ api: { proxyUrl: "http://proxy.example.com:3128" } }, "https://old.example.com")).toEqual([]);
    expect(second({ api: { tlsServerName: "two.example.com" } }, "https://old.example.com")).toEqual([]);
  });
});

test.each(EXISTING)("existing clusters: %s is refused", (_what, changes, problems) => {
  expect(problemsWith(changes)).toEqual(problems);
});
