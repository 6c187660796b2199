import { image, problems } from "../../../apps/fleet";

const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const said = (access: object, more: object = {}, app: object = {}) =>
  problems({ a: { image, ...app } }, { namespaces: { a: { access, ...more } } });

test("people are one thing to a namespace, each of them once", () => {
  expect(said({ aws: { developers: [role("x"), role("y")], viewers: [role("z")] } })).toEqual([]);
  expect(said({ google: { developers: ["user:a@example.com"], viewers: ["user:b@example.com", "user:a@example.com"] } })).toEqual(
    ["namespaces.a.access.google.viewers[1]: 'user:a@example.com' is a developer, who sees more"],
  );
});

test("of EKS they are roles and users, who don't administer the cluster already", () => {
  const start = "namespaces.a.access.aws.developers[0]: ";
  expect(said({ aws: { developers: [role("a")] } })).toEqual([
    `${start}'${role("a")}' administers saopaulo, and EKS takes one entry of each: take it out, it sees everything`,
  ]);
  expect(said({ aws: { developers: [role("r")] } })).toEqual([expect.stringContaining(`${start}'${role("r")}' administers`)]);
  expect(said({ aws: { developers: [role("AWSReservedSSO_A_0a")] } })).toEqual([expect.stringContaining("lacks the path")]);
});

test("of GKE groups are known where the cluster has a group of them", () => {
  const group = { google: { viewers: ["user:b@example.com", "group:b@example.com"] } };
  expect(said(group)).toEqual([
    expect.stringMatching(
      /^namespaces\.a\.access\.google\.viewers\[1\]: 'group:b@example\.com' is a group, and sydney knows none/,
    ),
  ]);
});

test("nobody is let into what is another's, or where nothing runs", () => {
  const aws = { aws: { developers: [role("x")] } };
  expect(said(aws, { existing: true })).toEqual([
    "namespaces.a.access.aws: the namespace is another's, who gives access to it: take it out",
  ]);
  expect(said(aws, {}, { clusters: ["sydney"] })).toEqual([
    "namespaces.a.access.aws: no application runs in it on a cluster in cloud 'aws', so that there is nothing to get at",
  ]);
});
