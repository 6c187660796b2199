import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SCRIPTS } from "../../constructs/priming/database-logins";
import { ENTRA_SCRIPT } from "../../constructs/priming/entra-logins";
import { IDENTITY_SCRIPTS, MEMBER_SCRIPTS } from "../../constructs/priming/identity-logins";
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
  /** As on Cloud SQL: no administrator above the login, which may make roles, and users that another hand has made. */
  const memberJob = (members: string) => {
    const { PATH } = process.env;
    return spawnSync("sh", ["-eu", "-c", MEMBER_SCRIPTS.postgres], {
      encoding: "utf8",
      env: { PATH, LOGINS: join(folder, "logins"), MEMBERS: members, PGSSLMODE: "disable" },
    });
  };
  const psql = (user: string, password: string, database: string, sql: string) =>
    spawnSync("psql", ["--no-psqlrc", "-h", folder, "-U", user, "-d", database, "-Atc", sql], {
      encoding: "utf8",
      env: { PATH: process.env.PATH, PGPASSWORD: password },
    });

  const root = (text: string) => psql("root1", "super1User", "postgres", text);
  const passwordOf = (name: string) => readFileSync(join(folder, "logins", name, "password"), "utf8");

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
    // as in the clouds: an administrator that is no superuser, and beside it what they do themselves
    psql("meridian", "first1Admin", "postgres", "CREATE ROLE root1 SUPERUSER LOGIN PASSWORD 'super1User'; CREATE ROLE rds_iam");
    root("ALTER ROLE meridian NOSUPERUSER CREATEROLE CREATEDB; GRANT rds_iam TO meridian WITH ADMIN OPTION");
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
    for (const _ of [1, 2]) expect(job("orders", "orders").stdout).toBe("orders: ready\norders_iam: ready\n");
    expect(
      root("SELECT rolpassword IS NULL, pg_has_role(oid, 'rds_iam', 'MEMBER') FROM pg_authid WHERE rolname = 'orders_iam'")
        .stdout,
    ).toBe("t|t\n");
    root("ALTER ROLE orders_iam PASSWORD 'instead1OfAToken'");
    const made = psql("orders_iam", "instead1OfAToken", "orders", "CREATE TABLE u (id int)");
    expect(made).toMatchObject({ status: 0, stderr: "" });
    expect(psql("orders", passwordOf("orders"), "orders", "SELECT tableowner FROM pg_tables WHERE tablename = 'u'").stdout).toBe(
      "orders\n",
    );
    expect(psql("orders_iam", "instead1OfAToken", "invoices", "SELECT 1").stderr).toContain("permission denied for database");
  });

  test("on Azure makes a role of an application, which acts as the login, and lets the administrator in Entra say who it is", () => {
    expect(job("orders").status).toBe(0);
    expect(root("CREATE ROLE \"f-west-logins-orders\" LOGIN CREATEROLE PASSWORD 'token1OfTheJob'").status).toBe(0);
    mkdirSync(join(folder, "token"));
    writeFileSync(join(folder, "token", "password"), "token1OfTheJob");
    const entra = (script: string) =>
      spawnSync("sh", ["-eu", "-c", script], {
        encoding: "utf8",
        env: {
          PATH: process.env.PATH,
          LOGINS: join(folder, "logins"),
          MEMBERS: "orders=f-west-app-shop=00000000-0000-0000-0000-000000000009",
          ENTRA: "f-west-logins-orders",
          TOKEN: join(folder, "token"),
          PGSSLMODE: "disable",
        },
      });
    // whoever labels a role needs what whoever comments on it needs; the label itself is understood by Azure's servers alone
    expect(entra(ENTRA_SCRIPT).stderr).toContain('security label provider "pgaadauth" is not loaded');
    const stand = ENTRA_SCRIPT.replace("SECURITY LABEL FOR pgaadauth ON ROLE", "COMMENT ON ROLE");
    for (const _ of [1, 2]) expect(entra(stand)).toMatchObject({ status: 0, stdout: "f-west-app-shop: ready\n" });
    expect(root("SELECT shobj_description(oid, 'pg_authid') FROM pg_roles WHERE rolname = 'f-west-app-shop'").stdout).toBe(
      "aadauth,oid=00000000-0000-0000-0000-000000000009,type=service\n",
    );
    expect(root("SELECT rolpassword IS NULL FROM pg_authid WHERE rolname = 'f-west-app-shop'").stdout).toBe("t\n");
    root("ALTER ROLE \"f-west-app-shop\" PASSWORD 'instead1OfAToken'");
    expect(psql("f-west-app-shop", "instead1OfAToken", "orders", "CREATE TABLE of_shop (id int)").stderr).toBe("");
    expect(psql("orders", passwordOf("orders"), "orders", "DROP TABLE of_shop").stderr).toBe("");
    expect(psql("f-west-app-shop", "instead1OfAToken", "invoices", "SELECT 1").stderr).toContain("permission denied");
  });

  test("gives the users of applications a role beside the login, which owns what any of them has made", () => {
    const made = [
      "CREATE ROLE cloudsqlsuperuser CREATEROLE CREATEDB",
      "CREATE ROLE stock LOGIN CREATEROLE CREATEDB PASSWORD 'one1Stock' IN ROLE cloudsqlsuperuser",
      ...["a-app", "b-app"].map((user) => `CREATE ROLE "${user}@shop.iam" LOGIN PASSWORD 'instead1OfAToken'`),
    ];
    expect(root(made.join(";"))).toMatchObject({ status: 0, stderr: "" });
    expect(root("CREATE DATABASE stock OWNER cloudsqlsuperuser").status).toBe(0);
    login("stock", { host: folder, port: "5432", password: "one1Stock" });
    expect(psql("stock", "one1Stock", "stock", "CREATE TABLE before (id int)").status).toBe(0);
    for (const _ of [1, 2])
      expect(memberJob("stock=a-app@shop.iam stock=b-app@shop.iam")).toMatchObject({
        status: 0,
        stdout: "a-app@shop.iam: ready\nb-app@shop.iam: ready\n",
      });
    const application = (user: string, text: string) => {
      const at = `postgresql://${user}%40shop.iam@/stock?host=${folder}&options=-c%20role%3Dstock_iam`;
      const env = { PATH: process.env.PATH, PGPASSWORD: "instead1OfAToken" };
      return spawnSync("psql", ["--no-psqlrc", at, "-Atc", text], { encoding: "utf8", env });
    };
    expect(application("a-app", "ALTER TABLE before ADD x int; CREATE TABLE a (id int)").stderr).toBe("");
    expect(application("b-app", "ALTER TABLE a ADD y int; INSERT INTO before VALUES (1, 2)").stderr).toBe("");
    // back to a password, with what was made meanwhile
    expect(psql("stock", "one1Stock", "stock", "ALTER TABLE a ADD z int; CREATE TABLE after (id int)").stderr).toBe("");
    expect(application("a-app", "DROP TABLE after").stderr).toBe("");
    expect(
      application("a-app", "SELECT string_agg(DISTINCT tableowner, ' ') FROM pg_tables WHERE schemaname = 'public'").stdout,
    ).toBe("stock_iam\n");
    expect(root(`SELECT pg_has_role('a-app@shop.iam', 'cloudsqlsuperuser', 'MEMBER')`).stdout).toBe("f\n");
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
