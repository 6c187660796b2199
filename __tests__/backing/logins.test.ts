import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SCRIPTS } from "../../constructs/priming/database-logins";
import { IDENTITY_SCRIPTS } from "../../constructs/priming/identity-logins";
import { describeUnless } from "../rehearsal/engine";
import { postgresProgram, serverOwner } from "../support/postgres";

const [initdb, postgres] = [postgresProgram("initdb"), postgresProgram("postgres")];
const owner = serverOwner();
const missing = initdb && postgres && owner ? undefined : "PostgreSQL's server programs are not installed";

describeUnless(missing, "the job that makes logins, on a real PostgreSQL", () => {
  const folder = mkdtempSync(join(tmpdir(), "logins-"));
  let stop = () => {};

  /** A login as the job finds it: a folder with a file for each key of the entry. */
  const login = (name: string, entry: Record<string, string>) => {
    mkdirSync(join(folder, "logins", name), { recursive: true });
    for (const [key, value] of Object.entries(entry)) writeFileSync(join(folder, "logins", name, key), value);
  };
  const job = (databases: string, identities?: string) =>
    spawnSync("sh", ["-eu", "-c", SCRIPTS.postgres + (identities === undefined ? "" : IDENTITY_SCRIPTS.postgres)], {
      encoding: "utf8",
      env: {
        PATH: process.env.PATH,
        LOGINS: join(folder, "logins"),
        DATABASES: databases,
        IDENTITIES: identities,
        PGSSLMODE: "disable",
      },
    });
  const psql = (user: string, password: string, database: string, sql: string) =>
    spawnSync("psql", ["--no-psqlrc", "-h", folder, "-U", user, "-d", database, "-Atc", sql], {
      encoding: "utf8",
      env: { PATH: process.env.PATH, PGPASSWORD: password },
    });

  beforeAll(async () => {
    const data = join(folder, "data");
    mkdirSync(data);
    if (owner?.uid && owner.gid) for (const path of [folder, data]) chownSync(path, owner.uid, owner.gid);
    writeFileSync(join(folder, "pw"), "first1Admin");
    execFileSync(
      initdb!,
      ["-D", data, "-U", "meridian", "-A", "scram-sha-256", `--pwfile=${join(folder, "pw")}`, "--no-sync"],
      owner!,
    );
    const args = ["-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"];
    const server = spawn(postgres!, args, { ...owner!, stdio: "ignore" });
    stop = () => void server.kill("SIGINT");
    for (let tries = 0; tries < 100 && psql("meridian", "first1Admin", "postgres", "SELECT 1").status !== 0; tries++)
      await new Promise((resolve) => setTimeout(resolve, 100));
    const at = { host: folder, port: "5432" };
    login("admin", { username: "meridian", password: "first1Admin" });
    login("orders", { ...at, password: "one1Orders" });
    login("invoices", { ...at, password: "one1Invoices" });
  }, 30_000);

  afterAll(() => {
    stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test("makes what is missing, gives each login its own database, and can be done again", () => {
    for (const _ of [1, 2])
      expect(job("orders invoices")).toMatchObject({ status: 0, stdout: "orders: ready\ninvoices: ready\n" });
    expect(psql("orders", "one1Orders", "orders", "CREATE TABLE t (id int)").status).toBe(0);
    expect(psql("orders", "one1Orders", "invoices", "SELECT 1").stderr).toContain("permission denied for database");
  });

  test("gives a login the new password of its entry", () => {
    login("orders", { password: "two2Orders" });
    expect(job("orders").status).toBe(0);
    expect(psql("orders", "two2Orders", "orders", "SELECT 1").stdout).toBe("1\n");
  });

  test("makes a user without a password beside it, which acts as the database's own login, and can do it again", () => {
    const sql = (text: string) => psql("root1", "super1User", "postgres", text);
    // as on RDS: an administrator that is no superuser, and a role of AWS's that it may give
    expect(
      psql("meridian", "first1Admin", "postgres", "CREATE ROLE root1 SUPERUSER LOGIN PASSWORD 'super1User'; CREATE ROLE rds_iam")
        .status,
    ).toBe(0);
    expect(sql("ALTER ROLE meridian NOSUPERUSER CREATEROLE CREATEDB; GRANT rds_iam TO meridian WITH ADMIN OPTION").status).toBe(
      0,
    );
    expect(sql("GRANT orders TO meridian WITH ADMIN OPTION").status).toBe(0);
    for (const _ of [1, 2]) expect(job("orders", "orders").stdout).toBe("orders: ready\norders_iam: ready\n");
    expect(
      sql("SELECT rolpassword IS NULL, pg_has_role(oid, 'rds_iam', 'MEMBER') FROM pg_authid WHERE rolname = 'orders_iam'").stdout,
    ).toBe("t|t\n");
    sql("ALTER ROLE orders_iam PASSWORD 'instead1OfAToken'");
    const made = psql("orders_iam", "instead1OfAToken", "orders", "CREATE TABLE u (id int)");
    expect(made).toMatchObject({ status: 0, stderr: "" });
    expect(psql("orders", "two2Orders", "orders", "SELECT tableowner FROM pg_tables WHERE tablename = 'u'").stdout).toBe(
      "orders\n",
    );
    expect(psql("orders_iam", "instead1OfAToken", "invoices", "SELECT 1").stderr).toContain("permission denied for database");
  });

  test("without the administrator's entry only tries the login, and says what to do when it is refused", () => {
    rmSync(join(folder, "logins", "admin"), { recursive: true });
    expect(job("orders").status).toBe(0);
    login("orders", { password: "other3Orders" });
    const refused = job("orders");
    expect(refused.status).not.toBe(0);
    expect(refused.stderr).toContain(
      "the login of 'orders' is refused: its entry and the server have different passwords; raise passwordVersion",
    );
  });
});
