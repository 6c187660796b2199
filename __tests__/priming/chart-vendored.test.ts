import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { withoutDeletionProtection } from "../../changes/unprotected";
import { fleetCharts } from "../../cli/charts/releases";
import { sha256 } from "../../cli/charts/repository";
import { vendor } from "../../cli/charts/vendor";
import { loadFleet } from "../../model/reading/load";
import type { Fleet } from "../../model/schema/fleet";
import { rehearse } from "../../rehearsal";
import { describeWithTerraform } from "../rehearsal/engine";
import { type Output, synthFleet } from "../support/fleet";
import { resources } from "../support/synth";
import { fleetText } from "./fleets";

const CHART_APPS = ["1.0.0", "2.0.0"].map(
  (version, index) =>
    `  app${index}: { chart: web, version: ${version}, repository: "https://charts.example.com", clusters: [gru], namespace: app${index} }`,
);
const TEXT = fleetText(["aws", "google"], {
  addons: "{ headlamp: { enabled: true } }",
  more: `charts: { source: vendored }\napps:\n${CHART_APPS.join("\n")}\n`,
});

/** A repository of every chart in every version, whose archives are their own names. */
function serve(): Promise<Server> {
  const server = createServer((request, response) => {
    const [, chart, version, file] = (request.url ?? "").split("/");
    if (file !== "index.yaml") return response.end(`archive of ${chart} ${version}`);
    return response.end(`entries:\n  ${chart}:\n  - { version: ${version}, urls: [${chart}-${version}.tgz] }\n`);
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

let folder: string;
let file: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "vendored-"));
  file = join(folder, "fleet.yaml");
  writeFileSync(file, TEXT);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const synth = (): Output => synthFleet(loadFleet(file));

/** Brings everything the fleet needs from a repository on this machine. */
async function bring() {
  const server = await serve();
  try {
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const releases = fleetCharts(file).releases.map((release) =>
      release.repository === undefined ? release : { ...release, repository: `${base}/${release.chart}/${release.version}` },
    );
    return await vendor(releases, join(folder, "charts"));
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test("before they are brought, the error names the archive and the command", () => {
  expect(synth).toThrow(/charts\/[a-z-]+-v?[\d.]+\.tgz is missing; run npm run charts -- vendor <fleet file>/);
});

describe("once a fleet's charts are beside it", () => {
  beforeAll(async () => {
    await bring();
  });

  test("every release has its own archive beside its stack, with what was brought in it, and no repository", () => {
    const { stacks, files } = synth();
    const lock: Record<string, string> = JSON.parse(readFileSync(join(folder, "charts", "charts.lock.json"), "utf8"));
    const seen = new Set<string>();
    for (const [id, stack] of Object.entries(stacks))
      for (const { chart, repository } of Object.values(resources(stack, "helm_release"))) {
        expect(repository).toBeUndefined();
        if (/^\.\/assets\/(chart-objects|definitions-)/.test(String(chart))) continue;
        const text = files[`stacks/${id}/${String(chart).slice(2)}`]!;
        const archive = String(chart).split("/").at(-1)!;
        expect({ archive, digest: sha256(Buffer.from(text)) }).toEqual({ archive, digest: lock[archive] });
        seen.add(archive);
      }
    expect([...seen].sort()).toEqual(Object.keys(lock).sort());
    // two versions of one chart in one stack
    expect([...seen]).toEqual(expect.arrayContaining(["web-1.0.0.tgz", "web-2.0.0.tgz"]));
    for (const text of Object.values(files)) expect(text).not.toMatch(/https?:\/\/charts\.|oci:\/\//);
  });

  test("the output is the same, from wherever and however the fleet file is named", () => {
    const named = relative(process.cwd(), file);
    expect(synthFleet(loadFleet(named)).files).toEqual(synth().files);
  });

  test("an archive that is not the one that was brought is refused, and so is one that nobody listed", () => {
    const [path, list] = ["traefik-41.3.0.tgz", "charts.lock.json"].map((name) => join(folder, "charts", name)) as [
      string,
      string,
    ];
    const [archive, listed] = [readFileSync(path), readFileSync(list)];
    try {
      writeFileSync(path, "something else");
      expect(synth).toThrow(/traefik-41\.3\.0\.tgz has the SHA-256 digest [0-9a-f]{64} and charts\.lock\.json says [0-9a-f]{64}/);
      writeFileSync(path, archive);
      rmSync(list);
      expect(synth).toThrow(/says nothing of it; remove the archive and run npm run charts -- vendor/);
    } finally {
      writeFileSync(path, archive);
      writeFileSync(list, listed);
    }
  });
});

describeWithTerraform("a fleet with vendored charts", () => {
  /** A fleet's stacks as files. */
  function stacksOf(fleet: Fleet, name: string): string {
    for (const [path, text] of Object.entries(synthFleet(fleet).files)) {
      mkdirSync(dirname(join(folder, name, path)), { recursive: true });
      writeFileSync(join(folder, name, path), text);
    }
    return join(folder, name);
  }

  test("goes from init to an empty destroy", async () => {
    await bring();
    const fleet = loadFleet(file);
    const report = await rehearse(stacksOf(fleet, "out"), { unprotected: stacksOf(withoutDeletionProtection(fleet), "open") });
    expect(report.errors).toEqual([]);
    const withReleases = Object.entries(report.stacks).filter(([id]) => /-(priming|apps)$/.test(id));
    expect(withReleases.map(([id]) => id).sort()).toEqual(["test-gru-apps", "test-gru-priming", "test-syd-priming"]);
    for (const [, { applied, destroyed }] of withReleases) {
      expect(applied.length).toBeGreaterThan(0);
      expect(new Set(destroyed)).toEqual(new Set(applied));
    }
  }, 180_000);
});
