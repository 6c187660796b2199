import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeWithTerraform } from "../rehearsal/engine";
import { NO_FACTS, Operator, type Synthetic } from "./operator";

const STACKS = ["one", "two", "three"].map((cluster) => `f-${cluster}-app-web`);

/** An application on each cluster, whose tag its stack keeps. */
const stacks = Object.fromEntries(
  STACKS.map((id): [string, Synthetic] => [
    id,
    {
      config: {
        terraform: {
          backend: { local: { path: `../../../state/${id}.tfstate` } },
          required_providers: { helm: { source: "helm", version: "3.1.1" } },
          required_version: ">= 1.5",
        },
        provider: { helm: [{ kubernetes: { host: `https://${id}.example.com` } }] },
        variable: { image_tag: { type: "string", nullable: false } },
        resource: {
          helm_release: {
            web: {
              name: "web",
              chart: "web",
              repository: "https://charts.example.com",
              version: "1.0.0",
              values: ['{"image":{"tag":"${var.image_tag}"}}'],
            },
          },
        },
        output: { image_tag: { value: "${var.image_tag}" } },
      },
    },
  ]),
);

/** The fleet file's clusters, of which some serve no more. */
const facts = (...retired: readonly string[]) => ({
  ...NO_FACTS,
  clusters: ["one", "two", "three"].map((name) => ({
    name,
    kind: "existing",
    region: "",
    kubernetes: "",
    range: "",
    note: retired.includes(name) ? "retired" : "",
  })),
});

describeWithTerraform("an application's stack on a cluster where it was never applied", () => {
  const operator = new Operator([]);
  afterAll(() => operator.remove());
  const tagOf = (id: string) => {
    const state = readFileSync(join(operator.bundle, `state/${id}.tfstate`), "utf8");
    return (JSON.parse(state) as { outputs: { image_tag: { value: string } } }).outputs.image_tag.value;
  };
  const [one, two, three] = STACKS as [string, string, string];
  const apply = (id: string, ...more: readonly string[]) => operator.make(`apply-${id}`, "YES=1", ...more);

  test("begins with the tag that serves on the others, and where these differ asks which", async () => {
    await operator.receiveStacks(stacks, [], facts());
    // nobody has one yet
    const first = await operator.make(`apply-${one}`, "YES=1", "FIRST_DAY=1");
    expect([first.code, first.out]).toEqual([2, expect.stringMatching(/No value for required variable/)]);
    expect((await operator.make(`apply-${one}`, "YES=1", "FIRST_DAY=1", "TF_VAR_image_tag=1.4.2")).code).toBe(0);

    const begun = await apply(two);
    expect([begun.code, begun.out]).toEqual([0, expect.stringContaining(`${two}: image_tag begins as 1.4.2, as in ${one}`)]);
    expect(tagOf(two)).toBe("1.4.2");

    expect((await operator.make(`release-${two}`, "YES=1", "TF_VAR_image_tag=1.5.0")).code).toBe(0);
    const asked = await apply(three);
    expect(asked.code).toBe(2);
    expect(asked.out).toContain(`${three}: image_tag is 1.4.2 in ${one} and 1.5.0 in ${two}, and nothing was applied here yet`);
  }, 120_000);

  test("is told by terraform.tfvars before any of them, and hears nothing from a cluster that serves no more", async () => {
    writeFileSync(join(operator.bundle, "terraform.tfvars"), 'image_tag = "1.3.0"\n');
    expect((await operator.make(`plan-${three}`)).out).toContain("1 to create");
    writeFileSync(join(operator.bundle, "terraform.tfvars"), "");

    await operator.receiveStacks(stacks, [], facts("one"));
    expect((await apply(three)).code).toBe(0);
    expect(tagOf(three)).toBe("1.5.0");
    expect((await apply(one)).out).toContain(`${one}: image_tag stays 1.4.2`);
  }, 120_000);
});
