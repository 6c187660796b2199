import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeWithTerraform } from "../rehearsal/engine";
import { Operator, type Synthetic } from "./operator";

interface Installed {
  readonly version?: string;
  readonly chart?: string;
  readonly failed?: "remove" | "keep";
}

/** An application by somebody else's chart, asked by a release of its own, and another one beside it. */
function apps({ version = "1.0.0", chart = "web", failed = "remove" }: Installed = {}): Record<string, Synthetic> {
  const release = (name: string, more: object) => ({
    name,
    namespace: "shop",
    atomic: failed === "remove",
    upgrade_install: true,
    ...more,
  });
  const repository = chart.startsWith("./") ? undefined : "https://charts.example.com";
  return {
    "f-one-app-web": {
      config: {
        terraform: {
          backend: { local: { path: "../../../state/f-one-app-web.tfstate" } },
          required_providers: { helm: { source: "helm", version: "3.1.1" } },
          required_version: ">= 1.5",
        },
        provider: { helm: [{ kubernetes: { host: "https://api.example.com" } }] },
        variable: { image_tag: { type: "string" } },
        resource: {
          helm_release: {
            web: release("web", {
              chart,
              repository,
              version,
              // a shell's own, as the constructs escape it
              values: [`{"of":"${version}","home":"$\${HOME}","image":{"tag":"\${var.image_tag}"}}`],
            }),
            "web-smoke": release("web-smoke", {
              chart: "./assets/chart-smoke/AB12",
              version: "1.0.0",
              values: [`{"of":"${version} ${chart} \${var.image_tag}"}`],
              depends_on: ["helm_release.web"],
            }),
            other: release("other", { chart: "other", repository: "https://charts.example.com", version }),
          },
        },
        output: { image_tag: { value: "${var.image_tag}" } },
      },
    },
  };
}

describeWithTerraform("an application that doesn't answer after its chart has changed", () => {
  const operator = new Operator([]);
  const state = () =>
    JSON.parse(readFileSync(join(operator.bundle, "state/f-one-app-web.tfstate"), "utf8")) as {
      outputs: Record<string, { value: string }>;
      resources: { name: string; instances: { attributes: { version: string; values: string[]; chart: string } }[] }[];
    };
  const runs = (name: string) => state().resources.find((one) => one.name === name)!.instances[0]!.attributes;
  const tag = "TF_VAR_image_tag=1.4.2";
  let failing: string | undefined;

  beforeAll(async () => {
    operator.before = async ({ attributes: { name }, kind }) =>
      name === failing && kind !== "read" ? "it answered 503, wanted 200" : undefined;
    await operator.receiveStacks(apps());
    expect((await operator.make("first-day", "YES=1", tag)).code).toBe(0);
  }, 60_000);
  afterEach(() => {
    failing = undefined;
    expect(existsSync(join(operator.bundle, "terraform/stacks/f-one-app-web/before_override.tf.json"))).toBe(false);
  });
  afterAll(() => operator.remove());

  const change = async (to: Installed, fails: string | undefined, ...more: string[]) => {
    await operator.receiveStacks(apps(to));
    failing = fails;
    const ran = await operator.make("apply-f-one-app-web", "YES=1", ...more);
    failing = undefined;
    return ran;
  };

  test("is applied as it was before, by whoever runs the stack, and the next plan shows the change again", async () => {
    const before = runs("web");
    const { out, code } = await change({ version: "2.0.0" }, "web-smoke");
    expect(out).toMatch(
      /helm_release\.web doesn't answer as it should; goes back to what it was[\s\S]*failed, and helm_release\.web is again what it was/,
    );
    expect(code).toBe(2);
    expect(runs("web")).toMatchObject({ version: "1.0.0", values: before.values });
    expect(before.values).toEqual(['{"of":"1.0.0","home":"${HOME}","image":{"tag":"1.4.2"}}']);
    // what else had changed stays: it answers for itself
    expect(runs("other").version).toBe("2.0.0");
    expect((await operator.make("plan-f-one-app-web")).out).toMatch(/2 to change/);
  }, 90_000);

  test("is taken back with its tag too, and a tag that is released is said to be", async () => {
    await operator.receiveStacks(apps());
    expect((await operator.make("apply-f-one-app-web", "YES=1")).code).toBe(0);
    const { code } = await change({}, "web-smoke", "TF_VAR_image_tag=broken");
    expect([code, state().outputs.image_tag!.value]).toEqual([2, "1.4.2"]);
    expect(runs("web").values[0]).toContain('"tag":"1.4.2"');
  }, 90_000);

  test("takes the tag that is named for this run, whatever terraform.tfvars says, there and back", async () => {
    const file = join(operator.bundle, "terraform.tfvars");
    writeFileSync(file, 'image_tag = "1.4.0"\n');
    try {
      expect((await operator.make("release-f-one-app-web", "YES=1", "TF_VAR_image_tag=1.5.0")).code).toBe(0);
      expect(state().outputs.image_tag!.value).toBe("1.5.0");
      failing = "web-smoke";
      const { out, code } = await operator.make("release-f-one-app-web", "YES=1", "TF_VAR_image_tag=1.6.0");
      expect([code, state().outputs.image_tag!.value]).toEqual([2, "1.5.0"]);
      expect(out).toMatch(/goes back/);
      const odd = await operator.make("release-f-one-app-web", "YES=1", "TF_VAR_image_tag=1.6 -destroy");
      expect([odd.code, odd.out]).toEqual([2, expect.stringMatching(/image_tag can't be '1\.6 -destroy'/)]);
    } finally {
      rmSync(file);
    }
  }, 120_000);

  test("stays where something else failed, where it is to be looked at, and where its chart of before isn't there", async () => {
    expect((await change({ version: "2.1.0" }, "other")).out).not.toMatch(/goes back/);
    expect(runs("web").version).toBe("2.1.0");

    expect((await change({ version: "2.2.0", failed: "keep" }, "web-smoke")).out).not.toMatch(/goes back/);
    expect(runs("web").version).toBe("2.2.0");

    mkdirSync(join(operator.bundle, "terraform/stacks/f-one-app-web/assets/chart-folder/NEW"), { recursive: true });
    expect((await change({ version: "2.3.0", chart: "./assets/chart-folder/OLD" }, undefined)).code).toBe(0);
    const { out, code } = await change({ version: "2.4.0", chart: "./assets/chart-folder/NEW" }, "web-smoke");
    expect(out).toMatch(/its chart of before, \.\/assets\/chart-folder\/OLD, isn't in this bundle: take the bundle of before/);
    expect([code, runs("web").version]).toEqual([2, "2.4.0"]);
  }, 120_000);
});
