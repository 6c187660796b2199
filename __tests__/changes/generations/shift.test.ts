import { stringify } from "yaml";
import { olderOf, writtenGroups } from "../../../changes/generations/groups";
import { rollback, shift } from "../../../changes/generations/shift";
import { parseFleet } from "../../../model/reading/load";
import { type Data, over, SOUND } from "../../model/support";

const AZURE = {
  engine: "azure",
  azure: {
    subscriptionId: "00000000-0000-0000-0000-000000000001",
    tenantId: "00000000-0000-0000-0000-000000000002",
    resourceGroup: "dns",
  },
};
const NEXT = { clusters: { next: { cloud: "aws", region: "eu-west-1", network: { cidr: "10.9.0.0/16" } } } };
const textOf = (names: Data, more: Data = {}) => stringify(over(over(over(SOUND, NEXT), more), { names }));
const fleetOf = (text: string) => parseFleet(text, "f.yaml");
const shifted = (names: Data, more: Data = {}, percent = 10) => {
  const text = textOf(names, more);
  return shift(text, fleetOf(text), "next", "eks", percent);
};
const STAYS =
  "@ stays: at the zone's own name Azure takes only profiles of addresses, without nested ones; add the new one as a member by hand";

test.each<[string, Data, boolean]>([
  ["weighted among others", { policy: "weighted", members: ["eks", "gke"] }, true],
  ["latency alone", { policy: "latency", members: ["eks"] }, true],
  ["weighted alone", { policy: "weighted", members: ["eks"] }, false],
  ["simple", { policy: "simple", members: ["eks"] }, false],
])("at the zone's own name on Azure a member stays where it would be nested: %s", (_, name, stays) => {
  const both = { "@": name, app: { policy: "simple", members: ["eks"] } };
  expect(shifted(both, { dns: AZURE }).said.includes(STAYS)).toBe(stays);
  expect(shifted({ app: both.app, www: name }, { dns: AZURE }).said.join()).not.toContain("stays");
  expect(shifted(both, { dns: { aws: { accountId: "111122223333" } } }).said.join()).not.toContain("stays");
});

test("a new place is to be seen in the answers, and on Azure among the endpoints", () => {
  const app = { app: { policy: "simple", members: ["eks"] } };
  const seen = "every name answers as before: npm run where, and dig";
  expect(shifted(app).check).toEqual([seen]);
  expect(shifted(app, { dns: AZURE }).check).toEqual([
    seen,
    "Traffic Manager shows the new endpoints as Online, and the disabled one as Disabled",
  ]);
  expect([shifted(app, {}, 0).next, shifted(app, {}, 40).next]).toEqual([
    ["shift", "next", "10"],
    ["shift", "next", "40"],
  ]);
});

test("one that is a member beside the old one already takes no half of its place", () => {
  const names = { app: { policy: "failover", members: ["eks", "next"] }, www: { policy: "simple", members: ["eks"] } };
  expect(shifted(names).said).toEqual([
    "names.www: eks and next share its place, eks with all of it",
    "app stays: next is a member beside it already, in names.app",
  ]);
  expect(() => shifted({ app: names.app })).toThrow(
    "no name leads to 'eks' in a place that next could share\n  app stays: next is a member beside it already, in names.app",
  );
});

test.each([-1, 101, 1.5])("%p is no part in percent", (percent) => {
  expect(() => shifted({}, {}, percent)).toThrow(`'${percent}' is no whole number from 0 to 100: the new one's part in percent`);
});

test.each(["eks", "next"])("a retired one takes no traffic: %s", (name) => {
  expect(() => shifted({}, { clusters: { [name]: { retired: true } } })).toThrow(`'${name}' is retired and takes no traffic`);
});

test("shares move in the group alone, a member's own settings stay, and each step says what to look at", () => {
  const text = textOf({ app: { policy: "weighted", members: ["eks", { cluster: "next", weight: 0 }] } });
  const step = shift(text, fleetOf(text), "next", "eks", 100);
  expect(fleetOf(step.text).names.app!.members).toEqual([
    { cluster: "eks", weight: 0 },
    { cluster: "next", weight: 100 },
  ]);
  expect(step.said).toEqual(["names.app: next 100 %, eks 0 %"]);
  expect(step.check).toEqual([
    "errors and latency of next beside those of eks, for longer than the names' TTL",
    "its autoscaler has made nodes for the share: kubectl top nodes",
  ]);
  expect(() => rollback(textOf({}), fleetOf(textOf({})), "next", "eks")).toThrow(
    "no name has 'eks' and 'next' in one group: there is nothing to take back",
  );
});

test("who is retired gets nothing back by itself, whether or not it is in a group", () => {
  const names = { app: { policy: "weighted", members: ["next"] } };
  const text = textOf(names, { clusters: { eks: { retired: true } } });
  expect(() => rollback(text, fleetOf(text), "next", "eks")).toThrow(
    "'eks' is retired: take `retired: true` out, apply its stacks, and shift back",
  );
});

test("a weight that is written changes where it stands, another member gets one", () => {
  const text = `${stringify(over(SOUND, NEXT))}names:
  app:
    policy: weighted
    members:
      - cluster: eks # ours
      - cluster: next # theirs
        weight: 30 # not yet
`;
  const { text: after } = rollback(text, fleetOf(text), "next", "eks");
  expect(after).toContain("- cluster: next # theirs\n        weight: 0 # not yet\n");
  expect(fleetOf(after).names.app!.members).toEqual([
    { cluster: "eks", weight: 100 },
    { cluster: "next", weight: 0 },
  ]);
});

test("the generation before is known by the group of two, or by cloud and region", () => {
  const older = (names: Data, more: Data = {}) => olderOf(fleetOf(textOf(names, more)), "next");
  const near = { clusters: { near: { cloud: "aws", region: "eu-west-1", network: { cidr: "10.8.0.0/16" } } } };
  expect(older({})).toBe("eks");
  expect(older({ app: { policy: "weighted", members: ["next", "gke"] } })).toBe("gke");
  expect(older({ app: { policy: "failover", members: ["next", "gke"] } })).toBe("eks");
  expect(older({ app: { policy: "weighted", members: ["next", "gke", "aks"] } })).toBe("eks");
  expect(older({ app: { policy: "weighted", members: ["aks", "gke"] } })).toBe("eks");
  expect(() => older({}, near)).toThrow("It could be eks or near: name it with --from");
  expect(older({}, over(near, { clusters: { near: { retired: true } } }))).toBe("eks");
  expect(older({}, over(near, { clusters: { near: { region: "us-east-1" } } }))).toBe("eks");
  expect(() => olderOf(fleetOf(textOf({})), "gke")).toThrow(
    "which cluster does 'gke' follow? No other one is in google europe-west3: name it with --from",
  );
  expect(() => olderOf(fleetOf(textOf({})), "nobody")).toThrow("no cluster is called 'nobody'; there are eks, aks, gke, next");
});

test("groups are found wherever they are nested, with their paths and the name that they are of", () => {
  const inner = { name: "in", policy: "weighted", members: ["eks", "next"] };
  const groups = writtenGroups(
    fleetOf(textOf({ app: { policy: "failover", members: ["gke", inner] }, all: { policy: "latency" } })),
  );
  expect(groups.map(({ path, policy, name }) => [path.join("."), policy, name])).toEqual([
    ["names.app", "failover", "app"],
    ["names.app.members.1", "weighted", "app"],
  ]);
});
