import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CHARTS_WITHOUT_VOLUMES, guardedTypes, MEMBERS } from "../../handoff/guarded";
import { root } from "../support/fleet";

const folder = mkdtempSync(join(tmpdir(), "guard-"));
const bundle = join(folder, "bundle.json");
writeFileSync(
  bundle,
  JSON.stringify({ guard: { types: guardedTypes(), chartsWithoutVolumes: CHARTS_WITHOUT_VOLUMES, members: MEMBERS } }),
);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("an uninstall is free of guard for charts that made nothing with a volume when they were rendered, and no others", () => {
  expect(CHARTS_WITHOUT_VOLUMES).toEqual(expect.arrayContaining(["cert-manager", "chart-objects", "fluent-bit", "traefik"]));
  for (const chart of ["graylog", "kube-prometheus-stack", "mongodb", "nfs-server-provisioner", "opensearch", "postgresql"])
    expect(CHARTS_WITHOUT_VOLUMES).not.toContain(chart);
});

interface Change {
  readonly type: string;
  readonly actions: readonly string[];
  readonly before?: object | null;
  readonly after?: object | null;
}

/** What the bundle's jq says of a plan, given to it by a pipe as stack.sh does. */
function judged(changes: readonly Change[], { allow = "", show = "guard", input = "" } = {}): string {
  const plan = {
    resource_changes: changes.map(({ type, actions, before = null, after = null }, index) => ({
      address: `${type}.r${index}`,
      mode: "managed",
      type,
      change: { actions, before, after },
    })),
  };
  const args = [
    "-rn",
    "--arg",
    "stack",
    "f-x",
    "--arg",
    "show",
    show,
    "--arg",
    "allow",
    allow,
    "--slurpfile",
    "bundle",
    bundle,
    "-f",
    join(root, "handoff/bundle/plan.jq"),
  ];
  const { stdout, status } = spawnSync("jq", args, { input: input || JSON.stringify(plan), encoding: "utf8" });
  return status === 0 ? stdout.trim() : `jq: ${status}`;
}

const NOTHING = "judged: nothing refused";

test.each(["delete", "forget"])("every guarded type is refused a %s", (action) => {
  const types = Object.keys(guardedTypes());
  const said = judged(types.map((type) => ({ type, actions: [action], before: {} })));
  expect(said.split("\n")).toHaveLength(types.length + 1);
  for (const type of types) expect(said).toMatch(new RegExp(`${type}\\.r\\d+ would be `));
});

test.each([
  ["delete first", ["delete", "create"]],
  ["create first", ["create", "delete"]],
])("a replacement of a cluster is refused, %s", (_, actions) => {
  expect(judged([{ type: "google_container_cluster", actions, before: {}, after: {} }])).toBe(
    "judged: 1 refused\n  google_container_cluster.r0 would be replaced: a cluster",
  );
});

describe.each([
  ["deleted", ["delete"]],
  ["replaced", ["delete", "create"]],
  ["replaced", ["create", "delete"]],
  ["forgotten", ["forget"]],
  ["forgotten", ["create", "forget"]],
] as const)("every guarded type that would be %s by %p", (how, actions) => {
  const types = Object.keys(guardedTypes());
  const after = actions.includes("create" as never) ? {} : null;
  const changes = types.map((type) => ({ type, actions, before: {}, after }));
  const address = (type: string) => `f-x:${type}.r${types.indexOf(type)}`;

  test("is refused with its address and what it is", () => {
    const lines = judged(changes).split("\n");
    expect(lines[0]).toBe(`judged: ${types.length} refused`);
    expect(lines.slice(1)).toEqual(types.map((type) => `  ${address(type).slice(4)} would be ${how}: ${guardedTypes()[type]}`));
  });

  test("passes where exactly it is named, and no neighbour does", () => {
    const [first = "", ...others] = types;
    expect(judged(changes, { allow: types.map(address).join(" ") })).toBe(NOTHING);
    const lines = judged(changes, { allow: others.map(address).join(",") }).split("\n");
    expect(lines).toEqual(["judged: 1 refused", expect.stringContaining(`  ${first}.r0 would be ${how}`)]);
    // another stack's, the address alone, its type alone, and a pattern name nothing
    const wrong = types.flatMap((type) => [`f-y:${address(type).slice(4)}`, address(type).slice(4), `f-x:${type}`, "f-x:*", "*"]);
    expect(judged(changes, { allow: wrong.join(" ") })).toMatch(new RegExp(`^judged: ${types.length} refused`));
  });
});

test("the issue's kinds are all there, and what came since", () => {
  expect([...new Set(Object.values(guardedTypes()))].sort()).toEqual([
    "a bucket or a backup",
    "a cluster",
    "a database",
    "a disk",
    "a file system",
    "a key",
    "a lock",
    "a log",
    "a name's profile",
    "a network",
    "a registry",
    "a secret",
    "a volume",
    "a zone",
    "all that is in it",
    "an address",
    "an identity pool",
  ]);
});

test("what is created, changed, read or of no consequence passes", () => {
  const changes = [
    { type: "aws_eks_cluster", actions: ["create"], after: {} },
    { type: "aws_eks_cluster", actions: ["update"], before: {}, after: {} },
    { type: "aws_eks_cluster", actions: ["no-op"], before: {}, after: {} },
    { type: "aws_iam_role", actions: ["delete"], before: {} },
    { type: "aws_eks_node_group", actions: ["create", "delete"], before: {}, after: {} },
  ];
  expect(judged(changes)).toBe(NOTHING);
});

test("exactly what is named passes, and nothing of another stack or beginning alike", () => {
  const changes = [{ type: "aws_eip", actions: ["delete"], before: {} }];
  expect(judged(changes, { allow: "f-y:aws_eip.r0 f-x:aws_eip.r01,f-x:aws_eip" })).toMatch(/1 refused/);
  expect(judged(changes, { allow: "f-y:aws_eip.r0, f-x:aws_eip.r0" })).toBe(NOTHING);
});

describe("members of a name", () => {
  const record = (set: string, name = "app.f.example") => ({ zone_id: "Z1", name, type: "A", set_identifier: set });

  test("one of two may go", () => {
    expect(
      judged([
        { type: "aws_route53_record", actions: ["delete"], before: record("a") },
        { type: "aws_route53_record", actions: ["no-op"], before: record("b"), after: record("b") },
      ]),
    ).toBe(NOTHING);
  });

  test("the last may not, whether one or both go, nor where only another name or type is left", () => {
    const gone = [
      { type: "aws_route53_record", actions: ["delete"], before: record("a") },
      { type: "aws_route53_record", actions: ["delete"], before: record("b") },
    ];
    expect(judged(gone)).toMatch(/^judged: 2 refused\n.*the last member of Z1 app\.f\.example A/);
    expect(judged([gone[0]!, { type: "aws_route53_record", actions: ["no-op"], after: record("b", "api.f.example") }])).toMatch(
      /1 refused/,
    );
    expect(
      judged([gone[0]!, { type: "aws_route53_record", actions: ["create"], after: { ...record("b"), type: "TXT" } }]),
    ).toMatch(/1 refused/);
  });

  test("a member that is made anew in the same plan is left", () => {
    expect(judged([{ type: "aws_route53_record", actions: ["create", "delete"], before: record("a"), after: record("a") }])).toBe(
      NOTHING,
    );
  });

  test.each(Object.entries(MEMBERS))("the last %s may not be forgotten either, and a second one lets it go", (type, keys) => {
    const values = Object.fromEntries(keys.map((key) => [key, `the ${key}`]));
    expect(judged([{ type, actions: ["forget"], before: values }])).toBe(
      `judged: 1 refused\n  ${type}.r0 would be forgotten: the last member of ${keys.map((key) => `the ${key}`).join(" ")}`,
    );
    expect(judged([{ type, actions: ["delete"], before: values }], { allow: `f-x:${type}.r0` })).toBe(NOTHING);
    const left = { type, actions: ["no-op"], before: values, after: values };
    expect(judged([{ type, actions: ["delete"], before: values }, left])).toBe(NOTHING);
    // one that is forgotten too is nobody's answer any more
    expect(
      judged([
        { type, actions: ["delete"], before: values },
        { ...left, actions: ["forget"], after: null },
      ]),
    ).toMatch(/2 refused/);
  });

  test("the last endpoint of a profile may not go", () => {
    expect(
      judged([
        { type: "azurerm_traffic_manager_external_endpoint", actions: ["delete"], before: { profile_id: "/p", name: "x" } },
      ]),
    ).toMatch(/the last member of \/p/);
  });
});

test("a release is refused where its chart may hold volumes, and passes where it makes no claim", () => {
  const release = (chart: string) => judged([{ type: "helm_release", actions: ["delete"], before: { chart, metadata: null } }]);
  expect(release("graylog")).toMatch(/a release that may hold volumes/);
  expect(release("./assets/chart-graylog-1.0.0/ABC/archive.tgz")).toMatch(/1 refused/);
  expect(release("traefik")).toBe(NOTHING);
  expect(release("./assets/chart-objects/52E5/")).toBe(NOTHING);
  expect(release("./assets/chart-traefik-41.0.1/ABC/traefik-41.0.1.tgz")).toBe(NOTHING);
});

test("a chart that needs no volume is guarded all the same where its values ask for one", () => {
  const traefik = (values: object) =>
    judged([
      {
        type: "helm_release",
        actions: ["delete"],
        before: { chart: "traefik", metadata: null, values: [JSON.stringify(values)] },
      },
    ]);
  expect(traefik({ persistence: { enabled: true, size: "1Gi" } })).toMatch(/a release that may hold volumes/);
  expect(traefik({ server: { persistentVolume: { enabled: true } } })).toMatch(/1 refused/);
  expect(traefik({ persistence: { enabled: false }, deployment: { enabled: true } })).toBe(NOTHING);
  const objects = { objects: [{ kind: "PersistentVolumeClaim", apiVersion: "v1" }] };
  expect(traefik(objects)).toMatch(/1 refused/);
});

test("a plan that didn't come, or came in part, is never judged well", () => {
  expect(judged([], { input: " " })).toMatch(/^jq: \d/);
  expect(judged([], { input: '{"resource_changes": [' })).toMatch(/^jq: \d/);
});

test("the summary counts and names what changes, and says which outputs do", () => {
  const said = judged(
    [
      { type: "aws_vpc", actions: ["create"] },
      { type: "aws_vpc", actions: ["update"] },
      { type: "aws_vpc", actions: ["delete", "create"] },
    ],
    { show: "summary" },
  );
  expect(said).toBe("f-x: 1 to create, 1 to change, 1 to replace, 0 to delete\n  ~ aws_vpc.r1\n  -/+ aws_vpc.r2");
});
