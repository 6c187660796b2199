import { shorten } from "../../model/derived/names";
import { cloudsOf, type Login } from "../logins";
import type { Handoff, HandoffStack } from "../model";
import { knownFacts } from "./common";

/** Characters of a concurrency group's name (Atlassian's schema of bitbucket-pipelines.yml). */
const MAX_GROUP = 50;

/** A level of one is a step: a parallel set has two at least. */
export function parallel(steps: readonly (readonly string[])[]): readonly string[] {
  const [only] = steps;
  if (steps.length < 2) return only ? only.map((line) => `      ${line}`) : [];
  return ["      - parallel:", "          steps:", ...steps.flatMap((lines) => lines.map((line) => `            ${line}`))];
}

export interface Kind {
  /** A person starts it. */
  readonly manual?: boolean;
  /** Only where the stack's files changed. */
  readonly changed?: boolean;
  /** Its plan goes on to the next steps. */
  readonly keeps?: boolean;
  /** What else goes on to the next steps. */
  readonly files?: readonly string[];
  /** It builds an image. */
  readonly docker?: boolean;
}

/** What a step is about: a stack, or what has logins alone. */
type Subject = Pick<HandoffStack, "id" | "logins"> & Partial<HandoffStack>;

/** Who a step is, and where the bundle lies, for the commands after it. */
function login(handoff: Handoff, bundle: string, who: string, logins: readonly Login[]): readonly string[] {
  const clouds = cloudsOf(handoff, logins);
  const facts = knownFacts(handoff);
  return [
    `export BUNDLE="${bundle}" WHO=${who} CLOUDS="${clouds.join(" ")}" AWS_REGION=${facts.awsRegion}`,
    ...(clouds.includes("azure")
      ? [
          `export ARM_TENANT_ID=${facts.azureTenant} AZURE_TENANT_ID=${facts.azureTenant} ARM_SUBSCRIPTION_ID=${facts.azureSubscription}`,
        ]
      : []),
    'export AWS_ID_TOKEN="$BITBUCKET_STEP_OIDC_TOKEN" AZURE_ID_TOKEN="$BITBUCKET_STEP_OIDC_TOKEN" GOOGLE_ID_TOKEN="$BITBUCKET_STEP_OIDC_TOKEN"',
    '. "$BUNDLE/login.sh"',
  ];
}

export function step(
  name: string,
  stack: Subject,
  handoff: Handoff,
  bundle: string,
  who: string,
  command: string,
  kind: Kind,
): readonly string[] {
  const root = `${bundle === "." ? "" : `${bundle}/`}terraform`;
  const place = `${root}/${stack.folder ?? ""}`;
  const ids = [stack.id, ...(stack.closure ?? [])];
  const script = [...login(handoff, bundle, who, stack.logins), command];
  const files = [...(kind.keeps ? [`${place}/plan.bin`, `${place}/.terraform.lock.hcl`] : []), ...(kind.files ?? [])];
  return [
    "- step:",
    `    name: ${name}`,
    ...(kind.manual ? ["    trigger: manual"] : []),
    ...(kind.changed
      ? ["    condition:", `      changesets: { includePaths: [${ids.map((id) => `"${root}/stacks/${id}/**"`).join(", ")}] }`]
      : []),
    // the environment is part of the token's subject, and its restrictions say which branch may be it; several steps of a
    // pipeline may have it, unlike `deployment` (Atlassian, Concurrency Groups and Environments)
    ...(who === "apply" ? [`    environment: ${handoff.fleet}`, `    concurrency-group: ${shorten(stack.id, MAX_GROUP)}`] : []),
    "    oidc: true",
    "    script:",
    ...script.map((line) => `      - ${JSON.stringify(line)}`),
    ...(kind.docker ? ["    services: [docker]"] : []),
    ...(files.length > 0 ? [`    artifacts: [${files.map((file) => `"${file}"`).join(", ")}]`] : []),
  ];
}
