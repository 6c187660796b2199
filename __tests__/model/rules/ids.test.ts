import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FleetError } from "../../../model/problems/fleet-error";
import { parseFleet } from "../../../model/reading/load";
import { RULES, rules } from "../../../model/rules";
import { root } from "../../support/fleet";

const page = readFileSync(join(root, "docs/rules.md"), "utf8");
const listed = [...page.matchAll(/^\| `([a-z][a-z-]+)` \|/gm)].map(([, id]) => id!);

/** What shows only in the stacks, or against a lock file. */
const NOT_OF_THE_FILE_ALONE = ["routing-limits", "imports", "overrides", "charts-outdated"];

test("docs/rules.md lists every rule's id once, and no other: who renames one changes a contract", () => {
  expect([...listed].sort()).toEqual([...Object.keys(RULES), ...NOT_OF_THE_FILE_ALONE].sort());
  expect(rules).toHaveLength(Object.keys(RULES).length);
});

test("no rule has the id of a rule on changes", () => {
  const changes = readFileSync(join(root, "docs/changes.md"), "utf8");
  expect(listed.filter((id) => changes.includes(`| \`${id}\` |`))).toEqual([]);
});

test("what a rule says ends with its id, what the shape says doesn't, and both are there for programs", () => {
  const text = `
fleet: acme
dns: { zone: k8s.example.com, aws: { accountId: "111122223333" } }
defaults: { api: { allowFrom: [203.0.113.0/24] }, google: { projectId: acme-platform, admins: ["group:a@example.com"], runner: "user:a@example.com" } }
clusters:
  one: { cloud: google, region: europe-west33, network: { cidr: 10.1.0.0/16 }, colour: blue }
`;
  let thrown: unknown;
  try {
    parseFleet(text, "x.yaml");
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(FleetError);
  const { message, problems } = thrown as FleetError;
  expect(message.split("\n")).toEqual([
    expect.stringMatching(/^x\.yaml:6:33 clusters\.one\.region: 'europe-west33' .*\? \[regions\]$/),
    expect.stringMatching(/^x\.yaml:6:\d+ clusters\.one\.colour: there is no field 'colour' here; allowed: .*, google$/),
  ]);
  expect(problems.map(({ rule }) => rule)).toEqual(["regions", undefined]);
});
