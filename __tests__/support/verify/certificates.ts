import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A key and a certificate for it, PEM. */
export interface Certified {
  readonly key: string;
  readonly cert: string;
}

/** An authority of its own for a test, which signs what it is asked to. Needs openssl. */
export class Authority {
  private readonly folder = mkdtempSync(join(tmpdir(), "authority-"));
  readonly cert: string;
  private made = 0;

  constructor() {
    this.cert = this.request("ca", "/O=Test/CN=Authority", ["-x509", "-days", "30"]).cert;
    writeFileSync(join(this.folder, "index"), "");
    writeFileSync(join(this.folder, "serial"), "01\n");
    writeFileSync(
      join(this.folder, "ca.cnf"),
      `[ca]\ndefault_ca=it\n[it]\ndatabase=${this.folder}/index\nserial=${this.folder}/serial\nnew_certs_dir=${this.folder}\ndefault_md=sha256\npolicy=any\nunique_subject=no\n[any]\ncommonName=optional\n`,
    );
  }

  /** @param days before now and after now between which it is valid */
  sign(names: readonly string[], days: readonly [from: number, to: number] = [-1, 90]): Certified {
    const name = `leaf-${this.made++}`;
    const { key } = this.request(name, "/CN=leaf", []);
    writeFileSync(join(this.folder, "names.cnf"), `subjectAltName=${names.map((host) => `DNS:${host}`).join(",")}\n`);
    const file = join(this.folder, `${name}.signed.pem`);
    const [from, to] = days.map((day) => `${new Date(Date.now() + day * 86_400_000).toISOString().replace(/[-:T]|\.\d+/g, "")}`);
    openssl(
      ...[
        "ca",
        "-batch",
        "-notext",
        "-config",
        join(this.folder, "ca.cnf"),
        "-in",
        join(this.folder, `${name}.pem`),
        "-out",
        file,
      ],
      ...[
        "-cert",
        join(this.folder, "ca.pem"),
        "-keyfile",
        join(this.folder, "ca.key"),
        "-extfile",
        join(this.folder, "names.cnf"),
      ],
      ...["-startdate", from!, "-enddate", to!],
    );
    return { key, cert: readFileSync(file, "utf8") };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private request(name: string, subject: string, more: readonly string[]): Certified {
    const [key, cert] = [join(this.folder, `${name}.key`), join(this.folder, `${name}.pem`)];
    const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
    openssl("req", "-new", ...curve, "-keyout", key, "-out", cert, "-subj", subject, ...more);
    return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  }
}

function openssl(...args: string[]): void {
  const { status, stderr } = spawnSync("openssl", args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`openssl ${args[0]}: ${stderr}`);
}

/** Whether there is an openssl. */
export const hasOpenssl = (): boolean => spawnSync("openssl", ["version"]).status === 0;
