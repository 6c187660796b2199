/** What lies in the bucket or container of a fleet's states, asked with the cloud's own command line. */
import { spawnSync } from "node:child_process";
import type { StatePlace } from "../state-place";

/** Runs a program of a cloud and gives what it prints. */
export type CloudProgram = (program: string, args: readonly string[]) => { readonly code: number; readonly out: string };

export const cloudProgram: CloudProgram = (program, args) => {
  const { status, stdout, stderr, error } = spawnSync(program, [...args], {
    env: process.env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 256 * 1024 * 1024,
  });
  if (error) return { code: 1, out: error.message };
  return { code: status ?? 1, out: status === 0 ? stdout : `${stdout}${stderr}` };
};

/** A question to a cloud, and the keys in its answer. */
export interface Listing {
  readonly program: string;
  readonly args: readonly string[];
  readonly keys: (answer: string) => readonly string[];
}

/** What lists all that a teardown of the place would delete: live objects; what somebody deleted before is gone. */
export function listings({ state }: StatePlace): readonly Listing[] {
  switch (state.backend) {
    case "s3": {
      const elsewhere = state.endpoint === undefined ? [] : ["--endpoint-url", state.endpoint];
      const where = ["--bucket", state.bucket, "--region", state.region, ...elsewhere];
      return [
        {
          program: "aws",
          args: ["s3api", "list-objects-v2", ...where, ...["--query", "Contents[].Key", "--output", "json"]],
          keys: list,
        },
      ];
    }
    case "azurerm": {
      const by = ["--account-name", state.storageAccount, "--auth-mode", "login", "--subscription", state.subscriptionId];
      const names = ["--num-results", "*", "--query", "[].name", "--output", "json"];
      return [
        { program: "az", args: ["storage", "blob", "list", "--container-name", state.container, ...by, ...names], keys: list },
        {
          program: "az",
          args: ["storage", "container", "list", ...by, ...names],
          // the account goes, and every container with it
          keys: (answer) => list(answer).flatMap((name) => (name === state.container ? [] : [`container ${name}`])),
        },
      ];
    }
    case "gcs": {
      const root = `gs://${state.bucket}/`;
      const lines = (answer: string) =>
        answer.split("\n").flatMap((line) => (line.startsWith(root) ? [line.slice(root.length)] : []));
      return [{ program: "gcloud", args: ["storage", "ls", `${root}**`], keys: lines }];
    }
  }
}

function list(answer: string): readonly string[] {
  // an empty bucket has no list
  const value: unknown = answer.trim() === "" ? null : JSON.parse(answer);
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

/** The stack whose state lies under a key, where it is one of the fleet's: a fleet's name is no beginning of another's. */
export function stackOf({ state }: StatePlace, fleet: string, key: string): string | undefined {
  const end = state.backend === "gcs" ? "/default.tfstate" : ".tfstate";
  if (!key.startsWith(`${state.prefix}${fleet}-`) || !key.endsWith(end)) return undefined;
  const id = key.slice(state.prefix.length, -end.length);
  return id.includes("/") ? undefined : id;
}

/** As a shell takes it. */
export const commandLine = ({ program, args }: Listing): string =>
  [program, ...args.map((word) => (/^[\w./:=,@-]+$/.test(word) ? word : `'${word}'`))].join(" ");
