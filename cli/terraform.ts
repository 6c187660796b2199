import { spawn } from "node:child_process";

/** How a run of Terraform ended. */
export interface Ended {
  readonly code: number;
  readonly out: string;
}

/** Runs Terraform in a folder. @param shown whether a person sees what it prints */
export type Terraform = (folder: string, args: readonly string[], shown?: boolean) => Promise<Ended>;

/** Variables that the Kubernetes and Helm providers would prefer to the credential plugin. */
const NOT_INHERITED = ["KUBE_TOKEN", "KUBE_CONFIG_PATH", "KUBE_CONFIG_PATHS"];

/** The program on PATH, with the environment of whoever calls. */
export const terraformProgram: Terraform = (folder, args, shown = false) =>
  new Promise((resolve, reject) => {
    const env: NodeJS.ProcessEnv = { ...process.env, TF_IN_AUTOMATION: "1" };
    for (const name of NOT_INHERITED) delete env[name];
    const program = process.env.TERRAFORM_BINARY_NAME ?? "terraform";
    const child = spawn(program, [...args], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
    let out = "";
    for (const [stream, target] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ] as const)
      stream.setEncoding("utf8").on("data", (text: string) => {
        out += text;
        if (shown) target.write(text);
      });
    child.on("error", (error) => reject(new Error(`${program} can't be run: ${error.message}`)));
    child.on("close", (code) => resolve({ code: code ?? 1, out }));
  });
