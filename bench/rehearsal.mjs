// node bench/rehearsal.mjs: how long a rehearsal of the three-cloud fleet takes, whole and until its last plans, beside the
// goals for two processors. Nothing but Terraform runs here: most of the time is its own.
import { spawnSync } from "node:child_process";
import { availableParallelism, cpus } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "../scripts/build.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const FLEET = "fleets/arctiq.yaml";
const GOALS = [
  { what: `${FLEET}, init to empty destroy`, args: [FLEET], seconds: 60 },
  { what: `${FLEET} --until plan`, args: [FLEET, "--until", "plan"], seconds: 25 },
];

await build(["main", "rehearse"]);
const rows = GOALS.map(({ what, args, seconds: goal }) => {
  const start = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "dist", "rehearse.js"), ...args], {
    cwd: root,
    encoding: "utf8",
  });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (status !== 0) throw new Error(`${what} failed:\n${stdout}${stderr}`);
  return {
    what,
    seconds: seconds.toFixed(1),
    goal,
    "runs of Terraform": stdout.match(/^\S+ +(init|validate|plan|apply|plan again|unprotect|destroy) .*s$/gm)?.length,
    resources: stdout.match(/(\d+) resources applied/)?.[1],
  };
});
console.log(`${availableParallelism()} processors (${cpus()[0]?.model.trim()})`);
console.table(rows);
