/** Runs any command with the rehearsal's providers behind it: `cdktf deploy`, an operator's own `terraform apply`. */
import { spawn } from "node:child_process";
import { cpSync, existsSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { readStacks } from "../../output/folder";
import { terraformEnvironment } from "../rehearse";
import { projectRoot } from "../schema/store";
import { serve } from "./servers";
import { typesInState } from "./state-file";
import { adjust, bringIn, type Workspace } from "./workspace";

/**
 * Runs a command in the workspace's folder, which looks like the project's: cdktf.out, cdktf.json and node_modules are there,
 * state is made beside them. So no state of the user's own is ever touched.
 * @param synthesized the stacks that the command works on
 * @returns the command's exit code
 */
export async function runCommand(workspace: Workspace, synthesized: string, command: readonly string[]): Promise<number> {
  const root = projectRoot();
  bringIn(workspace, synthesized);
  const stacks = readStacks(workspace.synthesized);
  adjust(workspace, stacks, false, process.env);
  lookLikeTheProject(workspace, root);
  const servers = await serve({
    folder: workspace.sockets,
    name: "shared",
    stacks,
    earlier: stacks.map((stack) => typesInState(join(workspace.synthesized, stack.folder), stack)),
    cloud: workspace.cloud,
    before: async () => undefined,
  });
  const env = {
    ...terraformEnvironment(workspace),
    PATH: [join(root, "node_modules", ".bin"), process.env.PATH].join(delimiter),
    TF_REATTACH_PROVIDERS: servers.reattach,
    // cdktf would lock the providers' checksums at the registry; there is nothing to lock here.
    CDKTF_SKIP_PROVIDER_LOCK: "true",
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
    DISABLE_VERSION_CHECK: "1",
  };
  const [program = "", ...args] = command;
  const child = spawn(program, args, { cwd: workspace.folder, env, stdio: "inherit" });
  // A terminal sends Ctrl-C to the child as well; whoever signals only us means both.
  const forward = (signal: NodeJS.Signals): void => {
    if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
  };
  process.on("SIGINT", forward).on("SIGTERM", forward);
  try {
    return await new Promise<number>((resolve, reject) => {
      child.on("error", (error) => reject(new Error(`'${program}' could not be started: ${error.message}`)));
      child.on("close", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 143)));
    });
  } finally {
    process.off("SIGINT", forward).off("SIGTERM", forward);
    servers.close();
  }
}

/** `cdktf` synthesizes before it deploys; here the stacks are ready, and its app copies them. */
function lookLikeTheProject(workspace: Workspace, root: string): void {
  const ready = join(workspace.folder, "ready");
  cpSync(workspace.synthesized, ready, { recursive: true });
  const app = `${JSON.stringify(process.execPath)} -e "fs.cpSync('ready', process.env.CDKTF_OUTDIR || 'cdktf.out', { recursive: true })"`;
  writeFileSync(join(workspace.folder, "cdktf.json"), JSON.stringify({ language: "typescript", app, sendCrashReports: "false" }));
  const modules = join(workspace.folder, "node_modules");
  if (!existsSync(modules)) symlinkSync(join(root, "node_modules"), modules, "dir");
}
