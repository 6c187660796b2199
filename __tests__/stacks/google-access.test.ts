import { fleetOf, synthFleet } from "../support/fleet";
import { resources } from "../support/synth";

const gke = (name: string, project: string, octet: number) => `
  ${name}:
    cloud: google
    region: europe-west4
    network: { cidr: 10.${octet}.0.0/16 }
    api: { allowFrom: [203.0.113.0/24] }
    google: { projectId: ${project}, admins: ["group:a@example.com"], runner: "serviceAccount:r@${project}.iam.gserviceaccount.com" }`;
const fleet = (clusters: string, existing = false) => `
fleet: access
dns: { zone: k8s.example.com, existing: ${existing}, aws: { accountId: "111122223333" } }
clusters:${clusters}`;
const synth = (text: string) => synthFleet(fleetOf(text));
const grants = (stack: Parameters<typeof resources>[0]) =>
  Object.values(resources(stack, "google_project_iam_member")).filter(({ role }) => role === "roles/container.admin");

test("two generations in one project share one grant, which neither of their stacks holds", () => {
  const { stacks, dependencies } = synth(fleet(gke("old", "one-project", 1) + gke("new", "one-project", 2)));
  expect(grants(stacks["access-global"]!).map(({ member }) => member)).toEqual([
    "group:a@example.com",
    "serviceAccount:r@one-project.iam.gserviceaccount.com",
  ]);
  for (const cluster of ["access-old-cluster", "access-new-cluster"]) {
    expect(grants(stacks[cluster]!)).toEqual([]);
    expect(dependencies[cluster]).toContain("access-global");
  }
});

test("projects share one provider without an alias, so that the last cluster of one can leave the file", () => {
  const both = synth(fleet(gke("one", "first-project", 1) + gke("two", "second-project", 2))).stacks["access-global"]!;
  const left = synth(fleet(gke("one", "first-project", 1))).stacks["access-global"]!;
  for (const global of [both, left]) {
    expect(global.provider!.google).toEqual([{ project: "first-project", region: "europe-west4" }]);
    for (const grant of grants(global)) expect(grant.provider).toBe("google");
  }
  expect(new Set(grants(both).map(({ project }) => project))).toEqual(new Set(["first-project", "second-project"]));
});

test("projects that different identities work in have a provider each", () => {
  const other = gke("two", "second-project", 2).replace(
    "google: {",
    "google: { impersonateServiceAccount: t@second-project.iam.gserviceaccount.com,",
  );
  const global = synth(fleet(gke("one", "first-project", 1) + other)).stacks["access-global"]!;
  expect(global.provider!.google).toMatchObject([
    { alias: "first-project", project: "first-project" },
    { alias: "second-project", project: "second-project" },
  ]);
  for (const grant of grants(global)) expect(grant.provider).toBe(`google.${grant.project}`);
});

test("a fleet whose zone exists has a global stack for the grants alone", () => {
  const { stacks } = synth(fleet(gke("one", "first-project", 1), true));
  expect(Object.keys(stacks["access-global"]!.provider!)).toEqual(["google"]);
});
