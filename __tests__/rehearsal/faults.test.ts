import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { type Fault, rehearse } from "../../rehearsal";
import { describeWithTerraform } from "./engine";
import { removeFolders, synthesizedFolder, type WrittenStack } from "./folder";

const chain = (name: string): WrittenStack => ({
  config: {
    provider: { aws: [{ region: "eu-west-1" }] },
    resource: {
      aws_vpc: { network: { cidr_block: "10.0.0.0/16", tags: { Name: name } } },
      aws_subnet: { a: { vpc_id: "${aws_vpc.network.id}", cidr_block: "10.0.0.0/24" } },
      aws_security_group: { nodes: { name: `${name}-nodes`, vpc_id: "${aws_vpc.network.id}", depends_on: ["aws_subnet.a"] } },
    },
  },
});

const fleet = () => synthesizedFolder({ "f-one": chain("one"), "f-two": chain("two") });

describeWithTerraform("a fault", () => {
  afterAll(removeFolders);

  test.each<[string, Fault, RegExp]>([
    [
      "fails a named resource on create",
      { stack: "f-one", address: "aws_security_group.nodes", on: "create", fail: "no room", times: 1 },
      /no room/,
    ],
    [
      "kills the process in the middle of an apply",
      { stack: "f-one", address: "aws_security_group.nodes", on: "create", kill: true, times: 1 },
      /exit code|terraform apply failed/,
    ],
  ])("that %s leaves the state and the other stack unharmed, and a second run finishes", async (_, fault, message) => {
    const dir = fleet();
    const first = await rehearse(dir, { until: "apply", keep: true, faults: [fault] });
    expect(first.ok).toBe(false);
    expect(first.errors.map(({ stack, summary, detail }) => `${stack} ${summary} ${detail}`)).toEqual([
      expect.stringMatching(new RegExp(`f-one.*(${message.source})`, "s")),
    ]);
    expect(first.stacks["f-two"]?.applied).toHaveLength(3);
    expect(first.stacks["f-one"]?.resources.map(({ address }) => address).sort()).toEqual(["aws_subnet.a", "aws_vpc.network"]);

    const second = await rehearse(dir, { folder: first.folder as string });
    expect(second.errors).toEqual([]);
    expect(second.stacks["f-one"]?.plan.map(({ address }) => address)).toEqual(["aws_security_group.nodes"]);
    expect(second.stacks["f-two"]?.plan).toEqual([]);
    expect(second.stacks["f-one"]?.destroyed).toHaveLength(3);
  });

  test("that fails on destroy leaves the resource in state, and a second run finishes", async () => {
    const dir = fleet();
    const fault: Fault = { stack: "f-one", type: "aws_vpc", on: "delete", fail: "still busy" };
    const first = await rehearse(dir, { keep: true, faults: [fault] });
    expect(first.errors.map(({ detail }) => detail)).toContain("still busy");
    expect(first.stacks["f-two"]?.ok).toBe(true);
    const state = JSON.parse(readFileSync(join(first.folder as string, "state/f-one.tfstate"), "utf8"));
    expect(state.resources.map(({ type }: { type: string }) => type)).toEqual(["aws_vpc"]);
    const second = await rehearse(dir, { folder: first.folder as string });
    expect(second.errors).toEqual([]);
  });

  test("that makes a provider slow only takes longer", async () => {
    const report = await rehearse(synthesizedFolder({ "f-one": chain("one") }), {
      until: "apply",
      faults: [{ type: "aws_subnet", delayMs: 700 }],
    });
    expect(report.ok).toBe(true);
    expect(report.stacks["f-one"]?.steps.find(({ step }) => step === "apply")?.seconds).toBeGreaterThan(0.7);
  });
});

describeWithTerraform("Ctrl-C", () => {
  const folder = mkdtempSync(join(tmpdir(), "rt-"));
  const temporary = mkdtempSync(join(folder, "tmp-"));
  const rehearsal = join(__dirname, "../../rehearsal");
  afterAll(() => {
    removeFolders();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs a program, interrupts it after a line of its output, and waits for its end. */
  async function interrupted(
    source: string,
    after: RegExp,
    dir: string,
  ): Promise<{ readonly code: number | null; readonly said: string }> {
    const program = join(folder, "rehearse.js");
    buildSync({ entryPoints: [source], bundle: true, platform: "node", outfile: program, logLevel: "error" });
    const child = spawn(process.execPath, [program, dir], {
      cwd: join(__dirname, "../.."),
      env: { ...process.env, TMPDIR: temporary },
      stdio: ["ignore", "pipe", "ignore"],
    });
    let said = "";
    const ended = new Promise<{ code: number | null; said: string }>((resolve) =>
      child.on("close", (code) => resolve({ code, said })),
    );
    await new Promise<void>((resolve) =>
      child.stdout.on("data", (text) => {
        said += text;
        if (after.test(String(text))) resolve();
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    child.kill("SIGINT");
    return ended;
  }

  function expectNothingLeft(): void {
    expect(readdirSync(temporary)).toEqual([]);
    const environments = existsSync("/proc") ? readdirSync("/proc").map((pid) => `/proc/${pid}/environ`) : [];
    const running = environments.filter((file) => {
      try {
        return readFileSync(file, "utf8").includes(`TMPDIR=${temporary}`);
      } catch {
        return false; // no process, or not ours
      }
    });
    expect(running).toEqual([]);
  }

  test("at the command line ends it with 130 and leaves no process, socket or folder behind", async () => {
    const dir = synthesizedFolder({
      "f-1": chain("1"),
      "f-2": chain("2"),
      "f-3": chain("3"),
      "f-4": chain("4"),
      "f-5": chain("5"),
    });
    const { code, said } = await interrupted(join(rehearsal, "../cli/rehearse.ts"), /validate/, dir);
    expect(code).toBe(130);
    expect(said).toMatch(/^The rehearsal was interrupted: \d stacks/m);
    expectNothingLeft();
  }, 40_000);

  test("in the middle of a slow apply does the same", async () => {
    const slow = join(folder, "slow.ts");
    writeFileSync(
      slow,
      `import { rehearse } from ${JSON.stringify(rehearsal)};
       const controller = new AbortController();
       process.on("SIGINT", () => controller.abort());
       rehearse(process.argv[2] ?? "", {
         signal: controller.signal,
         faults: [{ type: "aws_subnet", on: "create", delayMs: 3000 }],
         onStep: (_, { step }) => process.stdout.write(step + "\\n"),
       }).then(({ ok }) => { process.exitCode = ok ? 0 : 130; });`,
    );
    expect(await interrupted(slow, /plan/, synthesizedFolder({ "f-one": chain("one") }))).toMatchObject({ code: 130 });
    expectNothingLeft();
  }, 40_000);
});
