import type { JsonObject } from "../../output/json";
import { outputsOf, providersOf, resourcesOf, usedTypes, variablesOf } from "../../output/stack";
import { backendOf, stateKey, stateReadersOf } from "../../output/state";
import { fleetOf, synthFleet } from "../support/fleet";

const config: JsonObject = {
  terraform: { required_providers: { aws: { source: "aws", version: "6.25.0" } } },
  resource: {
    aws_vpc: { main: { cidr_block: "10.0.0.0/16", lifecycle: { prevent_destroy: true } } },
    aws_eip: { nat_1: {}, nat_2: {} },
  },
  data: { terraform_remote_state: { cluster: {} }, aws_region: { here: {} } },
  output: { vpc_id: { value: "${aws_vpc.main.id}", description: "The network." }, token: { value: "x", sensitive: true } },
  variable: { image_tag: { type: "string" }, replicas: { type: "number", default: 2, sensitive: true } },
};

test("resources have the addresses that Terraform prints, and say which of them it protects", () => {
  expect(resourcesOf(config).map(({ address, isProtected }) => [address, isProtected])).toEqual([
    ["aws_vpc.main", true],
    ["aws_eip.nat_1", false],
    ["aws_eip.nat_2", false],
  ]);
  expect(resourcesOf({})).toEqual([]);
});

test("outputs, variables and providers are as the file has them", () => {
  expect(outputsOf(config)).toEqual([
    { name: "vpc_id", description: "The network.", sensitive: false },
    { name: "token", sensitive: true },
  ]);
  expect(variablesOf(config)).toEqual([
    { name: "image_tag", type: "string", sensitive: false },
    { name: "replicas", type: "number", sensitive: true, default: 2 },
  ]);
  expect(providersOf(config)).toEqual([{ name: "aws", source: "aws", version: "6.25.0" }]);
  expect(usedTypes([{ config }])).toEqual({
    aws: { resources: ["aws_eip", "aws_vpc"], dataSources: ["aws_region"], ephemeral: [] },
  });
});

const small = (state: string) => `
fleet: alpha
dns: { zone: k8s.example.com, aws: { accountId: "111122223333" } }
state: ${state}
clusters:
  one:
    cloud: aws
    region: eu-west-1
    network: { cidr: 10.1.0.0/16 }
    api: { allowFrom: [203.0.113.0/24] }
    aws: { accountId: "111122223333", admins: ["arn:aws:iam::111122223333:role/a"], runner: "arn:aws:iam::111122223333:role/r" }
`;

test.each([
  ["local", "{ backend: local }"],
  ["s3", "{ backend: s3, bucket: states, region: eu-west-1, accountId: '111122223333' }"],
  ["gcs", "{ backend: gcs, bucket: states }"],
])("with state in %s, every reader names the same state as its producer's backend", (kind, state) => {
  const { stacks } = synthFleet(fleetOf(small(state)));
  const configs = Object.values(stacks) as unknown as JsonObject[];
  const states = new Set(configs.map((stack) => stateKey(backendOf(stack))));
  expect(states.size).toBe(configs.length);
  const readers = configs.flatMap(stateReadersOf);
  expect(readers.length).toBeGreaterThan(0);
  for (const reader of readers)
    expect({ reader: reader.name, known: states.has(stateKey(reader)) }).toMatchObject({ known: true });
  expect(new Set(configs.map((stack) => backendOf(stack).kind))).toEqual(new Set([kind]));
});
