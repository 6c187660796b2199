import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { writeBundle } from "../../../cli/handoff";
import { pageAssets } from "../../../cli/report-assets";
import { factsOf } from "../../../handoff/facts";
import { billedOf } from "../../../handoff/report/billed";
import { reportOf } from "../../../handoff/report/model";
import { reportPage } from "../../../handoff/report/page";
import { committedFleet, synthFleet } from "../../support/fleet";
import { synthesized } from "../committed";

const fleet = committedFleet("fleets/arctiq.yaml");
const stacks = synthesized(fleet);
const report = reportOf(fleet, stacks, "fleets/arctiq.yaml");
const page = reportPage(report, pageAssets());

test("the page names each stack with its level, state and login, each cluster, name and version", () => {
  for (const { id } of report.handoff.stacks) expect(page).toContain(`<li id="stack-${id}">`);
  expect(page).toMatch(
    /arctiq-toronto-priming<\/h3>[\s\S]*?href="#stack-arctiq-toronto-cluster"[\s\S]*?kubelogin on PATH[\s\S]*?arctiq-toronto-priming\.tfstate/,
  );
  expect(report.clusters.map(({ name, kind, standardEnd }) => [name, kind, standardEnd])).toEqual([
    ["sydney", "GKE", "2027-08-09"],
    ["saopaulo", "EKS", "2027-08-02"],
    ["toronto", "AKS", "2027-06-30"],
  ]);
  expect(page).toContain('<time datetime="2027-08-02">2027-08-02</time>');
  expect(report.clusters[2]!.ranges).toContainEqual(["pods", "10.30.128.0/17"]);
  expect(report.releases.find(({ name }) => name === "traefik")).toMatchObject({
    version: "41.3.0",
    clusters: ["sydney", "saopaulo", "toronto"],
  });
  expect(report.names[1]).toMatchObject({ fqdn: "geo.k8s.arctiq.example", policy: "geolocation", recoverySeconds: 150 });
});

test("what is billed is counted in the stacks, and what is free is not", () => {
  const count = (what: string) => report.billed.filter((one) => one.what === what).map(({ cloud, count }) => [cloud, count]);
  expect(count("control planes")).toEqual([
    ["AWS", 1],
    ["Azure", 1],
    ["Google", 1],
  ]);
  expect(count("NAT gateways")).toEqual([
    ["AWS", 3],
    ["Google", 1],
  ]);
  expect(count("public addresses")).toEqual([
    ["AWS", 6],
    ["Azure", 1],
    ["Google", 1],
  ]);
  const config = {
    resource: {
      azurerm_kubernetes_cluster: { free: { sku_tier: "Free" } },
      aws_vpc_endpoint: { s3: { vpc_endpoint_type: "Gateway" }, ecr: { vpc_endpoint_type: "Interface" } },
    },
  };
  expect(billedOf([{ config }])).toEqual([expect.objectContaining({ what: "private endpoints", count: 1 })]);
});

test("applications are shown with the image that the fleet file names, nodes as the fewest and the most", () => {
  const stacc = committedFleet("fleets/stacc.yaml");
  const shown = reportOf(stacc, synthesized(stacc), "fleets/stacc.yaml");
  const [name, app] = Object.entries(stacc.apps).find(([, { image }]) => image !== undefined)!;
  const row = shown.releases.find((release) => release.name === name)!;
  expect(row).toMatchObject({ isAddOn: false, image: expect.stringContaining(app.image!.repository) });
  expect(report.clusters.map(({ nodes }) => nodes)).toEqual([
    { min: 2, max: 6 },
    { min: 2, max: 6 },
    { min: 4, max: 9 },
  ]);
  expect(page).toContain("8\u201321");
});

test("what each cluster keeps for itself is said to differ", () => {
  expect(page).toContain(
    "What the chart of guestbook keeps, if anything, is each cluster's own (sydney, saopaulo, toronto): nothing is copied between them, and they differ.",
  );
  const said = (name: string) => {
    const other = committedFleet(`fleets/${name}.yaml`);
    return reportOf(other, synthesized(other), name).apart.map(({ app, clusters, keeps }) => [app, clusters, keeps]);
  };
  expect(report.apart.map(({ app }) => app)).toEqual(["guestbook"]);
  expect(said("jldeen")).toEqual([["talks", ["east", "west"], true]]); // the blog has its volume in the east alone
  expect(said("davies")).toEqual([]);
});

test("the same fleet gives the same bytes, in whatever order its stacks come", () => {
  expect(reportPage(reportOf(fleet, [...stacks].reverse(), "fleets/arctiq.yaml"), pageAssets())).toBe(page);
});

test("the page asks for nothing, and lets no style or script run but its own", () => {
  expect(page).not.toMatch(/(?:src|href)="(?!#)/);
  expect(page).not.toMatch(/url\((?!#)|@import/);
  const hash = (tag: string) =>
    createHash("sha256")
      .update(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(page)![1]!)
      .digest("base64");
  expect(page).toContain(`style-src 'sha256-${hash("style")}'; script-src 'sha256-${hash("script")}'`);
  expect(page).not.toMatch(/ style="| on\w+="/);
});

test("text of the fleet file stays text", () => {
  const evil = reportOf(fleet, stacks, "<script>alert(1)</script>", { against: "a&b", lines: ["</pre><img src=x>"] });
  const shown = reportPage(evil, pageAssets());
  expect(shown).not.toContain("<script>alert");
  expect(shown).not.toContain("<img");
  expect(shown).toContain("&lt;/pre&gt;&lt;img src=x&gt;");
});

test("what changed is said in the words of diff, and nothing where there was nothing to compare with", () => {
  expect(page).not.toContain("What changed");
  const changed = reportPage(reportOf(fleet, stacks, "f.yaml", { against: "HEAD", lines: ["Nothing changes."] }), pageAssets());
  expect(changed).toContain("<pre>Nothing changes.</pre>");
});

test("a bundle has the page, and its checksum", () => {
  const out = mkdtempSync(join(tmpdir(), "bundle-report-"));
  try {
    const small = committedFleet("fleets/quickstart.yaml");
    for (const [path, text] of Object.entries(synthFleet(small).files)) {
      mkdirSync(dirname(join(out, "terraform", path)), { recursive: true });
      writeFileSync(join(out, "terraform", path), text);
    }
    writeBundle(out, factsOf(small), "fleets/quickstart.yaml", {
      report: (read) => reportPage(reportOf(small, read, "fleets/quickstart.yaml"), pageAssets()),
    });
    const text = readFileSync(join(out, "report.html"), "utf8");
    expect(text).toContain("<h1>Fleet quickstart</h1>");
    expect(readFileSync(join(out, "SHA256SUMS"), "utf8")).toContain(
      `${createHash("sha256").update(text).digest("hex")}  report.html`,
    );
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
});

test("a small page: the map, the answers and the tables", () => {
  expect(page.length).toBeLessThan(260_000);
});
