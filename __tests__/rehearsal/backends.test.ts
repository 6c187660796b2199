import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { withoutDeletionProtection } from "../../changes/unprotected";
import { readStacks } from "../../output/folder";
import { rehearse } from "../../rehearsal";
import { adjust, bringIn, openWorkspace } from "../../rehearsal/runner/workspace";
import { fleetOf, synthFleet } from "../support/fleet";
import { postgresProgram, serverOwner } from "../support/postgres";
import { describeWithTerraform, testUnless } from "./engine";
import { stateServer } from "./state-server";

const folder = mkdtempSync(join(tmpdir(), "backend-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A small fleet whose stacks read each other's state: a zone, and clusters that exist already. */
function stacksWithState(state: object): { readonly stacks: string; readonly unprotected: string } {
  const fleet = fleetOf(`fleet: remote
dns: { zone: k8s.example.com, aws: { accountId: "111122223333" } }
state: ${JSON.stringify(state)}
clusters:
  old:
    cloud: existing
    region: eu-west-1
    addons: {}
    existing: { endpoint: "https://old.example.com", exec: { command: get-token }, ingress: { ips: [198.51.100.7] } }
names:
  app: { policy: simple, members: [old] }
`);
  const write = (output: ReturnType<typeof synthFleet>): string => {
    const out = mkdtempSync(join(folder, "out-"));
    for (const [path, text] of Object.entries(output.files)) {
      mkdirSync(dirname(join(out, path)), { recursive: true });
      writeFileSync(join(out, path), text);
    }
    return out;
  };
  return { stacks: write(synthFleet(fleet)), unprotected: write(synthFleet(withoutDeletionProtection(fleet))) };
}

async function freePort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describeWithTerraform("a fleet's state", () => {
  const [initdb, postgres] = [postgresProgram("initdb"), postgresProgram("postgres")];
  const owner = serverOwner();
  let server: ChildProcess | undefined;
  afterAll(() => server?.kill("SIGKILL"));

  testUnless(
    initdb && postgres && owner ? undefined : "PostgreSQL's server programs are not installed",
    "goes through the pg backend, and its readers find it there",
    async () => {
      const data = mkdtempSync(join(folder, "pg-"));
      chmodSync(folder, 0o755);
      if (owner?.uid && owner.gid) chownSync(data, owner.uid, owner.gid);
      execFileSync(initdb ?? "", ["-D", join(data, "db"), "-U", "state", "-A", "trust", "--no-sync", "-E", "UTF8"], {
        ...owner,
        cwd: data,
        stdio: "ignore",
      });
      // the backend makes this at an init where it isn't there yet, which two inits at once sometimes both try (Terraform 1.11.4)
      execFileSync(postgres ?? "", ["--single", "-D", join(data, "db"), "postgres"], {
        ...owner,
        cwd: data,
        input: "CREATE SEQUENCE public.global_states_id_seq AS bigint;\n",
        stdio: ["pipe", "ignore", "ignore"],
      });
      const port = await freePort();
      const args = ["-D", join(data, "db"), "-p", String(port), "-h", "127.0.0.1", "-k", data, "-F"];
      const child = spawn(postgres ?? "", args, { ...owner, cwd: data, stdio: ["ignore", "ignore", "pipe"] });
      server = child;
      await new Promise<void>((resolve) => child.stderr.on("data", (text) => /ready to accept/.test(String(text)) && resolve()));

      const { stacks, unprotected } = stacksWithState({ backend: "pg" });
      const env = { PG_CONN_STR: `postgres://state@127.0.0.1:${port}/postgres?sslmode=disable` };
      const report = await rehearse(stacks, { keepBackends: true, env, unprotected });
      expect(report.errors).toEqual([]);
      expect(report.adjustments).toEqual([]);
      const zoneId = report.stacks["remote-global"]?.outputs.zone_id;
      const records = report.stacks["remote-route53"]?.resources.filter(({ type }) => type === "aws_route53_record");
      expect(records?.map(({ attributes }) => attributes.zone_id)).toContain(zoneId);
    },
    60_000,
  );

  test("goes through the http backend with locking; a held lock stops the stack that it is for", async () => {
    const states = await stateServer();
    try {
      const { stacks } = stacksWithState({ backend: "http", address: `${states.url}/{stack}` });
      const report = await rehearse(stacks, { keepBackends: true, until: "apply" });
      expect(report.errors).toEqual([]);
      expect([...states.locksTaken.keys()].sort()).toEqual(Object.keys(report.stacks).sort());
      expect(states.held()).toEqual([]);

      states.hold("remote-global", "somebody-elses-lock");
      const refused = await rehearse(stacks, { keepBackends: true, stacks: ["remote-global"], until: "apply" });
      expect(refused.errors[0]?.summary).toMatch(/acquiring the state lock/);
      expect(refused.errors[0]?.detail).toContain("ID=somebody-elses-lock");
    } finally {
      await states.close();
    }
  }, 60_000);

  test.each([
    { backend: "s3", bucket: "states", region: "eu-west-1", accountId: "111122223333" },
    {
      backend: "azurerm",
      subscriptionId: "00000000-0000-4000-8000-000000000001",
      resourceGroup: "g",
      storageAccount: "account",
      container: "states",
    },
    { backend: "gcs", bucket: "states" },
    { backend: "pg" },
    { backend: "http", address: "https://states.example.com/{stack}" },
    { backend: "hcp", organization: "meridian", project: "clusters" },
  ])("of backend $backend is kept beside the stacks in a rehearsal, for producers and readers alike", (state) => {
    const workspace = openWorkspace();
    try {
      bringIn(workspace, stacksWithState(state).stacks);
      const told = adjust(workspace, readStacks(workspace.synthesized), false, {});
      expect(told).toEqual([
        `state is kept in the rehearsal's folder instead of backend '${state.backend === "hcp" ? "cloud" : state.backend}'`,
      ]);
      const overrideOf = (id: string) =>
        JSON.parse(readFileSync(join(workspace.synthesized, "stacks", id, "rehearsal_override.tf.json"), "utf8"));
      const path = "../../../state/remote-global.tfstate";
      expect(overrideOf("remote-global").terraform.backend).toEqual({ local: { path } });
      expect(overrideOf("remote-route53").data.terraform_remote_state.global).toMatchObject({
        backend: "local",
        config: { path },
      });
    } finally {
      workspace.remove(false);
    }
  });
});
