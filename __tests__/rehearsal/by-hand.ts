import type { ChildProcess } from "node:child_process";
import { basename, join } from "node:path";
import { readJsonObject } from "../../output/json";
import type { BeforeChange } from "../../rehearsal/provider/apply";
import { terraformEnvironment } from "../../rehearsal/rehearse";
import { serve } from "../../rehearsal/runner/servers";
import { typesInState } from "../../rehearsal/runner/state-file";
import { requireTerraform, terraform } from "../../rehearsal/runner/terraform";
import { openWorkspace } from "../../rehearsal/runner/workspace";

/** Somebody who runs Terraform in one folder after the other, with the rehearsal's clouds behind each stack's providers. */
export class ByHand {
  readonly workspace = openWorkspace();
  /** What a cloud refuses, or what happens before it does something. */
  before: BeforeChange = async () => undefined;
  private newest: ChildProcess | undefined;

  /** @param env more of Terraform's environment */
  constructor(private readonly env: Readonly<Record<string, string>> = {}) {}

  readonly terraform = async (
    folder: string,
    args: readonly string[],
  ): Promise<{ readonly code: number; readonly out: string }> => {
    const id = basename(folder);
    const config = readJsonObject(join(folder, "cdk.tf.json"));
    const stack = { id, folder: `stacks/${id}`, file: `stacks/${id}/cdk.tf.json`, dependencies: [], config };
    const servers = await serve({
      folder: this.workspace.sockets,
      name: id,
      stacks: [stack],
      earlier: [typesInState(folder, stack)],
      cloud: this.workspace.cloud,
      before: (change) => this.before(change),
    });
    try {
      const env = terraformEnvironment(this.workspace, { ...this.env, TF_REATTACH_PROVIDERS: servers.reattach });
      const started = (child: ChildProcess): void => {
        this.newest = child;
      };
      const { code, stdout, stderr } = await terraform({ program: requireTerraform(), env, started }, folder, args).done;
      return { code, out: stdout + stderr };
    } finally {
      servers.close();
    }
  };

  /** The Terraform that was started last. */
  last(): ChildProcess | undefined {
    return this.newest;
  }

  end(): void {
    this.workspace.remove(false);
  }
}
