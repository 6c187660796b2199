import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { literalDeep } from "../../constructs/cdktf/escape";
import { stateFactory } from "../../constructs/state";
import { type State, state as stateSchema } from "../../model/schema/state";
import { synthStacks } from "../support/synth";

const everyState: Record<State["backend"], State> = {
  local: stateSchema.parse({ backend: "local" }),
  s3: stateSchema.parse({
    backend: "s3",
    bucket: "states",
    region: "eu-west-1",
    prefix: "fleets/",
    kmsKeyId: "alias/states",
    accountId: "111122223333",
    assumeRoleArn: "arn:aws:iam::111122223333:role/states",
  }),
  azurerm: stateSchema.parse({
    backend: "azurerm",
    subscriptionId: "00000000-0000-0000-0000-000000000001",
    resourceGroup: "states",
    storageAccount: "arctiqstates",
    container: "terraform",
  }),
  gcs: stateSchema.parse({ backend: "gcs", bucket: "states", prefix: "fleets/" }),
  pg: stateSchema.parse({ backend: "pg" }),
  http: stateSchema.parse({ backend: "http", address: "https://git.example.com/api/v4/projects/7/terraform/state/{stack}" }),
  hcp: stateSchema.parse({ backend: "hcp", organization: "arctiq", project: "fleets" }),
};

function producerAndConsumer(state: State, app: App): void {
  const factory = stateFactory(state, literalDeep);
  const producer = new TerraformStack(app, "f-sydney-cluster");
  factory.backend(producer);
  producer.addOverride("resource.terraform_data.x", { input: "10.0.0.1" });
  new TerraformOutput(producer, "ingress_ip", { value: "${terraform_data.x.output}" });
  const consumer = new TerraformStack(app, "f-sydney-priming");
  factory.backend(consumer);
  consumer.addDependency(producer);
  const remote = factory.remoteState(consumer, "cluster", "f-sydney-cluster");
  new TerraformOutput(consumer, "seen", { value: remote.getString("ingress_ip") });
}

describe("state", () => {
  test.each(Object.entries(everyState))("%s: producer and consumer name the same place", (_, state) => {
    const stacks = synthStacks((app) => producerAndConsumer(state, app));
    expect({
      producer: stacks["f-sydney-cluster"]!.terraform,
      consumer: stacks["f-sydney-priming"]!.data!.terraform_remote_state,
      seen: stacks["f-sydney-priming"]!.output,
    }).toMatchSnapshot();
  });

  test.each(Object.entries(everyState))("%s: nothing that could be a credential is written", (_, state) => {
    const text = JSON.stringify(synthStacks((app) => producerAndConsumer(state, app)));
    expect(text).not.toMatch(/access_key|secret|token|password|username|conn_str|sas_|client_id|credentials"/);
  });

  test.each(Object.entries(everyState))("%s: two stacks never share a state", (_, state) => {
    const stacks = synthStacks((app) => producerAndConsumer(state, app));
    const place = (id: string) => JSON.stringify(stacks[id]!.terraform.backend ?? stacks[id]!.terraform.cloud);
    expect(place("f-sydney-cluster").replaceAll("f-sydney-cluster", "f-sydney-priming")).toBe(place("f-sydney-priming"));
    expect(place("f-sydney-cluster")).not.toBe(place("f-sydney-priming"));
  });

  test("S3's lock file asks for Terraform 1.10, the others take 1.5", () => {
    expect(stateFactory(everyState.s3).requiredVersion).toBe(">= 1.10");
    expect(stateFactory(everyState.hcp).requiredVersion).toBe(">= 1.6");
    for (const backend of ["local", "azurerm", "gcs", "pg", "http"] as const) {
      expect(stateFactory(everyState[backend]).requiredVersion).toBe(">= 1.5");
    }
  });

  test("an S3 service that is not AWS is asked for nothing that only AWS has", () => {
    const minio = stateSchema.parse({ backend: "s3", bucket: "b", region: "eu", endpoint: "https://s3.example.com" });
    const { terraform } = synthStacks((app) => producerAndConsumer(minio, app))["f-sydney-cluster"]!;
    expect(terraform.backend).toEqual({
      s3: {
        bucket: "b",
        key: "f-sydney-cluster.tfstate",
        region: "eu",
        use_lockfile: true,
        endpoints: { s3: "https://s3.example.com" },
        use_path_style: true,
        skip_credentials_validation: true,
        skip_region_validation: true,
        skip_requesting_account_id: true,
        skip_s3_checksum: true,
      },
    });
  });

  test("a dollar and brace in a setting is text, not a template", () => {
    const odd = stateSchema.parse({ backend: "gcs", bucket: "b", prefix: "${x}/" });
    const { terraform } = synthStacks((app) => producerAndConsumer(odd, app))["f-sydney-cluster"]!;
    expect(terraform.backend).toEqual({ gcs: { bucket: "b", prefix: "$${x}/f-sydney-cluster" } });
  });

  test("a reference to another stack's resource is refused, with the way out", () => {
    const factory = stateFactory(everyState.local);
    expect(() =>
      synthStacks((app) => {
        const producer = new TerraformStack(app, "a");
        const consumer = new TerraformStack(app, "b");
        for (const stack of [producer, consumer]) factory.backend(stack);
        const remote = factory.remoteState(producer, "r", "z");
        new TerraformOutput(consumer, "o", { value: remote.getString("x") });
      }),
    ).toThrow("stack b refers to a resource of stack a: give the value as an output there");
  });
});

const terraform = spawnSync("terraform", ["version"]).status === 0;
if (!terraform) console.info("terraform is not on PATH: the run of local state is skipped");
(terraform ? describe : describe.skip)("local state with Terraform itself", () => {
  test("a consumer fails before its producer is applied, and then reads what the producer wrote beside the synthesized folder", () => {
    const folder = mkdtempSync(join(tmpdir(), "state-"));
    try {
      const app = new App({ outdir: join(folder, "out"), stackTraces: false });
      producerAndConsumer(everyState.local, app);
      app.synth();
      const run = (stack: string, ...args: string[]) =>
        execFileSync("terraform", [`-chdir=${join(folder, "out/stacks", stack)}`, ...args], { encoding: "utf8", stdio: "pipe" });
      const refusal = () => {
        run("f-sydney-priming", "init", "-input=false");
        return run("f-sydney-priming", "plan", "-input=false");
      };
      expect(refusal).toThrow("Unable to find remote state");
      run("f-sydney-cluster", "init", "-input=false");
      run("f-sydney-cluster", "apply", "-input=false", "-auto-approve");
      run("f-sydney-priming", "apply", "-input=false", "-auto-approve");
      expect(run("f-sydney-priming", "output", "-raw", "seen")).toBe("10.0.0.1");
      expect(JSON.parse(readFileSync(join(folder, "state/f-sydney-cluster.tfstate"), "utf8")).outputs.ingress_ip.value).toBe(
        "10.0.0.1",
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
