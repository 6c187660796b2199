import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { main } from "../../cli/bootstrap-state";
import type { Terraform } from "../../cli/terraform";
import { terraformOnPath } from "../../rehearsal";
import { type Moto, startMoto } from "../../rehearsal/e2e/moto";
import { one } from "../changes/support";
import { ByHand } from "../rehearsal/by-hand";
import { describeUnless, describeWithTerraform } from "../rehearsal/engine";

const ACCOUNT = "111122223333";
const root = mkdtempSync(join(tmpdir(), "bootstrap-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A machine with a fleet file. */
class Machine {
  private readonly folder = mkdtempSync(join(root, "m-"));
  private readonly file = join(this.folder, "f.yaml");
  readonly stack = join(this.folder, "cdktf.out.state/stacks/acme-state");

  constructor(
    readonly hand: ByHand,
    cluster: "eks" | "aks" | "gke",
    state: object,
  ) {
    writeFileSync(this.file, stringify(one(cluster, {}, { state, dns: { aws: { accountId: ACCOUNT } } })));
  }

  async run(terraform: Terraform = this.hand.terraform): Promise<{ readonly code: number; readonly said: string }> {
    const said: string[] = [];
    const stderr = jest.spyOn(process.stderr, "write").mockImplementation((text) => said.push(String(text)) > 0);
    try {
      const code = await main([this.file, "--out", join(this.folder, "cdktf.out")], {
        terraform,
        say: (line) => void said.push(line),
      });
      return { code, said: said.join("\n") };
    } finally {
      stderr.mockRestore();
    }
  }
}

const missing =
  terraformOnPath() === undefined
    ? "neither terraform nor tofu is on PATH"
    : spawnSync("moto_server", ["--help"]).status === 0
      ? undefined
      : "moto_server is not installed";

describeUnless(missing, "the bucket of S3, with Terraform's own backend before an S3", () => {
  let moto: Moto;
  let hand: ByHand;
  let state: object;
  const made: string[] = [];
  beforeAll(async () => {
    moto = await startMoto(ACCOUNT);
    state = { backend: "s3", bucket: "acme-states", region: "us-east-1", accountId: ACCOUNT, endpoint: moto.url };
    hand = new ByHand({
      AWS_ACCESS_KEY_ID: "e2e",
      AWS_SECRET_ACCESS_KEY: "e2e",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_ENDPOINT_URL: moto.url,
    });
    hand.before = async ({ kind, type }) => {
      if (kind !== "create") return undefined;
      made.push(type);
      // the rehearsal's provider makes it for Terraform, and this in the service that the backend asks
      if (type === "aws_s3_bucket")
        await fetch(`${moto.url}/acme-states`, { method: "PUT", headers: { authorization: "AWS e2e:e2e" } });
      return undefined;
    };
  }, 60_000);
  afterAll(async () => {
    hand.end();
    await moto.stop();
  });

  test("is made with a state of its own, which moves into it; a kill before the move is mended by the same command", async () => {
    const first = new Machine(hand, "eks", state);
    const killed = await first.run(async (folder, args) =>
      args.includes("-migrate-state") ? { code: 1, out: "killed" } : hand.terraform(folder, args),
    );
    expect([killed.code, killed.said]).toEqual([
      1,
      expect.stringContaining("its state could not be moved; run the same again to go on"),
    ]);
    expect(existsSync(join(first.stack, "bootstrap.tfstate"))).toBe(true);
    const again = await first.run();
    expect([again.code, again.said]).toEqual([
      0,
      expect.stringContaining("acme-state: goes on where an earlier run was stopped"),
    ]);
    expect(again.said).toContain("acme-state: made bucket acme-states, and keeps its own state there");
    expect(existsSync(join(first.stack, "bootstrap.tfstate"))).toBe(false);
    expect(made.sort()).toEqual([
      "aws_s3_bucket",
      "aws_s3_bucket_public_access_block",
      "aws_s3_bucket_server_side_encryption_configuration",
      "aws_s3_bucket_versioning",
    ]);
    const listed = await (
      await fetch(`${moto.url}/acme-states?list-type=2`, { headers: { authorization: "AWS e2e:e2e" } })
    ).text();
    expect(listed).toContain("<Key>acme-state.tfstate</Key>");
  }, 120_000);

  test("is found again, here and on another machine, and nothing changes", async () => {
    made.length = 0;
    const { code, said } = await new Machine(hand, "eks", state).run();
    expect([code, said]).toEqual([0, "acme-state: bucket acme-states is there, as it should be: nothing changes"]);
    expect(made).toEqual([]);
  }, 60_000);

  test("takes one writer at a time", async () => {
    const machine = new Machine(hand, "eks", state);
    await machine.run();
    const slow = hand.before;
    let isHeld: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      isHeld = resolve;
    });
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    hand.before = async () => {
      isHeld();
      await gate;
      return undefined;
    };
    const json = JSON.parse(readFileSync(join(machine.stack, "cdk.tf.json"), "utf8")) as {
      resource: { aws_s3_bucket: Record<string, { tags: Record<string, string> }> };
    };
    Object.values(json.resource.aws_s3_bucket)[0]!.tags.more = "1";
    writeFileSync(join(machine.stack, "cdk.tf.json"), JSON.stringify(json));
    const writer = hand.terraform(machine.stack, ["apply", "-auto-approve", "-input=false", "-no-color"]);
    await held;
    const other = await hand.terraform(machine.stack, [
      "apply",
      "-auto-approve",
      "-input=false",
      "-no-color",
      "-lock-timeout=0s",
    ]);
    release();
    expect(other.out).toContain("Error acquiring the state lock");
    expect((await writer).out).toContain("Apply complete");
    hand.before = slow;
  }, 60_000);

  test("that something else made is used as it is", async () => {
    await fetch(`${moto.url}/theirs`, { method: "PUT", headers: { authorization: "AWS e2e:e2e" } });
    const { code, said } = await new Machine(hand, "eks", { ...state, bucket: "theirs" }).run();
    expect([code, said]).toEqual([
      0,
      expect.stringContaining("bucket theirs is there, and this fleet didn't make it: it is used as it is"),
    ]);
  }, 60_000);
});

/** A cloud's own store can't be reached here: what its backend says is played, and the state lies beside it. */
const played =
  (hand: ByHand, store: string, words: string): Terraform =>
  async (folder, args) => {
    if (existsSync(join(folder, "bootstrap_override.tf.json"))) return hand.terraform(folder, args);
    if (args.includes("-migrate-state")) {
      renameSync(join(folder, "bootstrap.tfstate"), store);
      writeFileSync(join(folder, "bootstrap.tfstate"), "");
      return { code: 0, out: "" };
    }
    if (args[0] === "init") return existsSync(store) ? { code: 0, out: "" } : { code: 1, out: words };
    if (args[0] === "state") return { code: 0, out: Object.keys(JSON.parse(readFileSync(store, "utf8"))).join("\n") };
    return { code: 0, out: "" };
  };

describeWithTerraform("the stores of the other clouds are made as their providers take them", () => {
  const hand = new ByHand();
  afterAll(() => hand.end());

  test.each([
    [
      "aks",
      {
        backend: "azurerm",
        subscriptionId: "00000000-0000-0000-0000-000000000001",
        resourceGroup: "states",
        storageAccount: "acmestates",
        container: "terraform",
      },
      "Error: ContainerNotFound",
      "container acmestates/terraform",
      ["azurerm_resource_group", "azurerm_storage_account", "azurerm_storage_container"],
    ],
    [
      "gke",
      { backend: "gcs", bucket: "acme-states-g" },
      "Error: storage: bucket doesn't exist",
      "bucket acme-states-g",
      ["google_storage_bucket"],
    ],
  ] as const)(
    "%s",
    async (cluster, state, words, what, types) => {
      const machine = new Machine(hand, cluster, state);
      const terraform = played(hand, join(root, cluster), words);
      const first = await machine.run(terraform);
      expect([first.code, first.said]).toEqual([
        0,
        expect.stringContaining(`acme-state: made ${what}, and keeps its own state there`),
      ]);
      const made = hand.workspace.cloud
        .all()
        .filter(({ stack }) => stack === "acme-state")
        .map(({ type }) => type);
      expect(made.filter((type) => types.some((known) => known === type)).sort()).toEqual(types);
      expect((await machine.run(terraform)).said).toContain("is there, as it should be: nothing changes");
    },
    60_000,
  );

  test("a store that can't be reached is not made a second time, and a backend without one is said", async () => {
    const unreachable = await new Machine(hand, "gke", { backend: "gcs", bucket: "acme-far" }).run(async () => ({
      code: 1,
      out: "Error: no credentials",
    }));
    expect([unreachable.code, unreachable.said]).toEqual([
      1,
      expect.stringContaining("bucket acme-far can't be reached, and nobody knows whether it is there"),
    ]);
    const local = await new Machine(hand, "gke", { backend: "pg" }).run();
    expect([local.code, local.said]).toEqual([1, expect.stringContaining("backend 'pg' has nothing to be made")]);
  });
});
