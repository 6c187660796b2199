import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kubeConnections, kubeconfig } from "../../handoff/kubeconfig";
import { handoffOf } from "../../handoff/model";
import { testUnless } from "../rehearsal/engine";
import { committedFleet, root } from "../support/fleet";
import { synthesized } from "./committed";
import { onPath } from "./operator";

const fleet = committedFleet("fleets/arctiq.yaml");
const handoff = handoffOf(
  synthesized(fleet),
  fleet.clusters.map(({ name }) => name),
);
const authority = Buffer.from("-----BEGIN CERTIFICATE-----\n").toString("base64");
const outputs = {
  "arctiq-saopaulo-cluster": { endpoint: "https://eks.example", certificate_authority: authority },
  "arctiq-toronto-cluster": { endpoint: "https://aks.example" },
};
const folder = mkdtempSync(join(tmpdir(), "kubeconfig-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const missing = spawnSync("kubectl", ["version", "--client"]).status === 0 ? undefined : "kubectl is not on PATH";

describe("the kubeconfig of a fleet in three clouds", () => {
  const text = kubeconfig(kubeConnections(handoff), outputs);
  const parsed = JSON.parse(text) as {
    users: { name: string; user: { exec: Record<string, unknown> } }[];
    contexts: { name: string }[];
  };

  test("has a context for each applied cluster, under its name in its cloud, and none that isn't", () => {
    expect(parsed.contexts.map(({ name }) => name)).toEqual(["arctiq-saopaulo", "arctiq-toronto"]);
  });

  test("fetches tokens by the clouds' own programs and holds none", () => {
    expect(parsed.users.map(({ user }) => [user.exec.command, user.exec.interactiveMode])).toEqual([
      ["aws", "IfAvailable"],
      ["kubelogin", "IfAvailable"],
    ]);
    expect(parsed.users.every(({ user }) => Object.keys(user).join() === "exec")).toBe(true);
    expect(text).not.toMatch(/"(token|password|client-key-data)"/);
  });

  testUnless(
    missing,
    "is read by kubectl, reaches nothing without a context, and merges into a person's own",
    () => {
      const own = join(folder, "own");
      const fleetFile = join(folder, "fleet");
      writeFileSync(
        own,
        JSON.stringify({
          apiVersion: "v1",
          kind: "Config",
          "current-context": "home",
          clusters: [{ name: "home", cluster: { server: "https://home.example" } }],
          users: [{ name: "home", user: {} }],
          contexts: [{ name: "home", context: { cluster: "home", user: "home" } }],
        }),
      );
      writeFileSync(fleetFile, text);
      const kubectl = (config: string, ...args: string[]) =>
        execFileSync("kubectl", args, { encoding: "utf8", env: { ...process.env, KUBECONFIG: config } });
      expect(kubectl(fleetFile, "config", "get-contexts", "-o", "name").trim().split("\n")).toEqual([
        "arctiq-saopaulo",
        "arctiq-toronto",
      ]);
      expect(() =>
        execFileSync("kubectl", ["config", "current-context"], { env: { ...process.env, KUBECONFIG: fleetFile }, stdio: "pipe" }),
      ).toThrow();
      const merged = kubectl(`${own}:${fleetFile}`, "config", "view", "--flatten");
      expect(merged).toMatch(/current-context: home/);
      for (const name of ["home", "arctiq-saopaulo", "arctiq-toronto"]) expect(merged).toContain(`name: ${name}`);
      const { stderr } = spawnSync(onPath("kubectl"), ["--context", "arctiq-toronto", "get", "nodes", "--request-timeout=1s"], {
        encoding: "utf8",
        env: { PATH: folder, HOME: folder, KUBECONFIG: fleetFile },
      });
      expect(stderr).toContain("Install kubelogin: https://azure.github.io/kubelogin");
    },
    30_000,
  );

  test("the bundle's jq writes the same bytes' worth", () => {
    const bundle = join(folder, "bundle.json");
    writeFileSync(bundle, JSON.stringify({ connections: kubeConnections(handoff) }));
    const program = readFileSync(join(root, "handoff/bundle/kubeconfig.jq"), "utf8");
    const printed = execFileSync("jq", ["--argjson", "outputs", JSON.stringify(outputs), program, bundle], { encoding: "utf8" });
    expect(JSON.parse(printed)).toEqual(JSON.parse(text));
  });
});

test("an existing cluster's connection is known without an output", () => {
  const literal = {
    host: "https://old.example",
    cluster_ca_certificate: `\${base64decode("${authority}")}`,
    exec: [{ api_version: "client.authentication.k8s.io/v1beta1", command: "aws", args: ["eks"], env: { AWS_PROFILE: "old" } }],
    token: "",
  };
  const stack = {
    id: "f-old-app-web",
    folder: "stacks/f-old-app-web",
    dependencies: [],
    config: { provider: { kubernetes: [literal] } },
  };
  const [connection] = kubeConnections(handoffOf([stack], ["old"]));
  expect(connection).toMatchObject({ name: "f-old", server: { text: "https://old.example" }, authority: { text: authority } });
  expect(connection!.exec.env).toEqual([{ name: "AWS_PROFILE", value: "old" }]);
});
