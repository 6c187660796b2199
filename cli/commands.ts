/** A command of an installed package. */
export interface PackageCommand {
  /** Its program, from this folder. */
  readonly program: string;
  readonly what: string;
}

/** The commands of an installed package; in this project `npm run` has them too. */
export const COMMANDS: Readonly<Record<string, PackageCommand>> = {
  init: { program: "./init", what: "write a first fleet file" },
  validate: { program: "./validate", what: "check a fleet file and write nothing" },
  expand: { program: "./expand", what: "print a fleet file with every default filled in" },
  synth: { program: "../main", what: "write a fleet's stacks as Terraform JSON" },
  diff: { program: "./diff", what: "say in words what a change of the fleet file does" },
  upgrade: { program: "./upgrade", what: "move versions: clusters, charts, EKS add-ons, node images" },
  report: { program: "./report", what: "show a fleet on one HTML page" },
  generation: { program: "./generation", what: "take a step from one generation of a cluster to the next" },
  "bootstrap-state": { program: "./bootstrap-state", what: "make the bucket or container of a fleet's states" },
  teardown: { program: "./teardown", what: "take a fleet or a retired cluster down, in order" },
  where: { program: "./where", what: "say which cluster serves whom, and why" },
  verify: { program: "./verify", what: "ask the world whether it sees what the fleet file says" },
  rehearse: { program: "./rehearse", what: "run every stack through the real Terraform, offline" },
  handoff: { program: "./handoff", what: "write what operators need besides the stacks" },
  kubeconfig: { program: "./kubeconfig", what: "write a kubeconfig for the fleet's clusters" },
  recover: { program: "./recover", what: "put right what a killed run of Terraform has left" },
  charts: { program: "./charts", what: "look after the Helm charts of a fleet" },
};
