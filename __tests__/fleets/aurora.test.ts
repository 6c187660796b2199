import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseDocument } from "yaml";
import { add } from "../../changes/generations/add";
import { shift } from "../../changes/generations/shift";
import { withoutDeletionProtection } from "../../changes/unprotected";
import { handoffOf } from "../../handoff/model";
import { githubWorkflows } from "../../handoff/pipelines/github";
import { loadFleet } from "../../model/reading/load";
import type { Fleet } from "../../model/schema/fleet";
import { type RehearsalOptions, rehearseIn } from "../../rehearsal/rehearse";
import { openWorkspace } from "../../rehearsal/runner/workspace";
import { valuesIn } from "../apps/fleet";
import { handedOver, synthesized } from "../handoff/committed";
import { describeWithTerraform } from "../rehearsal/engine";
import { fleetOf, root, synthFleet } from "../support/fleet";
import { resources } from "../support/synth";

const committed = readFileSync(join(root, "fleets/aurora.yaml"), "utf8");
const fleet = loadFleet(join(root, "fleets/aurora.yaml"));
const { stacks, dependencies } = synthFleet(fleet);

test("the servers' disks are made from backups, outside of Kubernetes, and applications use them by this generation's login", () => {
  const disks = Object.values(resources(stacks["aurora-prod1706-cluster"]!, "azurerm_managed_disk"));
  expect(disks.map(({ source_resource_id }) => String(source_resource_id).split("/").at(-1)).sort()).toEqual(["nfs", "postgres"]);
  const core = valuesIn(stacks["aurora-prod1706-app-core"]!, "core");
  const { secret } = (core.secretEnv as Record<string, { secret: string }>).DATABASE_URL!;
  expect(core.secretEnv).toEqual({ DATABASE_URL: { secret, key: "uri" } });
  expect(core.volume).toMatchObject({ storageClass: "nfs" });
  const written = Object.values(resources(stacks["aurora-servers-westeurope"]!, "azurerm_key_vault_secret")).map(
    ({ name }) => name,
  );
  const { objects } = valuesIn(stacks["aurora-prod1706-app-core"]!, "core-secrets") as {
    objects: { kind: string; metadata: { name: string }; spec: { dataFrom: [{ extract: { key: string } }] } }[];
  };
  const read = objects.filter(({ kind }) => kind === "ExternalSecret");
  expect(read.map(({ metadata, spec }) => [metadata.name, spec.dataFrom[0].extract.key])).toEqual([
    [secret, "aurora-server-prod1706-postgres-idesk"],
  ]);
  expect(written).toContain("aurora-server-prod1706-postgres-idesk");
});

test("a service that doesn't answer stays as it is, and the names come after all of them", () => {
  for (const name of ["core", "portal"]) {
    const [release] = Object.values(resources(stacks[`aurora-prod1706-app-${name}`]!, "helm_release")).filter(
      (one) => one.name === name,
    );
    expect(release).toMatchObject({ atomic: false, cleanup_on_fail: false });
    expect(valuesIn(stacks[`aurora-prod1706-app-${name}`]!, name).smoke).toMatchObject({
      host: `${name}.prod1706.idesk.haufe.example`,
    });
  }
  expect(dependencies["aurora-prod1706-app-portal"]).toContain("aurora-prod1706-app-core");
  expect(dependencies["aurora-traffic-manager"]).toEqual(
    expect.arrayContaining(["aurora-prod1706-app-core", "aurora-prod1706-app-portal"]),
  );
});

test("logs go to the generation's Graylog, and its certificate of the public names goes on to the next", () => {
  const priming = stacks["aurora-prod1706-priming"]!;
  const names = Object.values(resources(priming, "helm_release")).map(({ name }) => String(name));
  expect(names).toEqual(expect.arrayContaining(["graylog", "fluent-bit", "traefik"]));
  expect(JSON.stringify(priming)).toContain("graylog.prod1706.idesk.haufe.example");
  expect(JSON.stringify(priming)).toContain("PushSecret");
});

/** The pipelines of a fleet whose state is where each job finds it. */
const workflows = (of: Fleet, nights: boolean) =>
  githubWorkflows({
    handoff: handoffOf(synthesized({ ...of, state: { backend: "s3", bucket: "states", region: "eu-central-1", prefix: "a/" } })),
    source: "fleets/aurora.yaml",
    bundle: "bundles/aurora",
    clusters: of.clusters.map(({ name }) => name),
    nights,
  });

test("what is pushed into its registry was scanned before, and is what the generation gets", () => {
  const [registry] = Object.values(resources(stacks["aurora-registry-images"]!, "azurerm_container_registry"));
  expect(registry).toMatchObject({ admin_enabled: false, anonymous_pull_enabled: false });
  const made = workflows(fleet, false);
  for (const service of ["core", "portal"]) {
    const text = made[`.github/workflows/aurora-release-${service}.yml`]!;
    const at = ["docker build", "trivy", "docker push", `release-aurora-prod1706-app-${service}`].map((what) =>
      text.indexOf(what),
    );
    expect(at).toEqual([...at].sort((one, other) => one - other));
    expect(at[0]).toBeGreaterThan(0);
  }
});

describe("development", () => {
  const dev = loadFleet(join(root, "fleets/aurora/dev.yaml"));
  const made = synthFleet(dev);

  test("is production but for its name, its machines and its data, and has every stack that production has", () => {
    const ids = Object.keys(made.stacks).map((id) => id.replace(/^auroradev-/, "aurora-"));
    expect(ids.sort()).toEqual(Object.keys(stacks).sort());
    expect(readFileSync(join(root, "fleets/aurora/dev.yaml"), "utf8").trimEnd().split("\n").length).toBeLessThan(25);
  });

  test("takes production's disks as they are, changes nothing there, and serves only what was made anonymous", () => {
    const cluster = made.stacks["auroradev-prod1706-cluster"]!;
    const sources = Object.values(resources(cluster, "azurerm_snapshot")).map(({ source_resource_id }) =>
      String(source_resource_id),
    );
    expect(sources.map((id) => id.split("/").at(-1)).sort()).toEqual(["aurora-prod1706-files", "aurora-prod1706-postgres"]);
    for (const { custom_data } of Object.values(resources(cluster, "azurerm_linux_virtual_machine")))
      expect(Buffer.from(String(custom_data), "base64").toString()).toMatch(/UPDATE customers|truncate -s 0/);
    const owned = Object.values(made.stacks).flatMap((stack) => Object.keys(stack.resource ?? {}));
    expect(owned.length).toBeGreaterThan(10);
    expect(JSON.stringify(made.stacks)).not.toContain("aurora-prod1706-app");
  });

  test("may be thrown away at night: nothing of it is protected", () => {
    expect(handedOver(dev).stacks.flatMap((stack) => stack.protected)).toEqual([]);
    expect(handedOver(fleet).stacks.flatMap((stack) => stack.protected).length).toBeGreaterThan(0);
    expect(workflows(dev, true)[".github/workflows/auroradev-nights.yml"]).toContain(
      "auroradev-destroy.yml -f confirm=auroradev",
    );
    expect(() => workflows(fleet, true)).toThrow(/protected isn't destroyed by night/);
  });
});

describeWithTerraform("the next generation", () => {
  const folders: string[] = [];
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  function written(text: string): string {
    const out = mkdtempSync(join(tmpdir(), "aurora-"));
    folders.push(out);
    for (const [path, content] of Object.entries(synthFleet(withoutDeletionProtection(fleetOf(text))).files)) {
      mkdirSync(dirname(join(out, path)), { recursive: true });
      writeFileSync(join(out, path), content);
    }
    return out;
  }

  /** The page's first step: the new cluster beside the old one, which is fenced. */
  function withTheNext(): string {
    const added = add(committed, fleet, "prod1711", "prod1706").text;
    const document = parseDocument(added);
    for (const server of ["files", "postgres"]) {
      document.setIn(["clusters", "prod1706", "servers", server, "fenced"], true);
      document.setIn(["clusters", "prod1711", "servers", server, "disk", "restoreFrom"], { cluster: "prod1706" });
    }
    return document.toString({ lineWidth: 0 });
  }

  test("takes the old one's data when nobody writes any more, its tags, and then its names", async () => {
    const workspace = openWorkspace();
    folders.push(workspace.folder, workspace.sockets);
    const run = async (text: string, options: RehearsalOptions = {}) => {
      const report = await rehearseIn(workspace, written(text), {
        until: "apply",
        env: { TF_VAR_image_tag: "2.4.0" },
        ...options,
      });
      expect(report.errors).toEqual([]);
      return (stack: string, type: string) =>
        report.stacks[stack]!.plan.filter((change) => change.type === type && !["no-op", "read"].includes(change.actions.join()))
          .map(({ actions }) => actions.join())
          .sort();
    };
    await run(committed);

    const next = withTheNext();
    const added = await run(next);
    expect(added("aurora-prod1706-cluster", "azurerm_linux_virtual_machine")).toEqual(["delete", "delete"]);
    expect(added("aurora-prod1706-cluster", "azurerm_managed_disk")).toEqual([]);
    expect(added("aurora-prod1711-cluster", "azurerm_snapshot")).toEqual(["create", "create"]);
    expect(added("aurora-prod1711-cluster", "azurerm_linux_virtual_machine")).toEqual(["create", "create"]);
    expect(added("aurora-prod1711-app-core", "helm_release").every((action) => action === "create")).toBe(true);
    expect(added("aurora-traffic-manager", "azurerm_dns_cname_record")).toEqual([]);

    let text = next;
    for (const share of [10, 100]) text = shift(text, fleetOf(text), "prod1711", "prod1706", share).text;
    const shifted = await run(text, { stacks: ["aurora-traffic-manager"] });
    expect(shifted("aurora-traffic-manager", "azurerm_traffic_manager_external_endpoint").length).toBeGreaterThan(0);
  }, 600_000);
});
