/**
 * `npm run e2e:aws`: the AWS stacks of a fleet, applied and destroyed by the real hashicorp/aws provider against a moto
 * server, with their state in S3 and its lock file. Other clouds' providers are the rehearsal's.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { readStacks } from "../output/folder";
import { usedTypes } from "../output/stack";
import { startMoto } from "../rehearsal/e2e/moto";
import { pruned } from "../rehearsal/e2e/prune";
import { type RehearsalOptions, rehearse } from "../rehearsal/rehearse";
import type { RehearsalReport } from "../rehearsal/report";
import { synthesize } from "../rehearsal/runner/synthesize";
import { terraformOnPath } from "../rehearsal/runner/terraform";
import { diagnosticLines, stepLine } from "./rehearsal-print";

/** Account of the three-cloud fleet; moto takes it as its own. */
const ACCOUNT = "111122223333";
const BUCKET = "e2e-states";
const STATE_REGION = "us-east-1";
const DEFAULT_FLEET = "fleets/arctiq.yaml";

/**
 * Runs the test.
 * @param argv the fleet file. @default fleets/arctiq.yaml
 * @returns 0 when it went well or had to be skipped, 1 otherwise
 */
export async function main(argv: readonly string[]): Promise<number> {
  const mirror = mirrorFolder();
  const version = mirror && mirroredVersion(mirror);
  const missing = whatIsMissing(mirror, version);
  if (missing || !mirror || !version) {
    process.stdout.write(`e2e:aws skipped: ${missing}\n`);
    return 0;
  }
  const folder = mkdtempSync(join(tmpdir(), "e2e-"));
  const moto = await startMoto(ACCOUNT);
  try {
    await fetch(`${moto.url}/${BUCKET}`, { method: "PUT", headers: { authorization: "AWS e2e:e2e" } });
    return await run({ folder, url: moto.url, mirror, version, fleet: argv[0] ?? DEFAULT_FLEET });
  } finally {
    await moto.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Setting {
  readonly folder: string;
  readonly url: string;
  readonly mirror: string;
  readonly version: string;
  readonly fleet: string;
}

async function run({ folder, url, mirror, version, fleet }: Setting): Promise<number> {
  const file = join(folder, "fleet.yaml");
  const state = { backend: "s3", bucket: BUCKET, region: STATE_REGION, accountId: ACCOUNT, endpoint: url };
  writeFileSync(file, `${readFileSync(fleet, "utf8")}\nstate: ${JSON.stringify(state)}\n`);
  const [stacks, unprotected] = [join(folder, "stacks"), join(folder, "unprotected")];
  await synthesize(file, stacks);
  await synthesize(file, unprotected, ["--without-deletion-protection"]);

  const removed = new Set<string>();
  const options: RehearsalOptions = {
    keepBackends: true,
    unprotected,
    stacks: awsStacks(stacks),
    real: { names: ["aws"], mirror },
    edit: (id, config) => {
      const result = pruned(id, config, { aws: version });
      for (const line of result.removed) removed.add(line);
      return result.config;
    },
    env: {
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: "e2e",
      AWS_SECRET_ACCESS_KEY: "e2e",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: join(folder, "none"),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, "none"),
    },
    onStep: (stack, step) => process.stdout.write(`${stepLine(stack, step, 28)}\n`),
  };
  const report = await rehearse(stacks, options);
  process.stdout.write(`Changed in the stacks, because the provider ${version} or moto does not know it:\n`);
  for (const line of [...removed].sort()) process.stdout.write(`  ${line}\n`);
  for (const diagnostic of report.errors) process.stdout.write(`${diagnosticLines(diagnostic)}\n`);
  const locked = report.ok && (await lockHolds(stacks, options, url));
  process.stdout.write(summary(report, version, locked));
  return report.ok && locked ? 0 : 1;
}

/** Stacks with AWS in them, and those that they read. */
function awsStacks(synthesized: string): string[] {
  const stacks = readStacks(synthesized);
  const chosen = new Set(stacks.filter((stack) => (usedTypes([stack]).aws?.resources.length ?? 0) > 0).map(({ id }) => id));
  for (const { id, dependencies } of [...stacks].reverse())
    if (chosen.has(id)) for (const dependency of dependencies) chosen.add(dependency);
  return [...chosen];
}

/** Puts a lock file beside a state, as another run would: Terraform must refuse to plan. */
async function lockHolds(stacks: string, options: RehearsalOptions, url: string): Promise<boolean> {
  const [first = ""] = options.stacks ?? [];
  const lock = JSON.stringify({
    ID: "somebody-elses-lock",
    Operation: "apply",
    Who: "e2e",
    Version: "1.11.4",
    Created: "2026-01-01T00:00:00Z",
  });
  await fetch(`${url}/${BUCKET}/${first}.tfstate.tflock`, {
    method: "PUT",
    body: lock,
    headers: { authorization: "AWS e2e:e2e" },
  });
  const { onStep: _, ...quietly } = options;
  const report = await rehearse(stacks, { ...quietly, stacks: [first], until: "plan" });
  return report.errors.some(({ detail }) => detail.includes("somebody-elses-lock"));
}

function summary(report: RehearsalReport, version: string, locked: boolean): string {
  const stacks = Object.values(report.stacks);
  const applied = stacks.reduce((sum, stack) => sum + stack.applied.length, 0);
  return [
    `hashicorp/aws ${version} against moto: ${report.ok ? "went well" : "FAILED"}, ${stacks.length} stacks, ${applied} resources applied, ${report.seconds.toFixed(0)} s.`,
    `A held S3 lock file ${locked ? "stopped the next plan" : "was not tested or did NOT stop the next plan"}.`,
    "",
  ].join("\n");
}

/** E2E_PROVIDER_MIRROR, else a folder where Terraform itself or an administrator keeps providers. */
function mirrorFolder(): string | undefined {
  const { HOME = "", E2E_PROVIDER_MIRROR: named } = process.env;
  const kept = ["/opt", "/usr/local/share"].flatMap((parent) =>
    existsSync(parent) ? readdirSync(parent).map((name) => join(parent, name)) : [],
  );
  const places = [join(HOME, ".terraform.d/plugins"), "/usr/local/share/terraform/plugins", ...kept];
  return (named ? [named] : places).find((place) => mirroredVersion(place) !== undefined);
}

function mirroredVersion(mirror: string): string | undefined {
  const versions = join(mirror, "registry.terraform.io/hashicorp/aws");
  return existsSync(versions)
    ? readdirSync(versions)
        .sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
        .at(-1)
    : undefined;
}

function whatIsMissing(mirror: string | undefined, version: string | undefined): string | undefined {
  if (!terraformOnPath()) return "neither terraform nor tofu is on PATH.";
  if (!mirror || !version) return "no filesystem mirror holds hashicorp/aws; name one in E2E_PROVIDER_MIRROR.";
  const onPath = (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, "moto_server")));
  return onPath && spawnSync("moto_server", ["--help"], { stdio: "ignore" }).status === 0
    ? undefined
    : "moto_server is not installed.";
}

if (process.argv[1]?.endsWith("e2e-aws.js"))
  void main(process.argv.slice(2))
    .catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      return 1;
    })
    .then((code) => {
      process.exitCode = code;
    });
