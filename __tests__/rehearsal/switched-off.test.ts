import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { changeLines } from "../../cli/rehearsal-print";
import { rehearse, rehearseChange } from "../../rehearsal";
import { describeWithTerraform } from "./engine";
import { removeFolders, synthesizedFolder } from "./folder";

const root = join(__dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "switched-off-"));
afterAll(() => {
  removeFolders();
  rmSync(folder, { recursive: true, force: true });
});

/** A fleet of one EKS cluster. */
function fleetFile(name: string, cluster: string): string {
  const path = join(folder, `${name}.yaml`);
  const account = 'accountId: "111122223333"';
  const people = 'admins: ["arn:aws:iam::111122223333:role/a"], runner: "arn:aws:iam::111122223333:role/r"';
  writeFileSync(
    path,
    `fleet: off
dns: { zone: k8s.example.com, aws: { ${account} } }
defaults: { api: { allowFrom: [203.0.113.0/24] }, aws: { ${account}, ${people} } }
clusters:
  one: { cloud: aws, region: eu-west-1, network: { cidr: 10.0.0.0/16 }, ${cluster} }
`,
  );
  return path;
}

/** What `npm run rehearse -- <after> --from <before> --until apply` says. */
function change(before: string, after: string) {
  const args = [join(root, "scripts/run.mjs"), "rehearse", after, "--from", before, "--until", "apply"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  return { status, stdout, stderr };
}

const SHARED = "addons: { storage: { shared: true } }";
const DESTROYED = [
  "aws_efs_file_system",
  ...Array(3).fill("aws_efs_mount_target"),
  "aws_eks_addon",
  "aws_iam_role",
  "aws_iam_role_policy_attachment",
  "aws_security_group",
  "aws_vpc_security_group_ingress_rule",
];
const destroyedIn = (out: string) => [...out.matchAll(/^ {2}off-one-priming: destroys (\w+)\./gm)].map(([, type]) => type);

const one = (provider: object, resource: object) =>
  synthesizedFolder({ "f-one": { config: { provider, ...(Object.keys(resource).length > 0 && { resource }) } } });
const aws = { aws: [{ region: "eu-west-1" }] };
const google = { google: [{ project: "p-prod", region: "us-east1" }] };
const vpc = { aws_vpc: { network: { cidr_block: "10.0.0.0/16" } } };
const files = { aws_efs_file_system: { files: { encrypted: true } } };

describeWithTerraform("what a change leaves out is shown as destroyed", () => {
  test("when shared storage is switched off, with everything that belonged to it", () => {
    const before = fleetFile("unprotected", `deletionProtection: false, ${SHARED}`);
    const { status, stdout, stderr } = change(before, fleetFile("unprotected-off", "deletionProtection: false"));
    expect(stderr).toBe("");
    expect(destroyedIn(stdout)).toEqual(DESTROYED);
    expect(stdout).toMatch(/^The rehearsal went well/m);
    expect(status).toBe(0);
  }, 120_000);

  test("when synth refuses it as protected: the refusal first, then what it would destroy, and it isn't a success", () => {
    const before = fleetFile("protected", SHARED);
    const { status, stdout } = change(before, fleetFile("protected-off", "tags: {}"));
    expect(stdout).toMatch(
      /^.*protected-off\.yaml was not synthesized:\n.*stack off-one-priming: aws_efs_file_system\S+ is protected/,
    );
    expect(destroyedIn(stdout)).toEqual(DESTROYED);
    expect(stdout).toMatch(/^But synth refuses this change/m);
    expect(status).toBe(1);
  }, 120_000);

  test("when it is the last of its type", async () => {
    const { after, ok } = await rehearseChange(one(aws, { ...vpc, ...files }), one(aws, vpc), { until: "apply" });
    expect(after && changeLines(after.stacks["f-one"]!)).toEqual(["f-one: destroys aws_efs_file_system.files"]);
    expect(ok).toBe(true);
  });

  test("when the state alone remembers it, as an earlier apply was of another output", async () => {
    const kept = await rehearse(one(aws, { ...vpc, ...files }), { until: "apply", keep: true });
    const again = await rehearse(one(aws, vpc), { until: "plan", keep: true, folder: kept.folder! });
    const last = await rehearse(one(aws, vpc), { until: "apply", folder: kept.folder! });
    for (const { stacks } of [again, last])
      expect(changeLines(stacks["f-one"]!)).toEqual(["f-one: destroys aws_efs_file_system.files"]);
    expect(last.ok).toBe(true);
  });

  test("when it is the last of its provider, which the stack still configures", async () => {
    const network = { google_compute_network: { net: { name: "net" } } };
    const { after, ok } = await rehearseChange(
      one({ ...aws, ...google }, { ...vpc, ...network }),
      one({ ...aws, ...google }, network),
      {
        until: "apply",
      },
    );
    expect(after && changeLines(after.stacks["f-one"]!)).toEqual(["f-one: destroys aws_vpc.network"]);
    expect(ok).toBe(true);
  });

  test("unless its provider's configuration is gone with it: then Terraform can't, and the rehearsal says so", async () => {
    const network = { google_compute_network: { net: { name: "net" } } };
    const { after, ok } = await rehearseChange(one(aws, vpc), one(google, network), { until: "apply" });
    expect(after?.errors.map(({ summary }) => summary)).toContain("Invalid provider configuration");
    expect(ok).toBe(false);
  });
});
