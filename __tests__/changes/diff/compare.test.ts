import { compareStacks } from "../../../changes/diff/compare";
import type { JsonObject } from "../../../output/json";

const compared = (before: JsonObject, after: JsonObject) =>
  compareStacks(before, after).map(({ address, action, arguments: names }) => `${action} ${address} ${names.join()}`.trim());

const vpc = { cidr_block: "10.0.0.0/16" };
const made = (old: boolean, data: JsonObject, of = "data.aws_subnets.d.ids"): JsonObject => ({
  resource: { aws_vpc: old ? {} : { v: vpc }, aws_lb: { l: { name: "l", subnets: [`\${${of}}`] } } },
  data: { aws_subnets: { d: data } },
});

test.each<[string, JsonObject, boolean]>([
  ["a reference to it", { filter: "${aws_vpc.v.id}" }, true],
  ["depends_on", { filter: "x", depends_on: ["aws_vpc.v"] }, true],
  ["both", { filter: "${aws_vpc.v.id}", depends_on: ["aws_vpc.v"] }, true],
  ["a reference to what its configuration says", { filter: "${aws_vpc.v.cidr_block}" }, false],
  ["depends_on of something else", { filter: "x", depends_on: ["aws_vpc.w"] }, false],
  ["nothing", { filter: "x" }, false],
])("what is read after something that is made is known only then: %s", (_, data, isUnknown) => {
  expect(compared(made(true, data), made(false, data))).toEqual([
    ...(isUnknown ? ["changed aws_lb.l subnets"] : []),
    "created aws_vpc.v",
  ]);
});

test("another stack's outputs are read in the plan, and a data source that is new says nothing by itself", () => {
  const remote = (key: string) => ({
    resource: { aws_lb: { l: { name: "l", subnets: ["${data.terraform_remote_state.s.outputs.ids}"] } } },
    data: { terraform_remote_state: { s: { config: { key } } } },
  });
  expect(compared(remote("a"), remote("b"))).toEqual([]);
  const fresh = made(false, { filter: "x" });
  expect(compared({ ...fresh, data: {} }, fresh)).toEqual([]);
  expect(compared(made(false, { filter: "y" }), fresh)).toEqual(["changed aws_lb.l subnets"]);
});

test("what is protected is said of what is replaced or destroyed, and changes come by address", () => {
  const lifecycle = { prevent_destroy: true };
  const of = (cidr: string) => ({ resource: { aws_vpc: { b: { cidr_block: cidr, lifecycle }, a: { cidr_block: cidr } } } });
  expect(compareStacks(of("10.0.0.0/16"), of("10.1.0.0/16"))).toEqual([
    { address: "aws_vpc.a", action: "replaced", arguments: ["cidr_block"] },
    { address: "aws_vpc.b", action: "replaced", arguments: ["cidr_block"], protected: true },
  ]);
  expect(compareStacks(of("10.0.0.0/16"), {})).toEqual([
    { address: "aws_vpc.a", action: "destroyed", arguments: [] },
    { address: "aws_vpc.b", action: "destroyed", arguments: [], protected: true },
  ]);
});

test.each(["depends_on", "lifecycle", "provider", "provisioner", "connection", "//", "secret_wo"])(
  "%s alone changes nothing in a cloud",
  (name) => {
    const of = (value: string): JsonObject => ({ resource: { aws_vpc: { v: { ...vpc, [name]: { x: value } } } } });
    expect(compared(of("a"), of("b"))).toEqual([]);
  },
);

test("what a plan keeps when it is taken out is no change of a zone; given another value it is", () => {
  const zone = (more: JsonObject) => ({ resource: { aws_route53_zone: { z: { name: "a", ...more } } } });
  const fast = { enable_accelerated_recovery: true };
  expect(compared(zone(fast), zone({}))).toEqual([]);
  expect(compared(zone(fast), zone({ enable_accelerated_recovery: false }))).toEqual([
    "changed aws_route53_zone.z enable_accelerated_recovery",
  ]);
  expect(compared(zone({ comment: "a" }), zone({}))).toEqual(["changed aws_route53_zone.z comment"]);
});
