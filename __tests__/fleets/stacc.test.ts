import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { valuesIn } from "../apps/fleet";
import { committedFleet, root, synthFleet } from "../support/fleet";
import { resources } from "../support/synth";

const { stacks } = synthFleet(committedFleet("fleets/stacc.yaml"));
const SERVICES = { "demo-development": "development", "demo-test": "test", demo: "production" };

interface Step {
  readonly name: string;
  readonly trigger?: string;
  readonly deployment?: string;
  readonly oidc?: boolean;
  readonly script: readonly string[];
}
const pipelines = parse(readFileSync(join(root, "fleets/stacc/bitbucket-pipelines.yml"), "utf8"), { merge: true }).pipelines as {
  tags: Record<string, { step: Step }[]>;
  custom: { release: [{ variables: { name: string; "allowed-values"?: string[] }[] }, ...{ step: Step }[]] };
};
const steps = Object.values(pipelines.tags)
  .flat()
  .map(({ step }) => step);

test("the service is one image in three namespaces, each released by a stack of its own", () => {
  const images = Object.entries(SERVICES).map(([service, namespace]) => {
    const stack = stacks[`stacc-oslo-app-${service}`]!;
    const [release] = Object.values(stack.resource!.helm_release!);
    expect(release).toMatchObject({ namespace, atomic: true });
    expect(valuesIn(stack, service).smoke).toMatchObject({ host: `${service}.oslo.stacc.example`, path: "/actuator/health" });
    return valuesIn(stack, service).image;
  });
  expect(images[0]).toMatchObject({ tag: "${var.image_tag}" });
  expect(images).toEqual([images[0], images[0], images[0]]);
});

test("each environment is closed to the others, restricted, and has its share", () => {
  const priming = stacks["stacc-oslo-priming"]!;
  const { objects } = valuesIn(priming, "app-namespaces") as {
    objects: { kind: string; metadata: { namespace: string }; spec: unknown }[];
  };
  for (const namespace of Object.values(SERVICES)) {
    const own = objects.filter(({ metadata }) => metadata.namespace === namespace);
    expect(own.map(({ kind }) => kind)).toEqual(["NetworkPolicy", "NetworkPolicy", "ResourceQuota"]);
    const admitted = JSON.stringify(own.map(({ spec }) => spec));
    for (const other of Object.values(SERVICES).filter((one) => one !== namespace)) expect(admitted).not.toContain(`"${other}"`);
    expect(admitted).toContain('"monitoring"');
  }
});

test("the pipeline builds and pushes once, scans in between, and releases the digest to development, test and production", () => {
  expect(steps.map(({ name }) => name)).toEqual(["Build", "Scan", "Push", "To development", "To test", "To production"]);
  const doing = (what: RegExp) => steps.filter(({ script }) => script.some((line) => what.test(line))).map(({ name }) => name);
  expect(doing(/docker build/)).toEqual(["Build"]);
  expect(doing(/docker push/)).toEqual(["Push"]);
  expect(doing(/trivy .*--exit-code 1/)).toEqual(["Scan"]);
  expect(doing(/@\$digest" > image-tag/)).toEqual(["Push"]);
  expect(doing(/TF_VAR_image_tag="\$\(cat image-tag\)" make .* "release-stacc-oslo-app-\$SERVICE"/)).toEqual(
    steps.slice(3).map(({ name }) => name),
  );
  expect(steps.filter(({ trigger }) => trigger === "manual").map(({ deployment }) => deployment)).toEqual(["production"]);
});

test("the registry is the fleet's, and the pipeline's identity may push to it", () => {
  const [registry] = Object.values(resources(stacks["stacc-registry-images"]!, "azurerm_container_registry"));
  expect(registry).toMatchObject({ name: "staccimages", admin_enabled: false });
  const push = committedFleet("fleets/stacc.yaml").registries.images!.push;
  const grants = Object.values(resources(stacks["stacc-registry-images"]!, "azurerm_role_assignment"));
  expect(
    grants.filter(({ principal_id }) => principal_id === push[0]).map(({ role_definition_name }) => role_definition_name),
  ).toContain("AcrPush");
});

test("by hand it releases to the services that the fleet has, and holds no password", () => {
  const [{ variables }] = pipelines.custom.release;
  expect(variables.find(({ name }) => name === "SERVICE")?.["allowed-values"]).toEqual(Object.keys(SERVICES));
  expect(steps.filter(({ script }) => script.some((line) => /az login|login\.sh/.test(line))).every(({ oidc }) => oidc)).toBe(
    true,
  );
  expect(JSON.stringify(pipelines)).not.toMatch(/password|--secret|client-secret/i);
});
