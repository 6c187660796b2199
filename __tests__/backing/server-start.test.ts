import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cloudInit } from "../../constructs/backing/servers/cloud-init";
import { SCRIPTS } from "../../constructs/backing/servers/scripts";
import { describeUnless } from "../rehearsal/engine";
import { postgresProgram, serverOwner } from "../support/postgres";

const made: string[] = [];
afterAll(() => {
  for (const root of made) rmSync(root, { recursive: true, force: true });
});

/** A machine that is a folder, with programs that do what is said. */
function machine(settings: Record<string, string>, programs: Record<string, string>) {
  const root = mkdtempSync(join(tmpdir(), "machine-"));
  made.push(root);
  for (const folder of ["bin", "etc/meridian", "data", "usr/sbin", "run"]) mkdirSync(join(root, folder), { recursive: true });
  chmodSync(root, 0o755);
  const lines = Object.entries({ NAME: "gen-east-db", ADDRESS: "10.0.0.9", ...settings });
  writeFileSync(join(root, "etc/meridian/server"), lines.map(([key, value]) => `${key}='${value}'\n`).join(""));
  for (const [name, does] of Object.entries(programs)) {
    writeFileSync(join(root, "bin", name), `#!/bin/sh\n${does.replaceAll("ROOT", root)}\n`);
    chmodSync(join(root, "bin", name), 0o755);
  }
  const run = (script: string) =>
    spawnSync("sh", ["-c", script], { encoding: "utf8", env: { ROOT: root, PATH: `${root}/bin:${process.env.PATH}` } });
  return { root, run };
}

describe("a server of files", () => {
  const prepare = SCRIPTS.nfs.prepare;
  const there = { apt: "exit 1" };
  const withPackages = (isNew: boolean) => {
    const { root, run } = machine({ DISK_IS_NEW: isNew ? "yes" : "no" }, there);
    writeFileSync(join(root, "usr/sbin/exportfs"), "");
    return { root, run };
  };

  test("makes its folder on a new disk alone", () => {
    const fresh = withPackages(true);
    expect(fresh.run(prepare).status).toBe(0);
    expect(existsSync(join(fresh.root, "data/export"))).toBe(true);
    const restored = withPackages(false);
    expect(restored.run(prepare)).toMatchObject({
      status: 1,
      stderr: "gen-east-db: the restored disk has no folder 'export': nothing is served\n",
    });
  });

  test("runs sanitize once over restored data, and serves nothing while it fails", () => {
    const { root, run } = withPackages(false);
    mkdirSync(join(root, "data/export"));
    writeFileSync(join(root, "data/export/people.csv"), "somebody");
    // of the fleet that the disk is a copy of
    writeFileSync(join(root, "data/.sanitized-for-prod-east-db"), "");
    writeFileSync(join(root, "etc/meridian/sanitize"), "exit 3\n");
    expect(run(prepare)).toMatchObject({ status: 1, stderr: "gen-east-db: sanitize has failed: nothing is served\n" });
    writeFileSync(join(root, "etc/meridian/sanitize"), "rm people.csv\necho done >> ../times\n");
    for (const _ of [1, 2]) expect(run(prepare).status).toBe(0);
    expect(existsSync(join(root, "data/export/people.csv"))).toBe(false);
    expect(readFileSync(join(root, "data/times"), "utf8")).toBe("done\n");
  });

  test("waits for its packages, which are not started when they are installed", () => {
    const { root, run } = machine(
      { DISK_IS_NEW: "yes" },
      {
        "apt-get": '[ -x "ROOT/usr/sbin/policy-rc.d" ] || exit 1\necho "$*" >> "ROOT/apt"\n[ "$(wc -l < ROOT/apt)" -gt 2 ]',
        sleep: "exit 0",
      },
    );
    expect(run(prepare).status).toBe(0);
    expect(existsSync(join(root, "usr/sbin/policy-rc.d"))).toBe(false);
  });
});

const [initdb, postgres, pgCtl] = ["initdb", "postgres", "pg_ctl"].map(postgresProgram);
const owner = serverOwner();
const missing = initdb && postgres && pgCtl && owner ? undefined : "PostgreSQL's server programs are not installed";

describeUnless(missing, "a server of PostgreSQL, with the real one", () => {
  const version = /(\d+)/.exec(spawnSync(postgres!, ["--version"], { encoding: "utf8" }).stdout)![1]!;
  const as = owner?.uid ? `exec setpriv --reuid=${owner.uid} --regid=${owner.gid} --clear-groups` : "exec";
  const programs = {
    runuser: `shift 3\n${as} "$@"`,
    // the last argument is the folder
    install: `for folder in "$@"; do :; done\nmkdir -p "$folder"${owner?.uid ? `\nchown ${owner.uid}:${owner.gid} "$folder"` : ""}`,
    stat: "echo postgres",
    chown: owner?.uid ? `shift\n/bin/chown ${owner.uid}:${owner.gid} "$@"` : "exit 0",
    curl: 'while read -r line; do echo "$line" >> "ROOT/headers"; done\nfor url in "$@"; do :; done\ncase $url in\n*oauth2*) echo \'{"access_token":"a-token"}\' ;;\n*) printf \'{"value":"%s"}\' "$(cat "ROOT/vault/$(basename "${url%%\\?*}")")" ;;\nesac',
  };
  const server = (isNew: boolean, more: Record<string, string> = {}) => {
    const made = machine({ DISK_IS_NEW: isNew ? "yes" : "no", VERSION: version, ...more }, programs);
    const bin = join(made.root, "usr/lib/postgresql", version, "bin");
    mkdirSync(dirname(bin), { recursive: true });
    mkdirSync(bin);
    for (const program of [initdb!, postgres!, pgCtl!]) symlinkSync(program, join(bin, program.split("/").at(-1)!));
    writeFileSync(join(made.root, "etc/meridian/pg_hba.conf"), "local all all trust\n");
    if (owner?.uid && owner.gid) chownSync(join(made.root, "data"), owner.uid, owner.gid);
    return made;
  };

  test("makes its data on a new disk alone, and serves no other major version's", () => {
    const fresh = server(true);
    const first = fresh.run(SCRIPTS.postgres.prepare);
    expect([first.status, first.stderr]).toEqual([0, ""]);
    expect(readFileSync(join(fresh.root, "data/postgresql/PG_VERSION"), "utf8")).toBe(`${version}\n`);
    writeFileSync(join(fresh.root, "data/postgresql/PG_VERSION"), "9\n");
    expect(fresh.run(SCRIPTS.postgres.prepare).stderr).toContain(`the data is of PostgreSQL 9, and this is ${version}`);
    expect(server(false).run(SCRIPTS.postgres.prepare)).toMatchObject({
      status: 1,
      stderr: "gen-east-db: the restored disk has no data of PostgreSQL in the folder 'postgresql': nothing is served\n",
    });
  }, 30_000);

  test("sanitizes before anybody can connect, and gives logins the vault's passwords, again and again", async () => {
    const { root, run } = server(true, { DATABASES: "app", VAULT: "gen-1a2b3c", LOGINS: "gen-login-db" });
    expect(run(SCRIPTS.postgres.prepare).status).toBe(0);
    writeFileSync(join(root, "etc/meridian/sanitize"), "psql -d nowhere -c 'SELECT 1'\n");
    expect(run(SCRIPTS.postgres.prepare).stderr).toContain("gen-east-db: sanitize has failed: nothing is served");
    expect(existsSync(join(root, "data/postgresql/postmaster.pid"))).toBe(false);
    writeFileSync(join(root, "etc/meridian/sanitize"), "psql -qd postgres -c 'CREATE TABLE was_here ()'\n");
    for (const _ of [1, 2]) expect(run(SCRIPTS.postgres.prepare).status).toBe(0);

    mkdirSync(join(root, "vault"));
    const data = join(root, "data/postgresql");
    const socket = join(root, "run/postgresql");
    writeFileSync(join(root, "etc/meridian/pg_hba.conf"), "local all postgres trust\nlocal all all scram-sha-256\n");
    const args = ["-D", data, "-k", socket, "-c", "listen_addresses=", "-c", `hba_file=${root}/etc/meridian/pg_hba.conf`];
    const running = spawn(postgres!, [...args, "-c", "fsync=off"], { ...owner!, stdio: "ignore" });
    const psql = (user: string, database: string, password: string, sql: string) =>
      spawnSync("psql", ["--no-psqlrc", "-h", socket, "-U", user, "-d", database, "-Atc", sql], {
        encoding: "utf8",
        env: { PATH: process.env.PATH, PGPASSWORD: password },
      });
    try {
      for (let tries = 0; tries < 100 && psql("postgres", "postgres", "", "SELECT 1").status !== 0; tries++)
        await new Promise((resolve) => setTimeout(resolve, 100));
      expect(psql("postgres", "postgres", "", "SELECT count(*) FROM was_here").stdout).toBe("0\n");
      for (const password of ["one1App", "two2App"]) {
        writeFileSync(join(root, "vault/gen-login-db-app"), password);
        const logins = run(SCRIPTS.postgres.logins);
        expect([logins.status, logins.stderr]).toEqual([0, ""]);
        expect(psql("app", "app", password, "SELECT current_user").stdout).toBe("app\n");
      }
      expect(psql("app", "app", "one1App", "SELECT 1").status).not.toBe(0);
      expect(readFileSync(join(root, "headers"), "utf8")).toContain('header = "Authorization: Bearer a-token"');
    } finally {
      running.kill("SIGINT");
      await new Promise((resolve) => running.once("exit", resolve));
    }
  }, 60_000);
});

test("what a machine is told holds no secret, and has a unit for each script that it starts", () => {
  const start = {
    name: "gen-east-db",
    server: { role: "postgres", disk: { sizeGiB: 32, restoreFrom: { cluster: "west" } }, sanitize: "psql -c 'SELECT 1'" },
    address: "10.0.0.9",
    nodes: "10.0.0.0/19",
    version: "17",
    databases: ["app", "shop"],
    vault: "gen-1a2b3c",
    logins: "gen-login-db",
  } as const;
  const text = cloudInit(start);
  expect(text.startsWith("#cloud-config\n")).toBe(true);
  const { write_files: files } = JSON.parse(text.slice(text.indexOf("\n"))) as {
    write_files: { path: string; content: string; permissions: string }[];
  };
  const at = (path: string) => files.find((file) => file.path === path)?.content;
  expect(at("/etc/meridian/server")).toBe(
    "NAME='gen-east-db'\nADDRESS='10.0.0.9'\nDISK_IS_NEW='no'\nVERSION='17'\nDATABASES='app shop'\nVAULT='gen-1a2b3c'\nLOGINS='gen-login-db'\n",
  );
  expect(at("/etc/meridian/sanitize")).toBe("psql -c 'SELECT 1'\n");
  expect(at("/etc/meridian/pg_hba.conf")).toContain("hostssl all all 10.0.0.0/19 scram-sha-256");
  const started = files.flatMap(({ content }) => /ExecStart=\/usr\/local\/sbin\/(\S+)/.exec(content)?.[1] ?? []);
  expect(started.sort()).toEqual(["meridian-data-disk", "meridian-logins", "meridian-prepare"]);
  for (const script of started) expect(files.find(({ path }) => path.endsWith(`/${script}`))?.permissions).toBe("0755");
  const files17 = cloudInit({ ...start, server: { role: "nfs", disk: { sizeGiB: 32 } } });
  expect(files17).toContain("DISK_IS_NEW='yes'");
  expect(files17).toContain("/data/export 10.0.0.0/19(rw,mp=/data,fsid=1,sync,no_subtree_check,no_root_squash)");
});
