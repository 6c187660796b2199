import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { engineFiles } from "../../handoff/engines/index";
import { handoffOf } from "../../handoff/model";
import { readStacks } from "../../output/folder";
import { describeWithTerraform, testUnless } from "../rehearsal/engine";
import { Operator } from "./operator";
import { smallFleet as fleet } from "./small-fleet";

describeWithTerraform("an operator with terraform, make and jq alone", () => {
  const operator = new Operator([]);
  const { bundle } = operator;
  const attributes = (stack: string, type: string, name: string): Record<string, unknown> => {
    const state = JSON.parse(readFileSync(join(bundle, "state", `${stack}.tfstate`), "utf8")) as {
      resources: { type: string; name: string; instances: { attributes: Record<string, unknown> }[] }[];
    };
    return state.resources.find((resource) => resource.type === type && resource.name === name)!.instances[0]!.attributes;
  };
  const plansLeft = () =>
    readdirSync(bundle, { recursive: true, encoding: "utf8" }).filter(
      (file) => /plan\.bin$/.test(file) || /\.stderr$/.test(file),
    );
  let failing: string | undefined;
  const fails: Operator["before"] = async ({ stack, kind }) =>
    stack === failing && kind === "create" ? "the cloud is out of addresses" : undefined;

  beforeAll(async () => {
    operator.before = fails;
    await operator.receiveStacks(fleet());
  });
  afterAll(() => {
    expect(plansLeft()).toEqual([]);
    operator.remove();
  });

  test("applies nothing where there is no state, until told that the fleet is new", async () => {
    const { code, out } = await operator.make("apply", "YES=1");
    expect(out).toMatch(/f-global: there is no state in this folder.*make first-day/);
    expect(code).toBe(2);
    expect(existsSync(join(bundle, "applied"))).toBe(false);
  });

  test("is told of a changed file", async () => {
    const json = join(bundle, "terraform/stacks/f-names/cdk.tf.json");
    const text = readFileSync(json, "utf8");
    writeFileSync(json, text.replace("60", "61"));
    const { code, out } = await operator.make("check");
    writeFileSync(json, text);
    expect(out).toMatch(/f-names\/cdk\.tf\.json: FAILED[\s\S]*not as they were handed over/);
    expect(code).toBe(2);
  });

  test("makes the fleet on the first day, fails in the middle, and goes on past what was done", async () => {
    failing = "f-two-cluster";
    const first = await operator.make("-k", "-j2", "first-day", "YES=1", "TF_VAR_image_tag=1.4.2");
    failing = undefined;
    expect(first.out).toMatch(/out of addresses/);
    expect(first.code).toBe(2);
    expect(operator.state("f-one-app-web")).toEqual(["aws_iam_role.web"]);
    expect(operator.state("f-names")).toEqual([]);

    const second = await operator.make("-j2", "resume", "YES=1");
    expect(second.out).toMatch(/f-one-cluster: done in the run that goes on/);
    expect(second.out).toMatch(/f-names: 6 to create/);
    expect(second.code).toBe(0);
  }, 120_000);

  test("keeps the tag that was applied where none is named, and finds nothing to do", async () => {
    const { code, out } = await operator.make("-j2", "apply");
    expect(out).toMatch(/f-one-app-web: image_tag stays 1\.4\.2/);
    expect(out.match(/: nothing to do/g)).toHaveLength(5);
    expect(code).toBe(0);
  }, 180_000);

  test("releases a tag, and goes back to the one before where it fails", async () => {
    const good = await operator.make("release-f-one-app-web", "TF_VAR_image_tag=1.5.0", "YES=1");
    expect(good.out).toMatch(/image_tag is 1\.5\.0, and was 1\.4\.2/);
    expect(good.code).toBe(0);

    operator.before = async ({ stack, attributes: { tags } }) =>
      stack === "f-one-app-web" && JSON.stringify(tags).includes("broken") ? "the pods don't come up" : undefined;
    const bad = await operator.make("release-f-one-app-web", "TF_VAR_image_tag=broken", "YES=1");
    operator.before = fails;
    expect(bad.out).toMatch(/image_tag broken failed; goes back to 1\.5\.0[\s\S]*image_tag broken failed, 1\.5\.0 runs again/);
    expect(bad.code).toBe(2);
    expect(attributes("f-one-app-web", "aws_iam_role", "web").tags).toEqual({ image: "1.5.0" });
    expect((await operator.make("release-f-names", "YES=1")).out).toMatch(/keeps no variable/);
  }, 180_000);

  test("Atlantis' workflow on the server keeps the tag too, plans by it, and judges", async () => {
    const handoff = handoffOf(readStacks(join(bundle, "terraform")));
    const input = { handoff: { ...handoff, state: { ...handoff.state, local: false } }, source: "fleets/f.yaml", bundle: "." };
    const { workflows } = parse(engineFiles(["atlantis"], input)["engines/atlantis/server-workflow.yaml"]!) as {
      workflows: { f: { plan: { steps: readonly (string | { run: string } | { plan: { extra_args: readonly string[] } })[] } } };
    };
    const planned = async (stack: string, comment = "") => {
      const DIR = join(bundle, "terraform/stacks", stack);
      const said: string[] = [];
      for (const step of workflows.f.plan.steps) {
        if (step === "init") continue;
        const args = typeof step !== "string" && "plan" in step ? step.plan.extra_args.join(" ") : "";
        const plan = `terraform plan -input=false -out "$PLANFILE" ${args} ${comment}`;
        const command = typeof step !== "string" && "run" in step ? step.run : plan;
        const { code, out } = await operator.inStack(stack, command, {
          DIR,
          PROJECT_NAME: stack,
          PLANFILE: join(DIR, "default.tfplan"),
        });
        said.push(out);
        if (code !== 0) break;
      }
      for (const left of ["kept.tfvars.json", "default.tfplan", "judged.txt"]) rmSync(join(DIR, left), { force: true });
      return said.join("");
    };
    expect(await planned("f-one-app-web")).toMatch(/No changes[\s\S]*judged: nothing refused\n$/);
    expect(await planned("f-one-app-web", "-var image_tag=1.6.0")).toMatch(
      /"1\.5\.0" -> "1\.6\.0"[\s\S]*judged: nothing refused\n$/,
    );
    expect(await planned("f-one-cluster", "-destroy")).toMatch(/aws_eip\.address would be deleted: an address\n$/);
  }, 180_000);

  test("says which stacks a change touches: the stack and all that come after it", async () => {
    const { out } = await operator.stack("f-one-cluster\n", "affected");
    expect(
      (JSON.parse(out) as { stack: string; aws: boolean; secret: boolean }[]).map(({ stack, aws, secret }) => [
        stack,
        aws,
        secret,
      ]),
    ).toEqual([
      ["f-one-cluster", true, false],
      ["f-one-app-web", true, false],
      ["f-names", true, false],
    ]);
  });

  test("approves each plan, or says YES=1, and changes one stack", async () => {
    await operator.receiveStacks(fleet({ weight: 90 }));
    const asked = await operator.make("apply-f-names");
    expect(asked.out).toMatch(/nobody is here to approve this plan/);
    expect(asked.code).toBe(2);
    const { code, out } = await operator.make("apply-f-names", "YES=1");
    expect(out).toMatch(/f-names: 0 to create, 1 to change, 0 to replace, 0 to delete\n {2}~ aws_route53_record\.one/);
    expect(code).toBe(0);
  }, 180_000);

  testUnless(
    existsSync("/usr/bin/script") ? undefined : "script, of util-linux, is not there",
    "at a terminal asks before it applies, and takes nothing but yes for an answer",
    async () => {
      await operator.receiveStacks(fleet({ weight: 80 }));
      const no = await operator.atTerminal("no\n", "make apply-f-names");
      expect(no.out).toMatch(/~ aws_route53_record\.one[\s\S]*f-names: apply this plan\? yes or no: [\s\S]*f-names: not applied/);
      const yes = await operator.atTerminal("yes\n", "make apply-f-names");
      expect(yes.out).toMatch(/apply this plan\?[\s\S]*1 changed/);
      // what make keeps back until a stack is done can't be a question
      await operator.receiveStacks(fleet({ weight: 90 }));
      expect((await operator.atTerminal("yes\n", "make -j2 apply-f-names")).out).toMatch(/or -j hides the question/);
      expect((await operator.make("apply-f-names", "YES=1")).code).toBe(0);
    },
    180_000,
  );

  test("a drained cluster stays drained when a new bundle comes, and a member that is gone takes its switch along", async () => {
    const beside = join(bundle, "terraform/stacks/f-names/drained_two_override.tf.json");
    expect((await operator.make("drain-two", "YES=1")).code).toBe(0);
    const before = readFileSync(beside, "utf8");
    writeFileSync(beside, '{"resource":{"aws_route53_health_check":{"gone":{"child_health_threshold":9}}}}');
    await operator.receiveStacks(fleet({ weight: 90 }));
    expect(JSON.parse(readFileSync(beside, "utf8"))).toEqual(JSON.parse(before));
    expect((await operator.make("plan-f-names")).out).toMatch(/f-names: nothing to do/);
    await operator.make("undrain-two", "YES=1");
  }, 180_000);

  test("drains a cluster by its switch alone, and turns the traffic back", async () => {
    const { out } = await operator.make("drain-two", "YES=1");
    expect(out).toMatch(/0 to create, 1 to change, 0 to replace, 0 to delete\n {2}~ aws_route53_health_check\.two_switch/);
    expect(attributes("f-names", "aws_route53_health_check", "two_switch").child_health_threshold).toBe(2);
    await operator.make("undrain-two", "YES=1");
    expect(attributes("f-names", "aws_route53_health_check", "two_switch").child_health_threshold).toBe(1);
  }, 180_000);

  test("loses neither an address nor the last member of a name without naming it, protected or not", async () => {
    await operator.receiveStacks(fleet({ weight: 90, members: ["one"] }));
    const one = await operator.make("apply-f-names", "YES=1");
    expect(one.out).toMatch(/1 to delete\n {2}- aws_route53_record\.two/);
    expect(one.code).toBe(0);

    await operator.receiveStacks(fleet({ members: [] }));
    const last = await operator.make("apply-f-names", "YES=1");
    expect(last.out).toMatch(/aws_route53_record\.one would be deleted: the last member of .* app\.f\.example A/);
    expect(last.code).toBe(2);
    const wrong = await operator.make(
      "apply-f-names",
      "YES=1",
      "ALLOW=f-names:aws_route53_record.two f-one:aws_route53_record.one",
    );
    expect(wrong.code).toBe(2);
    const named = await operator.make("apply-f-names", "YES=1", "ALLOW=f-names:aws_route53_record.one");
    expect(named.code).toBe(0);

    await operator.receiveStacks(fleet({ domain: "standard" }));
    const address = await operator.make("apply-f-one-cluster", "YES=1");
    expect(address.out).toMatch(/aws_eip\.address would be replaced: an address/);
    expect(address.code).toBe(2);
  }, 180_000);

  test("plans a consumer after its producer was applied, so what it uses is the new one", async () => {
    await operator.receiveStacks(fleet());
    expect((await operator.make("apply", "YES=1")).code).toBe(0);
    const before = attributes("f-one-cluster", "aws_eip", "address").public_ip;
    await operator.receiveStacks(fleet({ domain: "standard" }));
    const { code } = await operator.make(
      "-j2",
      "apply",
      "YES=1",
      "ALLOW=f-one-cluster:aws_eip.address,f-two-cluster:aws_eip.address",
    );
    expect(code).toBe(0);
    const now = attributes("f-one-cluster", "aws_eip", "address").public_ip;
    expect(now).not.toBe(before);
    expect(attributes("f-names", "aws_route53_record", "one").records).toEqual([now]);
  }, 180_000);

  test("a saved plan is judged and applied once, and nothing has drifted then", async () => {
    await operator.receiveStacks(fleet({ domain: "standard", weight: 20 }));
    expect((await operator.make("save-plan-f-names")).code).toBe(0);
    expect(existsSync(join(bundle, "terraform/stacks/f-names/plan.bin"))).toBe(true);
    expect((await operator.make("apply-plan-f-names")).out).toMatch(/1 changed/);
    expect((await operator.make("drift-f-names")).code).toBe(0);
  }, 180_000);

  test("is refused when the state of an applied fleet isn't there", async () => {
    renameSync(join(bundle, "state"), join(bundle, "elsewhere"));
    const { code, out } = await operator.make("first-day", "YES=1");
    expect(out).toMatch(/was applied before.*state\/f-\S+\.tfstate isn't here: bring the folder state\//);
    expect(code).toBe(2);
    rmSync(join(bundle, "state"), { recursive: true, force: true });
    renameSync(join(bundle, "elsewhere"), join(bundle, "state"));
  });

  test("destroys nothing that isn't named, that another stands on, or that is protected", async () => {
    expect((await operator.make("destroy-f-names")).out).toMatch(/say so with CONFIRM=f-names/);
    expect((await operator.make("destroy-f-one-cluster", "CONFIRM=f-one-cluster", "YES=1")).out).toMatch(
      /f-one-app-web: still stands on f-one-cluster|f-names: still stands on f-one-cluster/,
    );
    expect((await operator.make("teardown", "CONFIRM=g")).out).toMatch(/say so with CONFIRM=f\n/);
    const all = await operator.make("-j2", "destroy", "CONFIRM=f", "YES=1");
    expect(all.out).toMatch(/Instance cannot be destroyed/);
    expect(operator.state("f-global")).toEqual(["aws_route53_zone.zone"]);
  }, 120_000);

  test("takes the whole fleet down, in reverse order", async () => {
    expect((await operator.make("-j2", "resume", "YES=1")).code).toBe(0);
    const { code, out } = await operator.make("-j2", "teardown", "CONFIRM=f");
    expect(code).toBe(0);
    expect(out.indexOf("f-names: destroyed")).toBeLessThan(out.indexOf("f-global: destroyed"));
    for (const stack of Object.keys(fleet())) expect(operator.state(stack)).toEqual([]);
    expect(readdirSync(join(bundle, "applied"))).toEqual([]);
  }, 180_000);
});

describeWithTerraform("an operator whose first day fails in a cluster that is protected by its cloud", () => {
  const operator = new Operator([]);
  afterAll(() => operator.remove());

  test("tears down what stands, without making the rest", async () => {
    const table = (name: string) => ({
      name,
      billing_mode: "PAY_PER_REQUEST",
      hash_key: "id",
      attribute: [{ name: "id", type: "S" }],
      deletion_protection_enabled: true,
      lifecycle: { prevent_destroy: true },
    });
    const stack = (...names: readonly string[]) => ({
      provider: { aws: [{ region: "eu-west-1" }] },
      resource: { aws_dynamodb_table: Object.fromEntries(names.map((name) => [name, table(name)])) },
    });
    await operator.receiveStacks({
      "f-global": { config: stack("made", "failing") },
      "f-later": { dependencies: ["f-global"], config: stack("later") },
    });
    operator.before = async ({ kind, attributes }) =>
      kind === "create" && JSON.stringify(attributes).includes("failing") ? "no more tables" : undefined;
    expect((await operator.make("-k", "first-day", "YES=1")).out).toContain("no more tables");
    expect(operator.state("f-global")).toContain("aws_dynamodb_table.made");

    const { code, out } = await operator.make("teardown", "CONFIRM=f");
    expect([code, out]).toEqual([0, expect.stringMatching(/~ aws_dynamodb_table\.made[\s\S]*f-global: destroyed/)]);
    expect(out).not.toMatch(/no more tables|[1-9]\d* to create/);
    expect(operator.state("f-global")).toEqual([]);
  }, 180_000);

  test("runs OpenTofu where it is told so, and hears where it isn't there", async () => {
    const plan = () => operator.make("plan-f-later", "TF=tofu");
    expect((await plan()).out).toMatch(/'tofu' is not on PATH: install Terraform, or say TF=tofu/);
    operator.program("tofu", `#!/bin/sh\nprintf '%s ' "$@" >>"${operator.folder}/asked"\nexec terraform "$@"\n`);
    expect((await plan()).out).toMatch(/f-later: 1 to create/);
    expect(readFileSync(join(operator.folder, "asked"), "utf8")).toMatch(/ plan -input=false [\s\S]* show -json /);
  }, 60_000);
});

describeWithTerraform("an operator without a program that a stack starts", () => {
  const operator = new Operator([]);
  afterAll(() => operator.remove());

  test("hears which one, and of which stack, before anything is asked of a cloud", async () => {
    const exec = [{ api_version: "client.authentication.k8s.io/v1beta1", command: "kubelogin", args: ["get-token"] }];
    await operator.receiveStacks({
      "f-one-priming": {
        config: {
          terraform: { backend: { local: { path: "../../../state/f-one-priming.tfstate" } }, required_version: ">= 1.5" },
          provider: { kubernetes: [{ host: "https://one.example", exec }] },
        },
      },
    });
    const { out, code } = await operator.make("plan-f-one-priming");
    expect(out).toMatch(/^f-one-priming: needs 'kubelogin' on PATH: it fetches the token/);
    expect(code).toBe(2);
    expect((await operator.make("check")).out).toMatch(/not on PATH: kubelogin/);
    expect(existsSync(join(operator.bundle, "terraform/stacks/f-one-priming/.terraform"))).toBe(false);
  });
});
