import { TerraformBackend, TerraformRemoteState } from "cdktf";
import type { Construct } from "constructs";
import type { Settings, StateLocation } from "./location";

/**
 * A backend block from plain data. cdktf's own classes know neither `use_lockfile` nor some others, and its
 * CloudBackend runs `terraform version` at synth.
 */
export class StateBackend extends TerraformBackend {
  constructor(
    scope: Construct,
    private readonly location: StateLocation,
  ) {
    super(scope, "backend", location.backend);
  }

  protected override synthesizeAttributes(): Settings {
    return this.location.settings;
  }

  /** The cloud block stands beside backend blocks, not among them. */
  override toTerraform(): object {
    return this.location.backend === "cloud" ? { terraform: { cloud: this.synthesizeAttributes() } } : super.toTerraform();
  }

  /** cdktf calls this for a reference from one stack to a resource of another. */
  override getRemoteStateDataSource(scope: Construct, _name: string, fromStack: string): never {
    throw new Error(
      `stack ${scope.node.id} refers to a resource of stack ${fromStack}: give the value as an output there and read it here with remoteState()`,
    );
  }
}

/** A terraform_remote_state from plain data. */
export class StateReader extends TerraformRemoteState {
  constructor(scope: Construct, id: string, { reader }: StateLocation) {
    super(scope, id, reader.backend, {
      ...reader.config,
      // Another workspace is another set of states: a consumer never mixes two sets.
      ...(reader.workspaces && { workspace: "${terraform.workspace}" }),
    });
  }
}
