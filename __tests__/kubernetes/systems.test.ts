import { cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { root } from "../support/fleet";
import { TestCluster } from "../support/kubernetes/cluster";
import { added } from "../support/kubernetes/inventory";
import { missingPart } from "../support/kubernetes/parts";
import { closedPorts } from "../support/kubernetes/policies";
import { synthesize } from "./fleets";

const missing = missingPart();
const say = (text: string) => process.stderr.write(`${text}\n`);

/** A cluster of each reference system, with its stacks inside the cluster in the order of applying. */
const SYSTEMS: readonly (readonly [fleet: string, cluster: string, ...applications: readonly string[]])[] = [
  ["arctiq", "sydney", "app-guestbook"],
  ["arctiq", "saopaulo", "app-guestbook"],
  ["arctiq", "toronto", "apps", "app-guestbook"],
  ["aurora", "prod1706", "app-core", "app-portal"],
  ["davies", "westus", "apps"],
  ["jldeen", "east", "apps"],
  ["stacc", "oslo", "apps", "app-demo-development", "app-demo-test", "app-demo"],
];

if (missing !== undefined)
  test(`the reference systems on a real API server: skipped, ${missing}`, () => {
    say(`e2e:kubernetes, systems, skipped: ${missing}`);
  });
else
  describe("on a real API server", () => {
    let cluster: TestCluster;
    beforeAll(async () => {
      // what a pipeline says, of applications whose tag is a variable
      process.env.TF_VAR_image_tag = "1.4.2";
      cluster = await TestCluster.start();
      await cluster.defaultClass(true);
      await cluster.snapshotDefinitions();
    }, 180_000);
    afterAll(async () => {
      delete process.env.TF_VAR_image_tag;
      await cluster?.stop();
    }, 180_000);

    test.each(SYSTEMS)(
      "%s: what is primed and installed on %s lives and goes",
      async (name, where, ...applications) => {
        const work = cluster.workspace(`${name}-${where}`);
        const folder = join(root, "fleets", name);
        // the system's own charts stand beside its fleet file
        if (existsSync(folder)) cpSync(folder, join(work.root, name), { recursive: true });
        synthesize(work.root, parse(readFileSync(join(root, "fleets", `${name}.yaml`), "utf8"), { merge: true }));
        const stacks = ["priming", ...applications].map((stack) => `${name}-${where}-${stack}`);
        const before = await cluster.inventory();
        for (const stack of stacks) {
          work.prepare(stack);
          await work.init(stack);
          const begun = Date.now();
          const applied = await work.apply(stack);
          say(`${stack}: ${/Apply complete![^\n]*/.exec(applied)?.[0]} in ${Math.round((Date.now() - begun) / 1000)} s`);
        }
        for (const stack of stacks) expect([stack, await work.plan(stack)]).toEqual([stack, undefined]);
        const policies = await cluster.api.list("/apis/networking.k8s.io/v1/networkpolicies");
        expect(closedPorts(policies, await cluster.api.list("/api/v1/pods"))).toEqual([]);
        const waiting = await secretsOf(cluster);
        if (waiting.length > 0) say(`${name}: secrets from a store: ${waiting.join(", ")}`);
        const begun = Date.now();
        for (const stack of [...stacks].reverse()) await work.destroy(stack);
        say(`${name}-${where}: destroyed in ${Math.round((Date.now() - begun) / 1000)} s`);
        const left = added(before, await cluster.inventory());
        expect(left.filter((one) => !one.startsWith("customresourcedefinitions/"))).toEqual([]);
      },
      1_200_000,
    );
  });

/** The applications' secrets that the API has taken, each with its store. */
async function secretsOf({ api }: TestCluster): Promise<readonly string[]> {
  const { status, body } = await api.get("/apis/external-secrets.io/v1/externalsecrets");
  return (status === 200 ? (body.items ?? []) : []).map(
    ({ metadata, spec }) => `${metadata.namespace}/${metadata.name} (${spec.secretStoreRef?.name ?? "a generator"})`,
  );
}
