import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { stringify } from "yaml";
import { main as bootstrap } from "../../cli/bootstrap-state";
import { main as teardown } from "../../cli/teardown";
import { type CloudProgram, cloudProgram } from "../../cli/teardown/store-keys";
import type { Terraform } from "../../cli/terraform";
import { readJsonObject } from "../../output/json";
import { terraformOnPath } from "../../rehearsal";
import { type Moto, startMoto } from "../../rehearsal/e2e/moto";
import { pruned } from "../../rehearsal/e2e/prune";
import { over, SOUND } from "../model/support";
import { ByHand } from "../rehearsal/by-hand";
import { describeUnless, describeWithTerraform } from "../rehearsal/engine";
import { root } from "../support/fleet";
import { providerMirrors } from "../support/terraform";

const AWS = "5.100.0";
const ACCOUNT = "111122223333";
const folder = mkdtempSync(join(tmpdir(), "teardown-state-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A fleet of nothing but a zone and a cluster that something else made. */
const fleet = (state: object, more: object = {}) =>
  over(SOUND, {
    state,
    dns: { aws: { accountId: ACCOUNT }, deletionProtection: false },
    clusters: {
      eks: undefined,
      aks: undefined,
      gke: undefined,
      here: {
        cloud: "existing",
        region: "eu-west-1",
        existing: { endpoint: "https://k.example.com", exec: { command: "x" }, ingress: { ips: ["198.51.100.1"] } },
      },
    },
    ...more,
  });

interface Done {
  readonly code: number;
  readonly said: string;
}

/** A machine with a fleet file, and its output. */
class Machine {
  private readonly home = mkdtempSync(join(folder, "m-"));
  readonly file = join(this.home, "f.yaml");
  readonly out = join(this.home, "cdktf.out");
  readonly stack = join(this.home, "cdktf.out.state/stacks/acme-state");

  constructor(
    private readonly terraform: Terraform,
    private readonly cloud: CloudProgram,
    data: object,
  ) {
    writeFileSync(this.file, stringify(data));
  }

  synth(): void {
    const args = [join(root, "scripts/run.mjs"), "main", this.file, "--out", this.out, "--lock", join(this.home, "f.lock.json")];
    const env = { ...process.env, CI: "", MERIDIAN_LOCK: "write" };
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", env });
    expect([status, stderr]).toEqual([0, expect.any(String)]);
  }

  bootstrap(): Promise<Done> {
    return heard((say) => bootstrap([this.file, "--out", this.out, ...this.where], { terraform: this.terraform, say }));
  }

  /** @param terraform another one, that a kill ends */
  teardown(args: readonly string[] = ["--run"], terraform = this.terraform): Promise<Done> {
    const means = { terraform, cloud: this.cloud, ask: async () => "acme", sleep: async () => undefined };
    return heard((say) => teardown([this.file, "--out", this.out, ...args], { ...means, say }));
  }

  /** What the clouds ask for, and the file doesn't say. */
  where: readonly string[] = [];
}

async function heard(work: (say: (line: string) => void) => Promise<number>): Promise<Done> {
  const said: string[] = [];
  const stderr = jest.spyOn(process.stderr, "write").mockImplementation((text) => said.push(String(text)) > 0);
  try {
    const code = await work((line) => void said.push(line));
    return { code, said: said.join("\n") };
  } finally {
    stderr.mockRestore();
  }
}

/** With E2E_AWS=1 the real provider works before moto; otherwise the rehearsal's, and a bucket of its is made and emptied there. */
const isReal = process.env.E2E_AWS === "1";
const mirror = providerMirrors().find((path) => existsSync(join(path, "registry.terraform.io/hashicorp/aws", AWS)));
const missing = [
  terraformOnPath() === undefined && "terraform",
  isReal && mirror === undefined && `hashicorp/aws ${AWS}`,
  ...["moto_server", "aws"].map((program) => spawnSync(program, ["--version"]).error !== undefined && program),
].filter(Boolean);

describeUnless(
  missing.length > 0 ? `there is no ${missing.join(", ")}` : undefined,
  "the bucket of a fleet's states goes last: the real backend before an S3",
  () => {
    let moto: Moto;
    let machine: Machine;
    let hand: ByHand;
    let real: Terraform;
    const before = { ...process.env };
    beforeAll(async () => {
      moto = await startMoto(ACCOUNT);
      const env = {
        AWS_ACCESS_KEY_ID: "e2e",
        AWS_SECRET_ACCESS_KEY: "e2e",
        AWS_EC2_METADATA_DISABLED: "true",
        AWS_ENDPOINT_URL: moto.url,
      };
      Object.assign(process.env, env);
      hand = new ByHand(env);
      hand.before = async ({ kind, type }) => {
        if (type === "aws_s3_bucket" && kind === "create") await fetch(`${moto.url}/acme-states`, { method: "PUT", headers });
        if (type === "aws_s3_bucket" && kind === "delete")
          spawnSync("aws", ["s3", "rb", "--force", "s3://acme-states"], { env: process.env });
        return undefined;
      };
      real = isReal ? withMirror(mirror!) : unapplied(hand.terraform);
      const state = { backend: "s3", bucket: "acme-states", region: "us-east-1", accountId: ACCOUNT, endpoint: moto.url };
      machine = new Machine(real, cloudProgram, fleet({ ...state, prefix: "fleets/" }));
      expect(await machine.bootstrap()).toEqual({ code: 0, said: expect.stringContaining("made bucket acme-states") });
      machine.synth();
      const copy = join(folder, "applied");
      cpSync(machine.out, copy, { recursive: true });
      for (const args of [["init"], ["apply", "-auto-approve"]]) {
        const { code, out } = await real(join(copy, "stacks/acme-global"), [...args, "-input=false", "-no-color"]);
        expect(code === 0 ? "" : out).toBe("");
      }
    }, 600_000);
    afterAll(async () => {
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
      Object.assign(process.env, before);
      hand.end();
      await moto.stop();
    });

    test("is printed with the commands that take its state out of it, empty it and destroy it", async () => {
      const { said } = await machine.teardown([]);
      const last = said.slice(said.indexOf("# last")).replaceAll(machine.out, "cdktf.out").replaceAll(machine.file, "f.yaml");
      expect(last.replaceAll(moto.url, "URL")).toBe(
        [
          "# last, bucket acme-states, if bootstrap-state made it, and only where nothing else lies there",
          "npm run bootstrap-state -- f.yaml   # must find it, and change nothing",
          "aws s3api list-objects-v2 --bucket acme-states --region us-east-1 --endpoint-url URL --query 'Contents[].Key' --output json   # must be states of acme alone, each empty",
          `printf '%s' '{"terraform":{"backend":{"local":{"path":"teardown.tfstate"}}},"resource":{"aws_s3_bucket":{"${bucketId(machine)}":{"force_destroy":true,"lifecycle":{"prevent_destroy":false}}}}}' > cdktf.out.state/stacks/acme-state/teardown_override.tf.json`,
          "terraform -chdir=cdktf.out.state/stacks/acme-state init -migrate-state   # takes the state of acme-state out of it, into teardown.tfstate",
          "terraform -chdir=cdktf.out.state/stacks/acme-state apply   # may change force_destroy alone",
          "terraform -chdir=cdktf.out.state/stacks/acme-state destroy",
        ].join("\n"),
      );
    });

    test("stays, with everything else down, while another key lies there, or a state of the fleet that holds something", async () => {
      const old = { version: 4, terraform_version: "1.11.4", serial: 1, lineage: "x", outputs: {} };
      const kept = {
        mode: "managed",
        type: "terraform_data",
        name: "kept",
        provider: 'provider["terraform.io/builtin/terraform"]',
      };
      await put(moto.url, "fleets/other-global.tfstate", "{}");
      await put(moto.url, "env:/blue/fleets/acme-global.tfstate", "{}");
      await put(
        moto.url,
        "fleets/acme-old-cluster.tfstate",
        JSON.stringify({ ...old, resources: [{ ...kept, instances: [{ schema_version: 0, attributes: { id: "1" } }] }] }),
      );
      await put(moto.url, "fleets/acme-gone-cluster.tfstate", JSON.stringify({ ...old, resources: [] }));
      const { code, said } = await machine.teardown();
      expect([code, said]).toEqual([
        1,
        expect.stringContaining(
          "bucket acme-states stays: other keys lie there: env:/blue/fleets/acme-global.tfstate, fleets/acme-old-cluster.tfstate (the state of acme-old-cluster, which still holds something), fleets/other-global.tfstate. Everything else of fleet acme is down.",
        ),
      ]);
      expect(said).toContain("acme-global: destroyed");
      expect(await keys(moto.url)).toContain("fleets/acme-state.tfstate");
      for (const key of [
        "fleets/other-global.tfstate",
        "env:/blue/fleets/acme-global.tfstate",
        "fleets/acme-old-cluster.tfstate",
      ])
        await fetch(`${moto.url}/acme-states/${key}`, { method: "DELETE", headers });
    }, 600_000);

    test("goes with all its versions, and goes on after a kill where its state was out already", async () => {
      const killed = await machine.teardown(["--run"], async (path, args) =>
        args[0] === "destroy" ? { code: 1, out: "killed" } : real(path, args),
      );
      expect([killed.code, killed.said]).toEqual([
        1,
        expect.stringContaining("acme-state: its destroy stopped; run the same again to go on"),
      ]);
      expect((await machine.bootstrap()).said).toContain("a teardown of bucket acme-states was stopped here: go on with it");
      const { code, said } = await machine.teardown();
      expect([code, said]).toEqual([0, expect.stringContaining("Fleet acme is down: bucket acme-states is gone.")]);
      expect((await fetch(`${moto.url}/acme-states?list-type=2`, { headers })).status).toBe(404);
      expect(existsSync(machine.stack)).toBe(false);
    }, 600_000);
  },
);

const headers = { authorization: "AWS e2e:e2e" };
const put = (url: string, key: string, body: string) => fetch(`${url}/acme-states/${key}`, { method: "PUT", headers, body });
const keys = async (url: string) => (await fetch(`${url}/acme-states?list-type=2`, { headers })).text();
const bucketId = ({ stack }: Machine): string =>
  Object.keys((readJsonObject(join(stack, "cdk.tf.json")).resource as { aws_s3_bucket: object }).aws_s3_bucket)[0]!;

const NOT_THERE = { code: 1, out: "No state file was found!" };

/** The cluster of the fleet was never applied. */
const unapplied =
  (terraform: Terraform): Terraform =>
  async (path, args) => {
    if (basename(path).startsWith("acme-here-")) return args[0] === "state" ? NOT_THERE : { code: 0, out: "" };
    return terraform(path, args);
  };

/** Terraform with the provider that is at hand, whose version the stacks don't ask for. */
function withMirror(folderOfProviders: string): Terraform {
  const rc = join(folder, "cli.tfrc");
  writeFileSync(rc, `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(folderOfProviders)}\n  }\n}\n`);
  return unapplied((path, args) => {
    const json = join(path, "cdk.tf.json");
    if (args[0] === "init")
      writeFileSync(json, JSON.stringify(pruned(basename(path), readJsonObject(json), { aws: AWS }).config));
    return new Promise((resolve, reject) => {
      const env = { ...process.env, TF_CLI_CONFIG_FILE: rc, CHECKPOINT_DISABLE: "1" };
      const child = spawn(terraformOnPath()!, [...args], { cwd: path, env });
      let out = "";
      for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (words: string) => (out += words));
      child.on("error", reject);
      child.on("close", (code) => resolve({ code: code ?? 1, out }));
    });
  });
}

/** A cloud's own store can't be reached here: its backend is played by a file, its providers by the rehearsal. */
describeWithTerraform("the places of the other clouds go as their providers take it", () => {
  const hand = new ByHand();
  afterAll(() => hand.end());

  test.each([
    [
      "azurerm",
      {
        backend: "azurerm",
        subscriptionId: "00000000-0000-0000-0000-000000000001",
        resourceGroup: "states",
        storageAccount: "acmestates",
        container: "terraform",
      },
      ["--location", "uksouth"],
      "container acmestates/terraform",
      "az",
      "other.tfstate",
      "container backups",
    ],
    [
      "gcs",
      { backend: "gcs", bucket: "acme-states-g" },
      ["--location", "europe-west3", "--project", "acme-prod"],
      "bucket acme-states-g",
      "gcloud",
      "other-global/default.tfstate",
      undefined,
    ],
  ] as const)(
    "%s",
    async (_, state, where, what, program, foreign, container) => {
      const store = join(folder, `${program}.tfstate`);
      let others: readonly string[] = [foreign];
      const asked: string[] = [];
      const cloud: CloudProgram = (name, args) => {
        asked.push([name, ...args].join(" "));
        if (args.includes("container"))
          return { code: 0, out: JSON.stringify(container && others.length > 0 ? ["terraform", "backups"] : ["terraform"]) };
        const own = program === "gcloud" ? "acme-state/default.tfstate" : "acme-state.tfstate";
        const found = [own, ...others];
        return {
          code: 0,
          out: program === "gcloud" ? found.map((key) => `gs://acme-states-g/${key}`).join("\n") : JSON.stringify(found),
        };
      };
      const machine = new Machine(played(hand, store), cloud, fleet(state, program === "az" ? AZURE : {}));
      machine.where = where;
      expect(await machine.bootstrap()).toEqual({ code: 0, said: expect.stringContaining(`made ${what}`) });
      machine.synth();
      const refused = await machine.teardown();
      expect([refused.code, refused.said]).toEqual([
        1,
        expect.stringContaining(
          `${what} stays: other keys lie there: ${[foreign, ...(container ? [container] : [])].join(", ")}.`,
        ),
      ]);
      others = [];
      const { code, said } = await machine.teardown();
      expect([code, said]).toEqual([0, expect.stringContaining(`Fleet acme is down: ${what} is gone.`)]);
      expect(asked[0]!.split(" ")[0]).toBe(program);
      expect(
        hand.workspace.cloud
          .all()
          .filter(({ stack }) => stack === "acme-state")
          .map(({ type }) => type),
      ).toEqual([]);
    },
    120_000,
  );
});

const AZURE = {
  dns: {
    aws: undefined,
    engine: "azure",
    deletionProtection: false,
    azure: { subscriptionId: "00000000-0000-0000-0000-000000000001", tenantId: "00000000-0000-0000-0000-000000000002" },
  },
};

/** Only the place's own stack is applied: the others' states are not there. */
const played =
  (hand: ByHand, store: string): Terraform =>
  async (path, args) => {
    if (basename(path) !== "acme-state") return args[0] === "state" ? NOT_THERE : { code: 0, out: "" };
    const isAside = ["bootstrap_override.tf.json", "teardown_override.tf.json"].some((name) => existsSync(join(path, name)));
    if (args.includes("-migrate-state")) {
      if (isAside) {
        cpSync(store, join(path, "teardown.tfstate"));
        return hand.terraform(path, ["init", "-input=false", "-reconfigure"]);
      }
      renameSync(join(path, "bootstrap.tfstate"), store);
      writeFileSync(join(path, "bootstrap.tfstate"), "");
      return { code: 0, out: "" };
    }
    if (isAside) return hand.terraform(path, args);
    if (args[0] === "init")
      return existsSync(store) ? { code: 0, out: "" } : { code: 1, out: "ContainerNotFound, bucket doesn't exist" };
    if (args[0] === "state") return { code: 0, out: args[1] === "pull" ? readFileSync(store, "utf8") : "x.y" };
    return { code: 0, out: "" };
  };
