import type { FleetFacts } from "../facts";
import { loginInWords } from "../logins";
import type { Handoff, HandoffStack } from "../model";
import { neededVariables } from "./variables";

/** The page that goes with a bundle: this very fleet, and what to do with it, for whoever has Terraform, make and jq. */
export function readme(handoff: Handoff, facts: FleetFacts, source: string): string {
  const { fleet, stacks, state } = handoff;
  return `${[
    `# Fleet ${fleet}`,
    "",
    `Made by Meridian from \`${source}\`. You need Terraform ${handoff.terraform} (or OpenTofu, \`TF=tofu\`), make and jq, and nothing of Node. \`make\` prints what can be done. \`report.html\` shows the fleet on a map. Don't edit what is here: the next bundle overwrites it, but never \`state/\`, \`terraform.tfvars\` or what Terraform keeps.`,
    "",
    "## What exists where",
    "",
    ...table(
      ["cluster", "kind", "region", "Kubernetes", "range", ""],
      facts.clusters.map(({ name, kind, region, kubernetes, range, note }) => [name, kind, region, kubernetes, range, note]),
    ),
    "",
    ...(facts.names.length > 0
      ? [
          `Public names in the zone \`${facts.zone}\`:`,
          "",
          ...table(
            ["name", "policy", "application"],
            facts.names.map(({ name, policy, app }) => [name, policy, app]),
          ),
          "",
        ]
      : []),
    "## Stacks, their order and their logins",
    "",
    "Each folder of `terraform/stacks/` is a Terraform root module with a state of its own. Those of one level need nothing of each other; a stack is planned only when those before it are applied, because it reads what they made.",
    "",
    ...table(
      ["level", "stack", "after", "resources", "protected", "login", "on PATH"],
      stacks.map((stack) => [
        String(stack.level),
        `\`${stack.id}\``,
        stack.after.map((id) => `\`${id}\``).join(", "),
        String(stack.resources),
        String(stack.protected.length),
        stack.logins.map(loginInWords).join("; "),
        stack.programs.map((program) => `\`${program}\``).join(", "),
      ]),
    ),
    "",
    stateInWords(handoff),
    "",
    ...variablesInWords(handoff),
    "## The first day",
    "",
    "    make check        # programs, files, state",
    "    make logins       # who must be logged in to what",
    "    make first-day    # plans, shows and applies one stack after the other, and asks before each",
    "",
    `\`make -j4 first-day YES=1\` asks nobody and runs four at a time. When something fails, mend it and say \`make resume\`: what was done is not done again. Before two people work on this, see that the state is where both reach it${state.local ? ", which it is not yet" : ""}.`,
    "",
    ...nameServers(stacks),
    "## Every day",
    "",
    "    make plan                       # what would change; nothing is",
    "    make apply-STACK                # one stack; plan-STACK only shows",
    "    make apply-level-2              # or a level",
    "    make apply                      # everything, in order",
    "",
    "Before each apply the plan is judged. A delete, a replacement or a forgetting of what can't be had back (clusters, databases, addresses, zones, file systems, keys, disks, releases with volumes, the last member of a name) is refused, protected or not, until you name exactly that: `make apply-STACK ALLOW='STACK:ADDRESS'`. What you approved is what is applied: the same plan file, which is then removed, as it holds what the state holds.",
    "",
    "`make kubeconfig` writes `kubeconfig`, a context for each cluster and no token in it: `kubectl --kubeconfig kubeconfig --context <cluster>`, or put it beside your own in `KUBECONFIG`.",
    "",
    "## Does the world see it?",
    "",
    "    make verify            # or NAME=app for one public name; needs dig and curl, and no login",
    "",
    "asks the zone's own servers what clients of every country are answered for each public name, and looks at each cluster's ingress and certificates. `DIFFERS` is what the fleet file doesn't allow (exit code 2), `not judged` what allows no word (3). After a change wait until probes and caches have caught up, two and a half minutes unless the fleet file says otherwise.",
    "",
    "## A run that was killed",
    "",
    "Terraform's lock may be held still: `terraform -chdir=terraform/stacks/STACK force-unlock ID`, with the id that it names, when you know that the run is dead. Where Helm was at work, every further apply ends with *another operation is in progress*. With kubectl and helm on the cluster (`--kubeconfig kubeconfig --context CLUSTER`, and for helm `--kube-context`), and not before the release's own time has passed (`timeout` in the stack's `cdk.tf.json`, in seconds):",
    "",
    "    kubectl get secrets -A -l 'owner=helm,status in (pending-install,pending-upgrade,pending-rollback)'",
    "    kubectl -n NAMESPACE delete secret sh.helm.release.v1.RELEASE.v1   # pending-install: what it made stays, the next apply takes it over",
    "    helm -n NAMESPACE history RELEASE                                  # pending-upgrade or -rollback: which revision was deployed last",
    "    helm -n NAMESPACE rollback RELEASE REVISION",
    "",
    "What somebody has deleted in a cluster by hand no plan sees: `helm -n NAMESPACE rollback RELEASE REVISION` to the deployed revision puts it back; without the number Helm goes to the one before.",
    "",
    'A namespace that is there already stops an apply (`namespaces "NAMESPACE" already exists`). Take it over, when what is in it may be the fleet\'s from now on: `terraform -chdir=terraform/stacks/STACK import ADDRESS NAMESPACE`, with the address that the error names. With a destroy it goes.',
    "",
    "## Undo",
    "",
    "Get the bundle of before (the commit before, where this folder is under version control) and `make apply`. A cluster that was upgraded doesn't go back this way; the guard and the cloud say so.",
    "",
    ...drains(handoff),
    "## Teardown",
    "",
    `One stack: \`make destroy-STACK CONFIRM=STACK\`; it refuses while another one still stands on it. While deletion protection is on Terraform refuses too, before anything is gone. Everything:`,
    "",
    `    make teardown CONFIRM=${fleet}`,
    "",
    "lifts the protection by files beside the stacks (`make protect` takes them away), applies that, and destroys in reverse order. Destroy a cluster while its API still answers: helm takes an API that it can't reach for one with nothing installed.",
  ].join("\n")}\n`;
}

function stateInWords({ state, fleet }: Handoff): string {
  if (state.local)
    return `State is local: it lies in \`state/\`, in this folder and nowhere else, and is never part of the bundle. Keep it: without it everything would be made a second time, which the first target refuses for what \`applied/\` says was applied. For work with others give the fleet file a remote \`state:\`.`;
  const login = state.login ? ` Every stack needs this login besides its own: ${loginInWords(state.login)}.` : "";
  const environment = state.environment.length > 0 ? ` Set ${state.environment.map((name) => `\`${name}\``).join(", ")}.` : "";
  return `State is kept by the backend \`${state.backend}\`, one key for each stack of ${fleet}.${login}${environment} Treat every state as confidential.`;
}

function variablesInWords(handoff: Handoff): readonly string[] {
  const variables = neededVariables(handoff);
  if (variables.length === 0) return [];
  return [
    "Values that you give, in `terraform.tfvars` (copy `terraform.tfvars.example`) or as `TF_VAR_<name>`:",
    "",
    ...table(
      ["variable", "taken by", "what it is"],
      variables.map(({ name, stacks, description, kept }) => [
        `\`${name}\``,
        stacks.map((id) => `\`${id}\``).join(", "),
        `${(description ?? "").replaceAll("\n", " ")}${kept ? " Not named, what was applied last stays." : ""}`.trim(),
      ]),
    ),
    "",
  ];
}

function nameServers(stacks: readonly HandoffStack[]): readonly string[] {
  const stack = stacks.find(({ outputs }) => outputs.includes("name_servers"));
  if (!stack) return [];
  return [
    "The registrar, or the parent zone, needs the name servers:",
    "",
    `    terraform -chdir=terraform/${stack.folder} output name_servers`,
    "",
    "Until that delegation works, certificates are not issued and health checks fail.",
    "",
  ];
}

function drains({ drains: patches }: Handoff): readonly string[] {
  const clusters = Object.keys(patches);
  if (clusters.length === 0) return [];
  return [
    "## Taking traffic off a cluster",
    "",
    `    make drain-${clusters[0]}      # and undrain-${clusters[0]}`,
    "",
    `For ${clusters.join(", ")}. It changes the health switches in ${[...new Set(Object.values(patches).flatMap((list) => list.map(({ stack }) => `\`${stack}\``)))].join(", ")} by a file beside the stack's JSON, which a new bundle keeps; whatever else waits in that stack's plan is applied with it, so look at it. Put \`drain:\` into the fleet file too, if it is to last. Don't drain the last member of a name.`,
    "",
  ];
}

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), `|${head.map(() => "---").join("|")}|`, ...rows.map(line)];
}
