import { tags as rule } from "../../../../model/rules/fleet/tags";
import { fleetWith } from "../../support";

type Tags = Readonly<Record<string, string>>;

const SOUND = fleetWith();

/** What the rule says of tags of the fleet and of one cluster, and whether of the key or of the value. */
const saidOf = (fleet: Tags, name = "eks", own: Tags = {}, engine: "route53" | "azure" = "route53") =>
  rule({
    ...SOUND,
    tags: fleet,
    dns: { ...SOUND.dns, engine },
    clusters: SOUND.clusters.filter((cluster) => cluster.name === name).map((cluster) => ({ ...cluster, tags: own })),
  }).map(({ path, message, atKey }) => `${path.join(".")} ${atKey ? "key" : "value"}: ${message}`);

const a = (count: number) => "a".repeat(count);
const many = (count: number): Tags => Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag${index}`, "x"]));

const AWS_KEY = "1 to 128 letters, digits, spaces and _.:/=+-@, not starting with aws:";
const AWS_VALUE = "at most 256 letters, digits, spaces and _.:/=+-@";
const AZURE_KEY = "1 to 512 characters without < > % & \\ ? /";

test.each<[string, Tags]>([
  ["the longest key and value", { [a(128)]: a(256) }],
  ["every sign", { "a _.:/=+-@ß1": "b _.:/=+-@é2", empty: "" }],
  ["aws: that isn't at the start", { "xaws:y": "z" }],
])("AWS takes %s", (_what, tags) => {
  expect(saidOf(tags)).toEqual([]);
});

test.each([a(129), "aws:x", "a!", "!a", ""])("AWS takes no key '%s'", (key) => {
  expect(saidOf({ [key]: "x" })).toEqual([`tags.${key} key: '${key}' can't be the name of a tag on AWS: ${AWS_KEY}`]);
});

test.each([a(257), "a!", "!a"])("AWS takes no value '%s'", (value) => {
  expect(saidOf({ owner: value })).toEqual([`tags.owner value: '${value}' can't be the value of a tag on AWS: ${AWS_VALUE}`]);
});

test("Azure takes what it says, for AKS and for its own zones", () => {
  expect(saidOf({ [a(512)]: a(256), "k!": "a\nb<>!" }, "aks", {}, "azure")).toEqual([]);
  for (const key of [a(513), "a%", "%a", ""])
    expect(saidOf({ [key]: "x" }, "aks", {}, "azure")).toEqual([
      `tags.${key} key: '${key}' can't be the name of a tag on Azure: ${AZURE_KEY}`,
    ]);
  expect(saidOf({ owner: a(257) }, "aks", {}, "azure")).toEqual([
    `tags.owner value: '${a(257)}' can't be the value of a tag on Azure: at most 256 characters`,
  ]);
});

test("Google Cloud takes all but a key of nothing", () => {
  const said = saidOf({ "": "x" }, "gke", {}, "azure");
  expect(said).toHaveLength(2);
  expect(said[1]).toBe("tags. key: '' can't be the name of a tag on Google Cloud: not empty");
  expect(saidOf({ "\n!": `${a(300)}` }, "gke", {}, "azure")).toEqual([
    `tags.\n! value: '${a(300)}' can't be the value of a tag on Azure: at most 256 characters`,
  ]);
});

test.each([
  ["gke", "route53", 40, "AWS"],
  ["gke", "azure", 13, "Azure"],
  ["aks", "route53", 13, "Azure"],
  ["eks", "route53", 40, "AWS"],
  ["eks", "azure", 13, "Azure"],
] as const)("on %s with a zone in %s there are %i tags at most", (name, engine, most, cloud) => {
  expect(saidOf(many(most), name, {}, engine)).toEqual([]);
  expect(saidOf(many(most - 1), name, { tag0: "y", more: "x" }, engine)).toEqual([]);
  expect(saidOf(many(most), name, { more: "x" }, engine)).toEqual([
    `clusters.${name}.tags value: ${most + 1} tags, the fleet's included, are too many for ${cloud}: at most ${most} besides Meridian's own`,
  ]);
});

test("tags too many for two clouds are said of the first alone", () => {
  expect(saidOf(many(41), "aks")).toEqual([
    "clusters.aks.tags value: 41 tags, the fleet's included, are too many for AWS: at most 40 besides Meridian's own",
  ]);
});

test.each(["fleet", "CLUSTER", "name"])("Meridian sets %s itself", (key) => {
  const message = `the tag '${key}' is set by Meridian: choose another`;
  expect(saidOf({ [key]: "x" })).toEqual([`tags.${key} key: ${message}`]);
  expect(saidOf({}, "eks", { [key]: "x" })).toEqual([`clusters.eks.tags.${key} key: ${message}`]);
});

test("tags are one where they differ in capitals, or in what Google Cloud rewrites", () => {
  expect(saidOf({ "cost.centre": "1", "Cost/Centre": "2", cost_centre: "3" })).toEqual([
    "tags.Cost/Centre key: 'Cost/Centre' and 'cost.centre' are the same tag to Azure or Google Cloud: rename one",
  ]);
  expect(saidOf({ team: "a", "cost.centre": "1" }, "eks", { team: "b", "cost-centre": "2", other: "c" })).toEqual([
    "clusters.eks.tags.cost-centre key: 'cost-centre' and the fleet's 'cost.centre' are the same tag to Azure or Google Cloud: spell them alike, or rename one",
  ]);
});

test("a cluster that something else made has the zone's cloud alone", () => {
  const old = { ...SOUND.clusters[0]!, cloud: "existing" } as (typeof SOUND.clusters)[number];
  expect(rule({ ...SOUND, tags: many(40), clusters: [old] })).toEqual([]);
  expect(rule({ ...SOUND, tags: many(41), clusters: [old] })).toHaveLength(1);
});
