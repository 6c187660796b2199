/** The bucket or container that a fleet's states are kept in, and the stack that makes it. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { resolveTokensOnly } from "../constructs/cdktf/token-resolution";
import { stackIds } from "../model/derived/names";
import type { Fleet } from "../model/schema/fleet";
import { type StatePlace, StateStack } from "../stacks/state-stack";

export type { StatePlace } from "../stacks/state-stack";

/** What a fleet file doesn't say of the place. */
export interface PlaceOptions {
  /** Region. @default - that of the fleet's first cluster in that cloud */
  readonly location?: string;
  /** Google's project. @default - the one of all GKE clusters */
  readonly project?: string;
}

/** Beside the stack: its own state, while a teardown destroys the place. */
export const TEARDOWN_STATE = "teardown.tfstate";
/** Beside the stack: what makes Terraform look there, and lets the place go. */
export const TEARDOWN_OVERRIDE = "teardown_override.tf.json";

/** What each backend says where its bucket or container isn't there. */
export const MISSING =
  /does not exist|doesn't exist|NoSuchBucket|ContainerNotFound|ResourceNotFound|ResourceGroupNotFound|StorageAccountNotFound|was not found|no such host/i;

/** Writes the stack of a place beside a fleet's output. @returns its folder */
export function stateStack(fleet: Fleet, place: StatePlace, out: string): string {
  resolveTokensOnly();
  const outdir = `${out.replace(/[\\/]+$/, "")}.state`;
  mkdirSync(outdir, { recursive: true });
  const app = new App({ outdir, stackTraces: false });
  new StateStack(app, fleet, place);
  app.synth();
  return join(outdir, "stacks", stackIds.state(fleet.name));
}

/**
 * Where a fleet's states are kept.
 * @throws what isn't known of it, or that its backend has no such place
 */
export function placeOf(file: string, fleet: Fleet, { location, project }: PlaceOptions): StatePlace {
  const { state, clusters, dns } = fleet;
  const missing = (what: string, how: string): never => {
    throw new Error(`${file}: ${what} of its states isn't known: ${how}`);
  };
  switch (state.backend) {
    case "s3": {
      if (state.endpoint !== undefined && state.accountId === undefined)
        throw new Error(`${file}: state.endpoint is no AWS: make the bucket as that service says`);
      return { state, accountId: state.accountId ?? dns.aws?.accountId ?? missing("the account", "write state.accountId") };
    }
    case "azurerm": {
      const first = clusters.find((cluster) => cluster.cloud === "azure");
      const tenantId = dns.azure?.tenantId ?? (first?.cloud === "azure" ? first.azure.tenantId : undefined);
      return {
        state,
        tenantId: tenantId ?? missing("the tenant", "write dns.azure, or a cluster on AKS"),
        location: location ?? first?.region ?? missing("the region", "name it with --location"),
      };
    }
    case "gcs": {
      const own = clusters.flatMap((cluster) => (cluster.cloud === "google" ? [cluster] : []));
      const projects = new Set(own.map((cluster) => cluster.google.projectId));
      return {
        state,
        projectId: project ?? (projects.size === 1 ? [...projects][0]! : missing("the project", "name it with --project")),
        location: location ?? own[0]?.region ?? missing("the region", "name it with --location"),
      };
    }
    default:
      throw new Error(
        `${file}: backend '${state.backend}' has nothing to be made: only s3, azurerm and gcs keep states in a bucket or container`,
      );
  }
}

/** As people call it. */
export function wordsOf({ state }: StatePlace): string {
  return state.backend === "azurerm" ? `container ${state.storageAccount}/${state.container}` : `bucket ${state.bucket}`;
}
