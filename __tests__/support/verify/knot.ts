import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ask } from "../../../cli/verify/dns";
import { dnsServer } from "./dns-server";

/** Knot DNS as Debian has it (packages knot and knot-module-geoip), or what is missing. */
export function findKnot(): { readonly knotd: string } | { readonly missing: string } {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin"];
  const knotd = folders.map((folder) => join(folder, "knotd")).find(existsSync);
  if (!knotd) return { missing: "knotd is not on PATH (Debian: knot, knot-module-geoip)" };
  const libraries = [
    "/usr/lib",
    ...(existsSync("/usr/lib") ? readdirSync("/usr/lib").map((name) => join("/usr/lib", name)) : []),
  ];
  const modules = libraries
    .map((folder) => join(folder, "knot"))
    .filter(existsSync)
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name, "geoip.so")));
  // it loads modules from there by itself
  return modules.some(existsSync) ? { knotd } : { missing: "Knot's module geoip is missing (Debian: knot-module-geoip)" };
}

/** Addresses of a name by network, and the records that everybody gets. */
export interface KnotZone {
  readonly zone: string;
  /** Lines of a zone file. */
  readonly records: readonly string[];
  readonly byNetwork: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Whether the server knows the client-subnet option. @default true */
  readonly clientSubnet?: boolean;
}

/** A running server on a port of loopback. */
export class KnotServer {
  private constructor(
    readonly port: number,
    private readonly folder: string,
    private readonly process: ChildProcess,
  ) {}

  static async start(knotd: string, zone: KnotZone): Promise<KnotServer> {
    for (let tries = 1; ; tries++)
      try {
        return await KnotServer.startOnce(knotd, zone);
      } catch (error) {
        if (tries === 5 || !String(error).includes("address already in use")) throw error;
      }
  }

  private static async startOnce(
    knotd: string,
    { zone, records, byNetwork, clientSubnet = true }: KnotZone,
  ): Promise<KnotServer> {
    const folder = mkdtempSync(join(tmpdir(), "knot-"));
    const port = await freePort();
    writeFileSync(join(folder, "zone"), `${records.join("\n")}\n`);
    writeFileSync(
      join(folder, "geo.conf"),
      Object.entries(byNetwork)
        .map(([name, networks]) =>
          [
            `${name}:`,
            ...Object.entries(networks).map(([network, addresses]) => `  - net: ${network}/24\n    A: [${addresses.join(", ")}]`),
          ].join("\n"),
        )
        .join("\n"),
    );
    writeFileSync(
      join(folder, "knot.conf"),
      `server:
    rundir: ${folder}
    listen: 127.0.0.1@${port}
    edns-client-subnet: ${clientSubnet ? "on" : "off"}
    udp-workers: 1
    tcp-workers: 1
    background-workers: 1
database:
    storage: ${folder}
log:
  - target: stderr
    any: warning
mod-geoip:
  - id: geo
    config-file: ${folder}/geo.conf
    ttl: 60
    mode: subnet
zone:
  - domain: ${zone}
    file: ${folder}/zone
    module: mod-geoip/geo
`,
    );
    const process = spawn(knotd, ["-c", join(folder, "knot.conf")], { stdio: ["ignore", "ignore", "pipe"] });
    const server = new KnotServer(port, folder, process);
    let said = "";
    process.stderr!.on("data", (text) => (said += text));
    for (let tries = 0; !(await server.answers(zone)); tries++) {
      if (tries < 100 && process.exitCode === null) continue;
      await server.stop();
      throw new Error(`knotd doesn't answer: ${said}`);
    }
    return server;
  }

  /** Whether it has loaded the zone; a short while later where it hasn't. */
  private async answers(zone: string): Promise<boolean> {
    try {
      const server = { name: "knot", address: "127.0.0.1", port: this.port };
      if ((await ask(server, { name: zone, type: "SOA" })).answers.length > 0) return true;
    } catch {
      // it doesn't listen yet
    }
    await sleep(50);
    return false;
  }

  async stop(): Promise<void> {
    this.process.kill("SIGKILL");
    if (this.process.exitCode === null && this.process.signalCode === null) await once(this.process, "exit");
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A port that is free for UDP and for TCP, now: somebody else may be quicker. */
async function freePort(): Promise<number> {
  const { port, close } = await dnsServer(() => undefined);
  await close();
  return port;
}
