import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ASK } from "../../constructs/priming/entra-logins";
import { describeUnless } from "../rehearsal/engine";

const missing = spawnSync("curl", ["--version"]).status === 0 ? undefined : "curl is not installed";

describeUnless(missing, "the job that makes logins on Azure asks Entra for its token", () => {
  const folder = mkdtempSync(join(tmpdir(), "token-"));
  let server: Server;
  let asked = "";
  let answer: { readonly status: number; readonly body: string } = { status: 200, body: "" };

  beforeAll(async () => {
    for (const name of ["federated", "token"]) mkdirSync(join(folder, name));
    writeFileSync(join(folder, "federated", "token"), "the.cluster's+token");
    server = createServer((request, response) => {
      asked = "";
      request.on("data", (part) => (asked += String(part)));
      request.on("end", () => response.writeHead(answer.status, { "content-type": "application/json" }).end(answer.body));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });

  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = (script: string) =>
    new Promise<{ readonly code: number | null; readonly stderr: string }>((resolve) => {
      const { port } = server.address() as AddressInfo;
      const env = {
        PATH: process.env.PATH,
        CLIENT_ID: "00000000-0000-0000-0000-000000000009",
        TOKEN_URL: `http://127.0.0.1:${port}/tenant/oauth2/v2.0/token`,
        FEDERATED: join(folder, "federated"),
        TOKEN: join(folder, "token"),
      };
      const child = spawn("sh", ["-eu", "-c", script], { env });
      let stderr = "";
      child.stderr.on("data", (part) => (stderr += String(part)));
      child.on("close", (code) => resolve({ code, stderr }));
    });

  test("with the cluster's own, for PostgreSQL, and keeps nothing else of the answer", async () => {
    answer = { status: 200, body: '{"token_type":"Bearer","expires_in":86399,"access_token":"eyJ0.e30.c2ln"}' };
    expect(await ask(ASK)).toEqual({ code: 0, stderr: "" });
    expect(Object.fromEntries(new URLSearchParams(asked))).toEqual({
      grant_type: "client_credentials",
      client_id: "00000000-0000-0000-0000-000000000009",
      scope: "https://ossrdbms-aad.database.windows.net/.default",
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: "the.cluster's+token",
    });
    expect(readFileSync(join(folder, "token", "password"), "utf8").trim()).toBe("eyJ0.e30.c2ln");
    expect(existsSync(join(folder, "token", "answer"))).toBe(false);
  });

  test("and stops where it gets none", async () => {
    answer = { status: 200, body: "{}" };
    expect(await ask(ASK)).toEqual({ code: 1, stderr: "Entra's answer has no access_token\n" });
    answer = { status: 400, body: '{"error":"invalid_client"}' };
    const once = ASK.replace("--retry 12", "--retry 0");
    expect((await ask(once)).code).not.toBe(0);
  });
});
