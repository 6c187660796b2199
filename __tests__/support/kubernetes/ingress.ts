import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Api, ApiObject } from "./api";
import { makeAuthority, makeCertificate } from "./operators";

/** Lists of objects that lead a host to a Service. */
const ROUTES = ["networking.k8s.io/v1/ingresses", "traefik.io/v1alpha1/ingressroutes", "gateway.networking.k8s.io/v1/httproutes"];

/** In the place of an ingress controller: answers a host where something in the cluster routes it. */
export class Ingress {
  private server?: Server;
  private readonly folder = mkdtempSync(join(tmpdir(), "ingress-"));
  /** What a host answers with. @default - 200 where it is routed, else 404 */
  readonly answers = new Map<string, number>();
  /** Hosts that were asked for, with their answers. */
  readonly asked: string[] = [];

  constructor(private readonly api: Api) {}

  /** A folder whose .curlrc leads every address to this server, as `curl` finds it by CURL_HOME. */
  async curlHome(): Promise<string> {
    if (!this.server) {
      makeAuthority(this.folder);
      const keys = makeCertificate(this.folder, "DNS:ingress");
      this.server = createServer(keys, (request, response) => {
        const host = (request.headers.host ?? "").split(":")[0]!;
        this.statusOf(host).then(
          (status) => {
            this.asked.push(`https://${host}${request.url} ${status}`);
            response.writeHead(status).end();
          },
          () => response.writeHead(502).end(),
        );
      });
      await new Promise<void>((resolve) => this.server!.listen(0, "127.0.0.1", resolve));
      const { port } = this.server.address() as AddressInfo;
      // the first that fits is taken, and this is read before what is given to the command
      writeFileSync(join(this.folder, ".curlrc"), `connect-to = "::127.0.0.1:${port}"\n`);
    }
    return this.folder;
  }

  private async statusOf(host: string): Promise<number> {
    const said = this.answers.get(host);
    if (said !== undefined) return said;
    for (const path of ROUTES) {
      const { status, body } = await this.api.get(`/apis/${path}`);
      if (status === 200 && (body.items ?? []).some((route) => leads(route, host))) return 200;
    }
    return 404;
  }

  async stop(): Promise<void> {
    const { server } = this;
    server?.closeAllConnections();
    if (server) await new Promise((resolve) => server.close(resolve));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function leads({ spec }: ApiObject, host: string): boolean {
  const ingress = (spec.rules ?? []).some((rule: ApiObject) => rule.host === host);
  const traefik = (spec.routes ?? []).some(({ match }: { match: string }) => match.includes(`Host(\`${host}\`)`));
  return ingress || traefik || (spec.hostnames ?? []).includes(host);
}
