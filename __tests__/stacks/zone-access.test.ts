import type { FleetStack } from "../../stacks/fleet-stack";
import { zoneAccess } from "../../stacks/parts/zone-access";
import { fleetWith } from "../model/support";
import { fleetOf, synthFleet } from "../support/fleet";
import { resources } from "../support/synth";

const ROLE = (name: string) => `arn:aws:iam::111122223333:role/${name}`;

/** The cluster's stack of a fleet whose zone is in the same account as its only cluster, each reached by a role or by none. */
function stackOf(zone: string | undefined, cluster: string | undefined) {
  const role = (name: string | undefined) => (name ? `, assumeRoleArn: "${ROLE(name)}"` : "");
  const { stacks } = synthFleet(
    fleetOf(`
fleet: roles
dns: { zone: k8s.example.com, aws: { accountId: "111122223333"${role(zone)} } }
clusters:
  one:
    cloud: aws
    region: eu-west-1
    network: { cidr: 10.1.0.0/16 }
    api: { allowFrom: [203.0.113.0/24] }
    aws: { accountId: "111122223333", admins: ["${ROLE("platform")}"], runner: "${ROLE("ci")}"${role(cluster)} }
`),
  );
  return stacks["roles-one-cluster"]!;
}

const recordsOf = (stack: ReturnType<typeof stackOf>) => [
  ...new Set(Object.values(resources(stack, "aws_route53_record")).map(({ provider }) => provider)),
];

test("a zone of the cluster's account that is reached in the same way has no provider of its own", () => {
  for (const role of [undefined, "terraform"]) {
    const stack = stackOf(role, role);
    expect(stack.provider!.aws).toHaveLength(1);
    expect(recordsOf(stack)).toEqual(["aws"]);
  }
});

test.each([
  ["dns", "cluster"],
  ["dns", undefined],
  [undefined, "cluster"],
])("a zone that is reached by another role (%s, the cluster by %s) is never written with the cluster's", (zone, cluster) => {
  const stack = stackOf(zone, cluster);
  const [own, other] = stack.provider!.aws!;
  expect(own!.assume_role ?? []).toEqual(cluster ? [{ role_arn: ROLE(cluster) }] : []);
  expect(other).toMatchObject({ alias: "zone", ...(zone && { assume_role: [{ role_arn: ROLE(zone) }] }) });
  expect(recordsOf(stack)).toEqual(["aws.zone"]);
});

const AZURE = {
  subscriptionId: "00000000-0000-0000-0000-000000000001",
  tenantId: "00000000-0000-0000-0000-000000000002",
};

test("records of a zone on Azure wait for the stack that makes it, and for none where it exists", () => {
  for (const existing of [false, true]) {
    const fleet = fleetWith({
      dns: { engine: "azure", existing, azure: { ...AZURE, ...(existing && { resourceGroup: "zones" }) } },
    });
    const after = jest.fn();
    zoneAccess({ context: { fleet, text: fleet }, after } as unknown as FleetStack, undefined as never);
    expect(after.mock.calls).toEqual(existing ? [] : [["acme-global"]]);
  }
});
