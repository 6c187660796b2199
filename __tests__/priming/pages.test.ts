import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bundleFiles } from "../../handoff/bundle/files";
import { factsOf } from "../../handoff/facts";
import { handoffOf } from "../../handoff/model";
import { synthesized } from "../handoff/committed";
import { committedFleet, root, synthFleet } from "../support/fleet";
import { resources } from "../support/synth";
import { primingOf, synthClouds } from "./fleets";

const docs = Object.fromEntries(
  readdirSync(join(root, "docs"))
    .filter((file) => file.endsWith(".md"))
    .map((file) => [`docs/${file}`, readFileSync(join(root, "docs", file), "utf8")]),
);
const fleet = committedFleet("fleets/arctiq.yaml");
const bundle = bundleFiles(handoffOf(synthesized(fleet)), factsOf(fleet), {}, "fleets/arctiq.yaml")["README.md"]!;
const pages = { ...docs, "the bundle's page": bundle };

describe("what no plan sees, and what stands in an apply's way", () => {
  test("comes back by a rollback whose revision is named: without it Helm goes to the revision before", () => {
    const commands = Object.entries(pages).flatMap(([page, text]) =>
      [...text.matchAll(/\bhelm [^`\n#]*\brollback\b[^`\n]*/g)].map(([command]) => [page, command] as const),
    );
    expect(commands.filter(([, command]) => !command.endsWith(" rollback RELEASE REVISION"))).toEqual([]);
    for (const page of ["docs/add-ons.md", "the bundle's page"]) {
      expect(commands.map(([said]) => said)).toContain(page);
      expect(pages[page as keyof typeof pages]).toMatch(/deleted( or changed)? (in a cluster )?by hand/);
    }
  });

  test("is a namespace that is there already, which an import of an address that is really made takes over", () => {
    const [, address, name] = /`terraform import (kubernetes_namespace_v1\.[\w-]+)… (\w+)`/.exec(docs["docs/add-ons.md"]!)!;
    const priming = primingOf(synthClouds(["existing"], { addons: "{ ingress: { controller: traefik } }" }), "existing");
    const made = Object.entries(resources(priming, "kubernetes_namespace_v1")).filter(([id]) =>
      `kubernetes_namespace_v1.${id}`.startsWith(address!),
    );
    expect(made).toMatchObject([[expect.any(String), { metadata: { name } }]]);
    expect(bundle).toContain("import ADDRESS NAMESPACE`");
  });
});

test("the page says under which pod security standard each add-on's namespace is", () => {
  const [sentence] = /^All namespaces carry pod security labels.*$/m.exec(docs["docs/add-ons.md"]!)!;
  const said = [...sentence.matchAll(/`(restricted|baseline|privileged)`[^:.]*: ([^.]*)\./g)].flatMap(([, standard, names]) =>
    names!.split(", ").map((name) => `${name} ${standard}`),
  );
  const { stacks } = synthFleet(committedFleet("fleets/all-on.yaml"));
  const priming = Object.keys(stacks).filter((stack) => stack.endsWith("-priming"));
  const made = priming.flatMap((stack) =>
    Object.entries(resources(stacks[stack]!, "kubernetes_namespace_v1"))
      .filter(([id]) => id.startsWith("priming_namespace-"))
      .map(([, { metadata }]) => metadata as { readonly name: string; readonly labels: Readonly<Record<string, string>> })
      .map(({ name, labels }) => `${name} ${labels["pod-security.kubernetes.io/enforce"]}`),
  );
  expect(said.sort()).toEqual([...new Set(made)].sort());
});
