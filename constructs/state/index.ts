import type { IResolvable, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { State } from "../../model/schema/state";
import { StateBackend, StateReader } from "./elements";
import type { StateLocation } from "./location";
import { azurermLocation, gcsLocation, s3Location } from "./object-stores";
import { hcpLocation, httpLocation, localLocation, pgLocation } from "./servers";

/**
 * Outputs of another stack, by name, as tokens. Terraform forgets on this way that an output is sensitive
 * (1.11: `issensitive` is false): wrap what is secret in `Fn.sensitive`.
 */
export interface RemoteOutputs {
  getString(name: string): string;
  getNumber(name: string): number;
  /** A list of strings, as one token: neither its length nor its members are known at synth. */
  getList(name: string): string[];
  get(name: string): IResolvable;
}

/** Makes the backend of each stack and the readers that match. */
export interface StateFactory {
  /** Terraform's version constraint that every stack of the fleet declares. */
  readonly requiredVersion: string;
  /** Sets backend and required_version of a stack, by its id. Once for each stack. */
  backend(stack: TerraformStack): void;
  /** Reads the outputs of the stack with this id. `id` names the reader in the scope. The order is the caller's: addDependency. */
  remoteState(scope: Construct, id: string, producerStackId: string): RemoteOutputs;
}

/**
 * Backends and readers for one way of keeping state.
 * @param asText makes Terraform's text of a location, whose parts are made from the user's
 */
export function stateFactory(
  state: State,
  asText: (location: StateLocation) => StateLocation = (location) => location,
): StateFactory {
  const requiredVersion = terraformFor(state);
  const located = (stackId: string) => asText(locationOf(state, stackId));
  return {
    requiredVersion,
    backend(stack) {
      new StateBackend(stack, located(stack.node.id));
      stack.addOverride("terraform.required_version", requiredVersion);
    },
    remoteState(scope, id, producerStackId) {
      return new StateReader(scope, id, located(producerStackId));
    },
  };
}

/** Where a stack keeps its state: pure, for the tools and docs beside the stacks too. */
export function locationOf(state: State, stackId: string): StateLocation {
  switch (state.backend) {
    case "local":
      return localLocation(stackId);
    case "s3":
      return s3Location(state, stackId);
    case "azurerm":
      return azurermLocation(state, stackId);
    case "gcs":
      return gcsLocation(state, stackId);
    case "pg":
      return pgLocation(stackId);
    case "http":
      return httpLocation(state, stackId);
    case "hcp":
      return hcpLocation(state, stackId);
  }
}

/**
 * The oldest Terraform that takes the output: `use_lockfile` came in 1.10, the project of a cloud block in 1.6, and
 * 1.5 is the last release under the old licence, which some must stay on. The providers themselves ask for 1.0.
 */
function terraformFor(state: State): string {
  if (state.backend === "s3") return ">= 1.10";
  if (state.backend === "hcp" && state.project) return ">= 1.6";
  return ">= 1.5";
}
