import { type App, TerraformStack } from "cdktf";
import { literalDeep } from "../constructs/cdktf/escape";
import { awsProvider, azureProvider, googleProvider } from "../constructs/providers";
import { stateFactory } from "../constructs/state";
import { AzureStateStore, GoogleStateStore, S3StateStore } from "../constructs/state/store";
import { stackIds } from "../model/derived/names";
import type { Fleet } from "../model/schema/fleet";
import type { State } from "../model/schema/state";
import { fleetTags } from "./parts/tags";

/** Where a fleet's states are kept, and what its file doesn't say of that. */
export type StatePlace =
  | { readonly state: Extract<State, { backend: "s3" }>; readonly accountId: string }
  | { readonly state: Extract<State, { backend: "azurerm" }>; readonly tenantId: string; readonly location: string }
  | { readonly state: Extract<State, { backend: "gcs" }>; readonly projectId: string; readonly location: string };

/** The bucket or container of a fleet's states. Its own state is in it too. No fleet's output holds this stack. */
export class StateStack extends TerraformStack {
  constructor(app: App, fleet: Fleet, place: StatePlace) {
    super(app, stackIds.state(fleet.name));
    stateFactory(fleet.state, literalDeep).backend(this);
    const tags = literalDeep(fleetTags(fleet));
    const plain = literalDeep(place);
    if ("accountId" in plain) {
      const { region, assumeRoleArn } = plain.state;
      awsProvider(this, "aws", { region, accountId: plain.accountId, ...(assumeRoleArn !== undefined && { assumeRoleArn }) });
      new S3StateStore(this, "store", { state: plain.state, tags });
    } else if ("tenantId" in plain) {
      azureProvider(this, "azure", { subscriptionId: plain.state.subscriptionId, tenantId: plain.tenantId });
      new AzureStateStore(this, "store", { ...plain, tags });
    } else {
      const { impersonateServiceAccount: impersonated } = plain.state;
      googleProvider(this, "google", {
        projectId: plain.projectId,
        region: plain.location.toLowerCase(),
        ...(impersonated !== undefined && { impersonateServiceAccount: impersonated }),
      });
      new GoogleStateStore(this, "store", { ...plain, labels: tags });
    }
  }
}
