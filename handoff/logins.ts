import { isJsonObject, type JsonObject, member } from "../output/json";
import { blocks, literal, unique } from "./values";

/** Who somebody must be to run a stack: a login for each cloud that its providers or its backend talk to. */
export type Login =
  | {
      readonly cloud: "aws";
      readonly accounts: readonly string[];
      readonly roles: readonly string[];
      readonly regions: readonly string[];
    }
  | { readonly cloud: "azure"; readonly tenants: readonly string[]; readonly subscriptions: readonly string[] }
  | { readonly cloud: "google"; readonly projects: readonly string[]; readonly impersonates: readonly string[] };

/** The clouds that a stack's providers log in to, and those whose programs fetch its token for Kubernetes. */
export function loginsOf(config: JsonObject): readonly Login[] {
  const provider = member(config, "provider");
  const aws = blocks(provider.aws);
  const azure = blocks(provider.azurerm);
  const google = [...blocks(provider.google), ...blocks(provider["google-beta"])];
  const fetched = new Set(programsOf(config).map((program) => FETCHES[program]));
  const logins: Login[] = [];
  if (aws.length > 0 || fetched.has("aws"))
    logins.push({
      cloud: "aws",
      accounts: unique(aws.flatMap((block) => strings(block.allowed_account_ids))),
      roles: unique(aws.flatMap((block) => blocks(block.assume_role).map((role) => literal(role.role_arn)))),
      regions: unique(aws.map((block) => literal(block.region))),
    });
  if (azure.length > 0 || fetched.has("azure"))
    logins.push({
      cloud: "azure",
      tenants: unique(azure.map((block) => literal(block.tenant_id))),
      subscriptions: unique(azure.map((block) => literal(block.subscription_id))),
    });
  if (google.length > 0 || fetched.has("google"))
    logins.push({
      cloud: "google",
      projects: unique(google.map((block) => literal(block.project))),
      impersonates: unique(google.map((block) => literal(block.impersonate_service_account))),
    });
  return logins;
}

/** Programs that fetch a token as whoever is logged in to a cloud. */
const FETCHES: Readonly<Record<string, Login["cloud"]>> = {
  aws: "aws",
  kubelogin: "azure",
  "gke-gcloud-auth-plugin": "google",
};

/** Programs that a stack's providers start to fetch a token for Kubernetes. */
export function programsOf(config: JsonObject): readonly string[] {
  return unique(kubernetesConnections(config).flatMap((block) => blocks(block.exec).map((exec) => literal(exec.command))));
}

/** How the stack's providers reach Kubernetes: the kubernetes provider's own block, and the one inside helm's. */
export function kubernetesConnections(config: JsonObject): readonly JsonObject[] {
  const provider = member(config, "provider");
  return [...blocks(provider.kubernetes), ...blocks(provider.helm).flatMap((block) => blocks(block.kubernetes))];
}

/** The clouds that somebody who runs a stack is logged in to: its own, and its state's. */
export function cloudsOf(
  { state }: { readonly state: { readonly login?: Login } },
  logins: readonly Login[],
): readonly Login["cloud"][] {
  const clouds = [...logins, ...(state.login ? [state.login] : [])].map(({ cloud }) => cloud);
  return CLOUDS.filter((cloud) => clouds.includes(cloud));
}

const CLOUDS = ["aws", "azure", "google"] as const;

/** A login in words, for a table. */
export function loginInWords(login: Login): string {
  const list = (values: readonly string[]) => values.map((value) => `\`${value}\``).join(", ");
  switch (login.cloud) {
    case "aws":
      return `AWS${login.accounts.length > 0 ? ` account ${list(login.accounts)}` : ""}${login.roles.length > 0 ? `, assuming ${list(login.roles)}` : ""}`;
    case "azure":
      return `Azure${login.subscriptions.length > 0 ? ` subscription ${list(login.subscriptions)}` : ""}${login.tenants.length > 0 ? ` of tenant ${list(login.tenants)}` : ""}`;
    case "google":
      return `Google${login.projects.length > 0 ? ` project ${list(login.projects)}` : ""}${login.impersonates.length > 0 ? `, as ${list(login.impersonates)}` : ""}`;
  }
}

function strings(value: JsonObject[string] | undefined): readonly (string | undefined)[] {
  return Array.isArray(value) ? value.filter((item) => !isJsonObject(item)).map((item) => literal(item as string)) : [];
}
