import type { Handoff } from "../model";

/** The Makefile of a bundle: the order of the stacks, and a target for each thing that is done to one, a level or all. */
export function makefile(handoff: Handoff, source: string): string {
  const levels = handoff.levels.map((_, index) => index + 1);
  return `${[
    `# Made by Meridian from ${source}; the next bundle overwrites it. 'make' prints what can be done.`,
    "SHELL := /bin/sh",
    ".DEFAULT_GOAL := help",
    "ifneq (,$(filter output-sync,$(.FEATURES)))",
    "MAKEFLAGS += --output-sync=target",
    "endif",
    "export TF YES ALLOW CONFIRM RESUME FIRST_DAY ORDERED PLATFORMS MIRROR",
    "",
    `FLEET := ${handoff.fleet}`,
    ...handoff.levels.map((ids, index) => `LEVEL_${index + 1} := ${ids.join(" ")}`),
    `STACKS := ${levels.map((level) => `$(LEVEL_${level})`).join(" ")}`,
    `CLUSTERS := ${Object.keys(handoff.drains).join(" ")}`,
    "",
    "help:",
    ...HELP.map((line) => `\t@echo ${quoted(line)}`),
    `\t@echo ${quoted(`Fleet ${handoff.fleet}: ${handoff.stacks.length} stacks in ${levels.length} levels. README.md has the walk.`)}`,
    "",
    "check order logins kubeconfig lock protect unprotect:",
    "\t@./stack.sh $@",
    "",
    "plan: check $(STACKS:%=plan-%)",
    "apply: $(STACKS:%=.up-%)",
    "first-day:",
    "\t@$(MAKE) --no-print-directory apply FIRST_DAY=1",
    "resume:",
    "\t@$(MAKE) --no-print-directory apply RESUME=1 FIRST_DAY=1",
    "destroy: ORDERED := 1",
    "destroy: $(STACKS:%=.down-%)",
    "teardown: .confirm",
    "\t@$(MAKE) --no-print-directory unprotect",
    "\t@$(MAKE) --no-print-directory apply YES=1",
    "\t@$(MAKE) --no-print-directory destroy YES=1",
    "",
    ".begin: check",
    "\t@./stack.sh begin",
    ".confirm:",
    "\t@./stack.sh confirm",
    "",
    ...["plan", "apply", "destroy", "save-plan", "apply-plan", "review", "drift"].flatMap((verb) => [
      `$(STACKS:%=${verb}-%): ${verb}-%:`,
      `\t@./stack.sh ${verb} $*`,
    ]),
    ...["drain", "undrain"].flatMap((verb) => [`$(CLUSTERS:%=${verb}-%): ${verb}-%:`, `\t@./stack.sh ${verb} $*`]),
    ...levels.flatMap((level) => ["plan", "apply"].map((verb) => `${verb}-level-${level}: $(LEVEL_${level}:%=${verb}-%)`)),
    ...levels.map((level) => `destroy-level-${level}: $(LEVEL_${level}:%=destroy-%)`),
    "",
    "$(STACKS:%=.up-%): .up-%: .begin",
    "\t@./stack.sh apply $*",
    "$(STACKS:%=.down-%): .down-%: .confirm",
    "\t@./stack.sh destroy $*",
    "",
    "# each after the ones that it reads or stands on",
    ...handoff.stacks.filter(({ after }) => after.length > 0).map(({ id, after }) => `.up-${id}: ${prefixed(".up-", after)}`),
    "# and destroyed before them",
    ...handoff.stacks.flatMap(({ id, after }) => after.map((other) => `.down-${other}: .down-${id}`)),
    "",
    ".PHONY: help check order logins kubeconfig lock protect unprotect plan apply first-day resume destroy teardown .begin .confirm \\",
    `  ${["plan", "apply", "destroy", "save-plan", "apply-plan", "review", "drift"].map((verb) => `$(STACKS:%=${verb}-%)`).join(" ")} \\`,
    "  $(CLUSTERS:%=drain-%) $(CLUSTERS:%=undrain-%) $(STACKS:%=.up-%) $(STACKS:%=.down-%) \\",
    `  ${levels.flatMap((level) => ["plan", "apply", "destroy"].map((verb) => `${verb}-level-${level}`)).join(" ")}`,
  ].join("\n")}\n`;
}

const HELP = [
  "make check            programs, files and state: all here?",
  "make order            the stacks by level; those of one level need nothing of each other",
  "make logins           who must be logged in to what, for each stack",
  "make plan             what would change, without changing it; also plan-STACK, plan-level-N",
  "make first-day        makes a fleet that was never applied",
  "make apply            plans, judges and applies each stack after those before it; also apply-STACK, apply-level-N",
  "make resume           goes on after a failure, past what was done",
  "make drain-CLUSTER    takes a cluster out of the public names; undrain-CLUSTER puts it back",
  "make kubeconfig       a file for kubectl with a context for each cluster, without a token",
  "make destroy-STACK    CONFIRM=STACK; also destroy and destroy-level-N, CONFIRM=FLEET",
  "make teardown         CONFIRM=FLEET: lifts deletion protection, then destroys all in reverse order",
  "-j4 runs four at a time and -k goes on past a failure; YES=1 asks nobody; TF=tofu runs OpenTofu.",
  "ALLOW='STACK:ADDRESS …' lets exactly that be deleted or replaced, which the guard of plans refuses.",
];

const prefixed = (prefix: string, ids: readonly string[]) => ids.map((id) => `${prefix}${id}`).join(" ");

/** For a shell inside a recipe. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''").replaceAll("$", "$$$$")}'`;
