import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { describeWithTerraform, testUnless } from "./engine";
import { reader, removeFolders, synthesizedFolder } from "./folder";

const root = join(__dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "rt-"));
const temporary = mkdtempSync(join(folder, "tmp-"));
const program = join(folder, "rehearse.js");

/** The command line as people use it. */
function rehearse(...args: readonly string[]): { readonly code: number | null; readonly out: string } {
  const { CI: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: root,
    env: { ...env, TMPDIR: temporary, CI: "true", CHECKPOINT_DISABLE: "1" },
    encoding: "utf8",
  });
  return { code: status, out: `${stdout}${stderr}` };
}

const stacks = () =>
  synthesizedFolder({
    "f-network": {
      config: {
        provider: { aws: [{ region: "eu-west-1" }] },
        resource: { aws_vpc: { network: { cidr_block: "10.0.0.0/16" } } },
        output: { id: { value: "${aws_vpc.network.id}" } },
      },
    },
    "f-subnet": {
      dependencies: ["f-network"],
      config: {
        provider: { aws: [{ region: "eu-west-1" }] },
        data: { terraform_remote_state: { network: reader("f-network") } },
        resource: {
          aws_subnet: { a: { vpc_id: "${data.terraform_remote_state.network.outputs.id}", cidr_block: "10.0.0.0/24" } },
        },
      },
    },
  });

describeWithTerraform("npm run rehearse", () => {
  beforeAll(() => {
    buildSync({
      entryPoints: [join(root, "cli/rehearse.ts")],
      bundle: true,
      platform: "node",
      outfile: program,
      logLevel: "error",
    });
  });
  afterAll(() => {
    removeFolders();
    rmSync(folder, { recursive: true, force: true });
  });

  test("prints a line for each step, counts and time, says what it does not prove, and leaves nothing", () => {
    const { code, out } = rehearse(stacks());
    expect(out).toMatch(/^f-network +plan +\+1 ~0 -0 +\d+\.\d s$/m);
    expect(out).toMatch(/^f-subnet +destroy +\+0 ~0 -1 +\d+\.\d s$/m);
    expect(out).toMatch(/went well: 2 stacks, 2 resources applied/);
    expect(out).toMatch(/does not prove: quotas.*permissions/);
    expect(code).toBe(0);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test("shows a change as what it adds, changes and replaces, says what of a folder's lock isn't known, and fails with Terraform's words and the place", () => {
    const before = stacks();
    const after = synthesizedFolder({
      "f-network": {
        config: {
          provider: { aws: [{ region: "eu-west-1" }] },
          resource: {
            aws_vpc: { network: { cidr_block: "10.0.0.0/16", tags: { Name: "n" } } },
            aws_internet_gateway: { out: { vpc_id: "${aws_vpc.network.id}" } },
          },
        },
      },
    });
    const { code, out } = rehearse(after, "--from", before);
    expect(out).toMatch(/^No lock file that was written with .*cdktf\.out is known: .* the rules say nothing\..*\n\n/);
    expect(out).toMatch(/f-network: changes aws_vpc\.network \(tags\)/);
    expect(out).toMatch(/f-network: creates 1: aws_internet_gateway\.out/);
    expect(code).toBe(0);

    const broken = synthesizedFolder({
      "f-one": { config: { provider: { aws: [{}] }, resource: { aws_vpc: { network: { cidr: "10.0.0.0/16" } } } } },
    });
    const failed = rehearse(broken);
    expect(failed.out).toMatch(/error: f-one .*\(cdk\.tf\.json:\d+\): .*\n +.*"cidr"/);
    expect(failed.code).toBe(1);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test("stands behind an operator's own terraform in a folder that it keeps, with what exists remembered", () => {
    const dir = stacks();
    const kept = /Kept: (.*)/;
    const chdir = "-chdir=cdktf.out/stacks/f-network";
    const first = rehearse(dir, "--keep", "--", "sh", "-c", `terraform ${chdir} init && terraform ${chdir} apply -auto-approve`);
    expect(first.code).toBe(0);
    const [, work = ""] = kept.exec(first.out) ?? [];
    expect(JSON.parse(readFileSync(join(work, "cloud.json"), "utf8")).resources).toHaveLength(1);
    const second = rehearse(
      dir,
      "--in",
      work,
      "--",
      "sh",
      "-c",
      `terraform ${chdir} init && terraform ${chdir} plan -detailed-exitcode`,
    );
    expect(second.code).toBe(0);
    expect(existsSync(work)).toBe(false);
  });

  test("keeps the namespaces of two clusters apart behind a command, though one server stands for both", () => {
    const priming = (cluster: string) => ({
      config: {
        provider: { kubernetes: [{ host: `https://${cluster}.example.com`, cluster_ca_certificate: "" }] },
        resource: { kubernetes_namespace_v1: { priming: { metadata: [{ name: "priming" }] } } },
      },
    });
    const dir = synthesizedFolder({ "f-a-priming": priming("a"), "f-b-priming": priming("b") });
    const apply = (stack: string) =>
      `terraform -chdir=cdktf.out/stacks/${stack} init && terraform -chdir=cdktf.out/stacks/${stack} apply -auto-approve`;
    const { code, out } = rehearse(dir, "--", "sh", "-c", `${apply("f-a-priming")} && ${apply("f-b-priming")}`);
    expect(out).not.toMatch(/exists already/);
    expect(code).toBe(0);
  });

  test("takes a protected folder to its end, as an operator does who first takes the protection away", () => {
    const bucket = { aws_vpc: { n: { cidr_block: "10.0.0.0/16", lifecycle: { prevent_destroy: true } } } };
    const dir = synthesizedFolder({ "f-one": { config: { provider: { aws: [{ region: "eu-west-1" }] }, resource: bucket } } });
    const { code, out } = rehearse(dir);
    expect(out).toMatch(/^f-one +destroy +\+0 ~0 -1 /m);
    expect(code).toBe(0);
  });

  test("says in a sentence what is wrong with a folder that is none", () => {
    const work = rehearse(stacks(), "--in", join(folder, "scratch"));
    expect(work.out).toMatch(/--in .*scratch: there is no such folder\. Name one that a rehearsal with --keep printed/);
    expect(work.code).toBe(1);
    expect(rehearse(stacks(), "--in", temporary).out).toMatch(/no rehearsal was kept there/);
    const plain = rehearse(temporary);
    expect(plain.out).toMatch(
      /is a folder without stacks \(no manifest\.json\): name a fleet file, or a folder that synth wrote/,
    );
    expect(plain.code).toBe(1);
  });

  const cdktf = join(root, "node_modules/.bin/cdktf");
  const missing = existsSync(cdktf) ? undefined : "cdktf-cli, an optional dependency, is not installed";
  testUnless(
    missing,
    "stands behind the real cdktf deploy and destroy of all stacks",
    () => {
      const dir = stacks();
      const deployed = rehearse(dir, "--keep", "--", "npx", "cdktf", "deploy", "*", "--auto-approve");
      expect(deployed.code).toBe(0);
      expect(deployed.out).toMatch(/f-subnet.*aws_subnet\.a: Creation complete/s);
      const [, work = ""] = /Kept: (.*)/.exec(deployed.out) ?? [];
      const destroyed = rehearse(dir, "--in", work, "--", "npx", "cdktf", "destroy", "*", "--auto-approve");
      expect(destroyed.out).toMatch(/f-network.*aws_vpc\.network: Destruction complete/s);
      expect(destroyed.code).toBe(0);
      expect(readdirSync(temporary)).toEqual([]);
    },
    60_000,
  );
});
