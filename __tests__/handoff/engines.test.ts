import { parse } from "yaml";
import { engineFiles } from "../../handoff/engines/index";
import { input, local } from "./pipelines/remote";

const { handoff } = input;
const { stacks } = handoff;

interface Project {
  readonly name: string;
  readonly dir: string;
  readonly execution_order_group: number;
  readonly depends_on?: readonly string[];
  readonly autoplan: { readonly when_modified: readonly string[] };
}

describe("Atlantis", () => {
  const files = engineFiles(["atlantis"], input);
  const config = parse(files["engines/atlantis/atlantis.yaml"]!) as { readonly projects: readonly Project[] };

  test("has only keys that every server takes: its parser is strict, and the others need the server's leave", () => {
    // server/core/config/raw of runatlantis/atlantis v0.47
    expect(Object.keys(config).sort()).toEqual([
      "abort_on_execution_order_fail",
      "autodiscover",
      "parallel_apply",
      "parallel_plan",
      "projects",
      "version",
    ]);
    const keys = new Set(config.projects.flatMap((project) => Object.keys(project)));
    expect([...keys].sort()).toEqual(["autoplan", "depends_on", "dir", "execution_order_group", "name"]);
  });

  test("each project depends on all stacks before it, in a later group, and is planned by its own files alone", () => {
    expect(config.projects.map(({ name }) => name)).toEqual(stacks.map(({ id }) => id));
    const group = Object.fromEntries(config.projects.map((project) => [project.name, project.execution_order_group]));
    for (const { id, closure } of stacks) {
      const project = config.projects.find(({ name }) => name === id)!;
      expect(project.depends_on ?? []).toEqual(closure);
      for (const other of closure) expect(group[other]).toBeLessThan(group[id]!);
      expect(project.dir).toBe(`bundles/arctiq/terraform/stacks/${id}`);
      expect(project.autoplan.when_modified.every((pattern) => !pattern.includes(".."))).toBe(true);
    }
  });

  test("the page has a round for each level, and the destroy in reverse", () => {
    const page = files["engines/README.md"]!;
    expect(page).toContain(`once for each of the ${handoff.levels.length} levels`);
    const order = [...page.matchAll(/atlantis plan -p (\S+) -- -destroy/g)].map((match) => match[1]);
    expect(order).toEqual(stacks.map(({ id }) => id).reverse());
  });

  test("state beside the stacks is refused", () => {
    expect(() => engineFiles(["atlantis"], local)).toThrow(/Atlantis: fleet arctiq keeps its state in files/);
  });
});

test("Terramate's stack files have the next stacks alone, and ids that it takes", () => {
  const files = engineFiles(["terramate"], input);
  for (const { id, after } of stacks) {
    const text = files[`terraform/stacks/${id}/stack.tm.hcl`]!;
    expect([...text.matchAll(/"\.\.\/([^"]+)"/g)].map((match) => match[1])).toEqual(after);
    expect(/ id {4}= "([^"]+)"/.exec(text)![1]).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
  }
});

describe("HCP Terraform", () => {
  const hcp = { ...input, handoff: { ...handoff, state: { backend: "cloud", local: false, environment: [] } } };

  test("shares a state with those that read it, which is not the order, and says who can't run on hosted workers", () => {
    const page = engineFiles(["hcp"], hcp)["engines/README.md"]!;
    const row = (id: string) => page.split("\n").find((line) => line.startsWith(`| \`${id}\``))!;
    expect(row("arctiq-toronto-cluster")).toMatch(/\| `arctiq-toronto-priming`,.* `arctiq-route53` \| any \|$/);
    expect(row("arctiq-toronto-priming")).toContain("|  | local, or an agent with `kubelogin` |");
    const { after } = handoff.stacks.find(({ id }) => id === "arctiq-route53")!;
    expect(row("arctiq-route53")).toContain(`${after.map((id) => `\`${id}\``).join(", ")} |`);
  });

  test("has no triggers above HCP's limit, with the number", () => {
    const many = Array.from({ length: 21 }, (_, index) => ({ ...stacks[0]!, id: `arctiq-c${index}` }));
    const names = { ...stacks[0]!, id: "arctiq-names", after: many.map(({ id }) => id) };
    const page = engineFiles(["hcp"], { ...hcp, handoff: { ...hcp.handoff, stacks: [...many, names] } })["engines/README.md"]!;
    expect(page).toContain("none: it comes after 21 workspaces, and HCP takes 20 sources");
  });

  test("is refused where the state is elsewhere", () => {
    expect(() => engineFiles(["hcp"], input)).toThrow(/keeps its state in 's3'.*backend: hcp/);
  });
});

test("a thousand clusters: the files stay small, and a change of one cluster plans that cluster and what reads it", () => {
  const clusters = Array.from({ length: 1000 }, (_, index) => `arctiq-c${index}-cluster`);
  const cluster = (id: string) => ({
    ...stacks[1]!,
    id,
    folder: `stacks/${id}`,
    level: 2,
    after: ["arctiq-global"],
    closure: ["arctiq-global"],
  });
  const names = {
    ...stacks[0]!,
    id: "arctiq-route53",
    folder: "stacks/arctiq-route53",
    level: 3,
    after: clusters,
    closure: ["arctiq-global", ...clusters],
  };
  const large = {
    ...input,
    handoff: {
      ...handoff,
      stacks: [stacks[0]!, ...clusters.map(cluster), names],
      levels: [["arctiq-global"], clusters, ["arctiq-route53"]],
    },
  };
  const files = engineFiles(["atlantis", "terramate"], large);
  expect(Buffer.byteLength(files["engines/atlantis/atlantis.yaml"]!)).toBeLessThan(400_000);
  const { projects } = parse(files["engines/atlantis/atlantis.yaml"]!) as { projects: readonly Project[] };
  expect(
    projects.filter(({ autoplan, dir }) => autoplan.when_modified.length > 0 && dir.endsWith("arctiq-c7-cluster")),
  ).toHaveLength(1);
});
