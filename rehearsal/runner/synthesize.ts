/** Turns a fleet file into a synthesized folder by running the project's own program. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../schema/store";

/**
 * @param fleet path of the fleet file
 * @param out where the stacks are written
 * @param flags further flags of the program
 * @param lock what becomes of lock files; "off" judges nothing and takes only versions from the fleet's own
 * @throws with the program's own words when the fleet file is wrong
 */
export async function synthesize(
  fleet: string,
  out: string,
  flags: readonly string[] = [],
  lock: "off" | "write" = "off",
): Promise<void> {
  // the bundle of this project, or what an installed package has
  const program = [join(projectRoot(), "dist", "main.js"), join(projectRoot(), "dist", "lib", "main.js")].find(existsSync);
  if (!program) throw new Error("dist/main.js does not exist: run `npm run build` first.");
  const { CDKTF_OUTDIR: _, ...outer } = process.env;
  const env = { ...outer, MERIDIAN_LOCK: lock };
  const child = spawn(process.execPath, [program, fleet, "--out", out, ...flags], { env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (code !== 0) throw new Error(`${fleet} was not synthesized:\n${said.trim()}`);
}
