import { cloudsOf, type Login } from "../logins";
import type { Handoff, HandoffStack } from "../model";

/** What every pipeline is made from. */
export interface PipelineInput {
  readonly handoff: Handoff;
  /** The fleet file, as pages name it. */
  readonly source: string;
  /** Folder of the bundle in the repository, "." where it is the repository. */
  readonly bundle: string;
  /** Names of the clusters. @default - none: an application's stacks are told apart by their whole ids */
  readonly clusters?: readonly string[];
  /** The fleet is destroyed in the evening and made again in the morning. @default false */
  readonly nights?: boolean;
}

/**
 * A checkout is thrown away after each job, and a state in it too: the next run would make everything again.
 * @throws where the fleet keeps its state beside the stacks
 */
export function refuseLocalState({ state, fleet }: Handoff, engine: string): void {
  if (state.local)
    throw new Error(
      `${engine}: fleet ${fleet} keeps its state in files beside the stacks, and each run of a pipeline or an engine starts from a new checkout, without them; everything would be made a second time. Give the fleet file a remote \`state:\` (s3, azurerm, gcs, pg, http or hcp)`,
    );
}

/** A fleet that goes by night holds nothing that is protected. @throws with the stacks that hold something */
export function refuseProtectedByNight({ stacks }: Handoff, engine: string): void {
  const held = stacks.filter((stack) => stack.protected.length > 0).map(({ id }) => id);
  if (held.length > 0)
    throw new Error(
      `${engine}: a fleet whose resources are protected isn't destroyed by night: ${held.join(", ")}. Set \`deletionProtection: false\` in the fleet file, and apply that, or leave --nights out`,
    );
}

/** When a test fleet goes and comes, on working days, UTC. */
export const NIGHT = { down: "0 19 * * 1-5", up: "0 5 * * 1-5" } as const;

/** Refuses what an engine can't hold, with its number. */
export function refuseAbove(limit: number, count: number, engine: string, what: string, instead: string): void {
  if (count > limit) throw new Error(`${engine}: this fleet needs ${count} ${what}, and ${engine} allows ${limit}. ${instead}`);
}

/** An application whose image's tag is a variable of its stacks, one for each cluster that it runs on. */
export interface Application {
  readonly name: string;
  readonly variable: string;
  readonly stacks: readonly HandoffStack[];
}

/** Applications by name: stacks that keep a variable from apply to apply, whatever their cluster. */
export function applicationsOf({ handoff, clusters = [] }: PipelineInput): readonly Application[] {
  const prefixes = clusters.map((cluster) => `${handoff.fleet}-${cluster}-`).sort((a, b) => b.length - a.length);
  const found = new Map<string, Application>();
  for (const stack of handoff.stacks) {
    const kept = stack.variables.find((variable) => variable.kept);
    if (!kept) continue;
    const prefix = prefixes.find((start) => stack.id.startsWith(start)) ?? `${handoff.fleet}-`;
    const name = stack.id.slice(prefix.length).replace(/^app-/, "");
    found.set(name, { name, variable: kept.name, stacks: [...(found.get(name)?.stacks ?? []), stack] });
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Values that whoever owns the pipelines sets once; Meridian invents none. */
export interface Setting {
  readonly name: string;
  readonly what: string;
  /** It is a secret of the pipeline service rather than a plain variable. */
  readonly secret: boolean;
}

/** The identities of a fleet's pipelines: one that only plans, one that applies. */
export function settingsOf({ stacks, state }: Handoff, applications: readonly Application[] = []): readonly Setting[] {
  const clouds = new Set(stacks.flatMap(({ logins }) => cloudsOf({ state }, logins)));
  const plain = (name: string, what: string): Setting => ({ name, what, secret: false });
  return [
    ...(clouds.has("aws")
      ? [
          plain("AWS_PLAN_ROLE_ARN", "role that may read the accounts and the states, and nothing else"),
          plain("AWS_APPLY_ROLE_ARN", "role that makes the fleet: the fleet file's `runner`"),
        ]
      : []),
    ...(clouds.has("azure")
      ? [
          plain(
            "AZURE_PLAN_CLIENT_ID",
            "application or managed identity with Reader, and Storage Blob Data Reader on the states",
          ),
          plain("AZURE_APPLY_CLIENT_ID", "application or managed identity that makes the fleet: the fleet file's `runner`"),
        ]
      : []),
    ...(clouds.has("google")
      ? [
          plain("GOOGLE_WORKLOAD_IDENTITY_PROVIDER", "projects/N/locations/global/workloadIdentityPools/POOL/providers/PROVIDER"),
          plain("GOOGLE_PLAN_SERVICE_ACCOUNT", "service account with Viewer, and Storage Object Viewer on the states"),
          plain("GOOGLE_APPLY_SERVICE_ACCOUNT", "service account that makes the fleet: the fleet file's `runner`"),
        ]
      : []),
    ...state.environment.map((name) => ({
      name,
      what: `credential of the state's backend, ${state.backend}, which knows no federated login`,
      secret: true,
    })),
    ...variablesOf(stacks),
    ...(applications.length > 0
      ? [plain("FLEET_REGISTRY", "where images are pushed: a host, and a path where the registry has one")]
      : []),
    ...applications.map(({ name }) => plain(contextOf(name), `folder of ${name}'s Dockerfile`)),
  ];
}

/** The variable that says where an application's image is built from. */
export const contextOf = (application: string): string => `FLEET_CONTEXT_${application.toUpperCase().replaceAll("-", "_")}`;

/** Variables that somebody must name: those that a stack keeps from its last apply need no one. */
function variablesOf(stacks: readonly HandoffStack[]): readonly Setting[] {
  const needed = stacks.flatMap(({ variables }) => variables.filter(({ kept, required }) => required && !kept));
  return [...new Map(needed.map((variable) => [variable.name, variable])).values()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, description, sensitive, ephemeral }) => ({
      name: `TF_VAR_${name}`,
      what: (description ?? "a variable of the stacks").replaceAll("\n", " "),
      secret: sensitive || ephemeral,
    }));
}

/** What of each cloud the JSON says already, so that nobody has to set it. */
export interface KnownFacts {
  readonly awsRegion: string;
  readonly azureTenant: string;
  readonly azureSubscription: string;
}

/** The first of each; a provider that needs another names it itself. */
export function knownFacts({ stacks, state }: Handoff): KnownFacts {
  const logins = [...(state.login ? [state.login] : []), ...stacks.flatMap((stack) => stack.logins)];
  const of = <C extends Login["cloud"]>(cloud: C) =>
    logins.filter((login): login is Extract<Login, { cloud: C }> => login.cloud === cloud);
  return {
    awsRegion: of("aws").flatMap(({ regions }) => regions)[0] ?? "us-east-1",
    azureTenant: of("azure").flatMap(({ tenants }) => tenants)[0] ?? "",
    azureSubscription: of("azure").flatMap(({ subscriptions }) => subscriptions)[0] ?? "",
  };
}

/** The newest Terraform that the fleet's constraint was tried with. */
export const TERRAFORM_VERSION = "1.11.4";

/** kubelogin, where a stack needs it (https://github.com/Azure/kubelogin/releases). */
export const KUBELOGIN_VERSION = "v0.2.19";

/** The first lines of each file. */
export function header(source: string, words: readonly string[]): readonly string[] {
  return [`# Made by Meridian from ${source}; edits are overwritten.`, ...words.map((line) => `# ${line}`)];
}
