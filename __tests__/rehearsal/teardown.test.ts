import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { drop } from "../../changes/generations/leave";
import { readLock } from "../../changes/lock/file";
import { main } from "../../cli/teardown";
import { loadFleet } from "../../model/reading/load";
import { readStacks } from "../../output/folder";
import { inOrder } from "../../output/order";
import type { BeforeChange } from "../../rehearsal/provider/apply";
import { over, SOUND } from "../model/support";
import { root } from "../support/fleet";
import { ByHand } from "./by-hand";
import { describeWithTerraform } from "./engine";

const folder = mkdtempSync(join(tmpdir(), "teardown-"));
const [file, out] = [join(folder, "f.yaml"), join(folder, "cdktf.out")];
afterAll(() => {
  hand.end();
  rmSync(folder, { recursive: true, force: true });
});

const gke = (number: number) => ({
  cloud: "google",
  region: "europe-west3",
  network: { cidr: `10.${number}.0.0/16` },
  addons: { certManager: { enabled: false }, ingress: { controller: "none" } },
});
const FLEET = over(SOUND, {
  dns: { aws: { accountId: "111122223333" }, ttlSeconds: 30 },
  clusters: { eks: undefined, aks: undefined, gke: gke(3), well: gke(4), dead: gke(5) },
  names: { app: { policy: "latency", members: ["gke", "well", "dead"] } },
});
const RETIRED = over(FLEET, {
  clusters: { well: { retired: true }, dead: { retired: true } },
  names: { app: { members: ["gke"] } },
});

const hand = new ByHand();
const slept: number[] = [];
const refuse = (before: BeforeChange = async () => undefined): void => {
  hand.before = before;
};

function synth(data: object): void {
  writeFileSync(file, stringify(data));
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(root, "scripts/run.mjs"), "main", file, "--out", out, "--lock", join(folder, "f.lock.json")],
    {
      encoding: "utf8",
      env: { ...process.env, CI: "", MERIDIAN_LOCK: "write" },
    },
  );
  expect([status, stderr]).toEqual([0, expect.any(String)]);
}

async function apply(ids: readonly string[]): Promise<void> {
  for (const { id, folder: path } of inOrder(readStacks(out)))
    if (ids.includes(id))
      for (const args of [["init"], ["apply", "-auto-approve"]]) {
        const { code, out: words } = await hand.terraform(join(out, path), [...args, "-input=false", "-no-color"]);
        expect([id, code === 0 ? "" : words]).toEqual([id, ""]);
      }
}

/** @param typed what the person types */
async function teardown(
  typed: string,
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly said: readonly string[] }> {
  const said: string[] = [];
  const stderr = jest.spyOn(process.stderr, "write").mockImplementation((text) => said.push(String(text)) > 0);
  try {
    const code = await main([file, "--out", out, ...args], {
      terraform: hand.terraform,
      say: (line) => void said.push(line),
      ask: async () => typed,
      sleep: async (seconds) => void slept.push(seconds),
      cloud: () => ({ code: 1, out: "" }),
    });
    return { code, said };
  } finally {
    stderr.mockRestore();
  }
}

describeWithTerraform("a teardown", () => {
  beforeAll(async () => {
    synth(FLEET);
    await apply(readStacks(out).map(({ id }) => id));
    synth(RETIRED);
  }, 240_000);

  test("is printed, in order, where it is not to be run; and is of a retired cluster alone", async () => {
    const { said } = await teardown("", "--cluster", "well");
    expect(said.slice(1).map((line) => line.replaceAll(folder, "."))).toEqual([
      "npm run synth -- ./f.yaml --out ./cdktf.out.teardown --without-deletion-protection",
      "terraform -chdir=./cdktf.out/stacks/acme-route53 plan   # must show no changes",
      "sleep 30   # until no resolver leads there any more",
      "terraform -chdir=./cdktf.out.teardown/stacks/acme-well-priming init",
      "terraform -chdir=./cdktf.out.teardown/stacks/acme-well-priming destroy",
      "terraform -chdir=./cdktf.out.teardown/stacks/acme-well-cluster init",
      "terraform -chdir=./cdktf.out.teardown/stacks/acme-well-cluster apply   # may change protection flags alone",
      "terraform -chdir=./cdktf.out.teardown/stacks/acme-well-cluster destroy",
      expect.stringMatching(/^npm run generation -- \.\/f\.yaml drop well {3}# /),
    ]);
    const dead = await teardown("", "--cluster", "dead", "--dead-api");
    expect(dead.said.filter((line) => line.includes("state rm")).map((line) => line.replaceAll(folder, "."))).toEqual([
      "terraform -chdir=./cdktf.out.teardown/stacks/acme-dead-priming state rm $(terraform -chdir=./cdktf.out.teardown/stacks/acme-dead-priming state list | grep -E '^(helm_release|kubernetes_)')",
    ]);
    expect((await teardown("acme-gke", "--cluster", "gke", "--run")).said.join()).toMatch(/'gke' is not retired/);
  });

  test("waits for the names to be applied, for the right name to be typed, and for whoever holds a lock", async () => {
    const early = await teardown("acme-well", "--cluster", "well", "--run");
    expect(early.said.join()).toContain("acme-route53 is not applied as it is: names may still lead to 'well'");
    await apply(["acme-route53"]);
    expect((await teardown("well", "--cluster", "well", "--run")).said.join()).toContain(
      "'well' is not acme-well: nothing was done",
    );
    // somebody applies meanwhile, and is slow
    const isHeld = new Promise<void>((begun) =>
      refuse(() => {
        begun();
        return new Promise((resolve) => setTimeout(() => resolve(undefined), 60_000).unref());
      }),
    );
    const held = hand.terraform(join(out, "stacks/acme-well-cluster"), [
      "apply",
      "-auto-approve",
      "-input=false",
      "-refresh=true",
    ]);
    await isHeld;
    const slow = hand.last();
    refuse();
    const locked = await teardown("acme-well", "--cluster", "well", "--run");
    slow?.kill("SIGKILL");
    await held;
    expect(locked.said.join()).toMatch(/acme-well-cluster: its state is locked by .* nothing is torn down while it is held/);
    expect(locked.code).toBe(1);
  }, 120_000);

  test("says how to put back a state that a kill has left empty", async () => {
    const state = join(folder, "state/acme-well-priming.tfstate");
    const whole = readFileSync(state);
    writeFileSync(state, "");
    writeFileSync(`${state}.backup`, whole);
    const { said } = await teardown("acme-well", "--cluster", "well", "--run");
    writeFileSync(state, whole);
    expect(said.join("\n")).toContain(`its state is empty, as a killed run leaves it: cp ${state}.backup ${state}`);
  }, 60_000);

  test("of a healthy cluster goes on after a kill, and says in the file what is destroyed", async () => {
    let deletes = 0;
    refuse(async ({ kind, type }) => {
      if (kind !== "delete" || type !== "google_container_node_pool" || deletes++ > 0) return undefined;
      // alone: a kill while it writes its state would leave that empty
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      hand.last()?.kill("SIGKILL");
      return "killed";
    });
    const killed = await teardown("acme-well", "--cluster", "well", "--run");
    expect(killed.said.join("\n")).toContain("acme-well-cluster: its destroy stopped; run the same again to go on");
    expect(loadFleet(file).destroyedStacks).toEqual(["acme-well-priming"]);
    refuse();
    const again = await teardown("acme-well", "--cluster", "well", "--run");
    expect(again.said.slice(-2)).toEqual([
      "acme-well-cluster: destroyed",
      expect.stringMatching(/^Cluster well is down\. Then: .* drop well$/),
    ]);
    expect(again.said).toContain("acme-well-priming: nothing is there");
    expect(loadFleet(file).destroyedStacks).toEqual(["acme-well-priming", "acme-well-cluster"]);
    const fleet = loadFleet(file);
    const dropped = drop(readFileSync(file, "utf8"), fleet, "well", readLock(join(folder, "f.lock.json")), []);
    expect(dropped.text).not.toContain("  well:");
  }, 120_000);

  test("of a cluster whose API is dead forgets what was in it, and destroys what is in the cloud", async () => {
    refuse(async ({ type }) => (/^(helm_release|kubernetes_)/.test(type) ? "dial tcp: connection refused" : undefined));
    const stuck = await teardown("acme-dead", "--cluster", "dead", "--run");
    expect(stuck.said.join("\n")).toMatch(/acme-dead-priming: .*If the cluster's API is dead for good, --dead-api forgets/);
    const { code, said } = await teardown("acme-dead", "--cluster", "dead", "--run", "--dead-api");
    expect([code, said.join("\n")]).toEqual([
      0,
      expect.stringMatching(/acme-dead-priming: forgot \d+ that were in the cluster: /),
    ]);
    expect(said.join("\n")).toMatch(/acme-dead-cluster: protection lifted from google_container_cluster\./);
    refuse();
  }, 120_000);

  test("of a whole fleet takes the names first, waits, and leaves nothing in any state or cloud", async () => {
    slept.length = 0;
    const { code, said } = await teardown("acme", "--run");
    expect([code, said.at(-1)]).toEqual([0, expect.stringContaining("Fleet acme is down")]);
    const done = said.filter((line) => / destroyed$|^waiting/.test(line));
    expect(done).toEqual([
      "acme-route53: destroyed",
      expect.stringMatching(/^waiting 30 s/),
      "acme-gke-priming: destroyed",
      "acme-gke-cluster: destroyed",
      "acme-global: destroyed",
    ]);
    expect(slept).toEqual([30]);
    // Google never deletes a key ring (docs/operators.md)
    expect(
      hand.workspace.cloud
        .snapshot()
        .resources.map(({ type }) => type)
        .filter((type) => !/^(google_kms_|helm_|kubernetes_)/.test(type)),
    ).toEqual([]);
  }, 120_000);
});
