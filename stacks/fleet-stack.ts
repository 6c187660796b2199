import { type App, TerraformStack } from "cdktf";
import type { ChartSource } from "../constructs/helm/chart-source";
import type { OwnAddOns } from "../constructs/priming/own-add-on";
import type { RemoteOutputs, StateFactory } from "../constructs/state";
import type { Problem } from "../model/problems/problem";
import type { Fleet } from "../model/schema/fleet";

/** What all stacks of a fleet share while the tree is built. */
export interface StackContext {
  readonly fleet: Fleet;
  /**
   * The fleet with its text escaped for Terraform: what constructs are given. Names, hashes and lengths are computed from
   * `fleet`, overrides are expressions and taken from there too.
   */
  readonly text: Fleet;
  readonly state: StateFactory;
  /** The stacks built so far, by id. */
  readonly stacks: Map<string, FleetStack>;
  /** Add-ons that are not Meridian's, on every cluster. @default - none */
  readonly addOns?: OwnAddOns | undefined;
  /** What is wrong in the fleet file but shows only in a stack. */
  readonly problems: Problem[];
}

/** Where the fleet's charts come from. The folder is a path that synth reads from. */
export const chartSource = ({ fleet, text }: StackContext): ChartSource => ({ charts: text.charts, folder: fleet.folder });

/** A stack with its backend set, directly under App, known to the stacks that come after it. */
export class FleetStack extends TerraformStack {
  constructor(
    app: App,
    id: string,
    readonly context: StackContext,
  ) {
    super(app, id);
    context.state.backend(this);
    context.stacks.set(id, this);
  }

  /**
   * cdktf resolves every element once more than it writes it, to find references between stacks and make outputs and
   * readers for them. There are none (docs/decisions/2-no-implicit-references.md), and the backend is set: nothing is
   * to be prepared, which saves a sixth of a synth. Tests run the preparation all the same, and the backend refuses what it would find.
   */
  override prepareStack(): void {}

  /** Declares that this stack is applied after another, which must have been built before. */
  after(producerId: string): void {
    const producer = this.context.stacks.get(producerId);
    if (!producer) throw new Error(`stack ${this.node.id} comes before ${producerId}, which it depends on: build that one first`);
    if (!this.dependencies.includes(producer)) this.addDependency(producer);
  }

  /** The outputs of another stack, from its state, and the dependency on it. `id` names the reader in this stack. */
  read(id: string, producerId: string): RemoteOutputs {
    this.after(producerId);
    return this.context.state.remoteState(this, id, producerId);
  }
}
