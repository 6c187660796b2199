import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import { join } from "node:path";
import { ENTRY_FIELDS } from "../../../model/schema/apps";
import { type Api, type ApiObject, JSON_PATCH } from "./api";
import { CERT_MANAGER_WEBHOOK, CertManagerWebhook, hasRealWebhook } from "./cert-manager-webhook";
import { program } from "./parts";

/** Port of every webhook, and of metrics-server's API, in the pods of the charts that are installed here. */
const PORT = 10250;
const CONFIGURATIONS = ["validatingwebhookconfigurations", "mutatingwebhookconfigurations"];

/** In the place of operators: webhooks that allow, their authority where it belongs, and answers of custom resources. */
export class Operators {
  private server?: Server;
  private readonly names = new Set<string>();
  private readonly authority: string;
  /** @default - its program isn't there: the stand-in allows what it would judge */
  private readonly certManager?: CertManagerWebhook;
  /** What the webhooks were asked: operation, kind and name. */
  readonly asked: string[] = [];
  /** Challenges stay open, as in a zone that nobody has delegated. */
  readonly heldFinalizers = new Set<string>();

  constructor(
    private readonly api: Api,
    private readonly folder: string,
  ) {
    mkdirSync(folder, { recursive: true });
    this.authority = makeAuthority(folder);
    if (hasRealWebhook()) this.certManager = new CertManagerWebhook(api, folder);
  }

  async stop(): Promise<void> {
    const { server } = this;
    this.certManager?.stop();
    if (!server) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  async act(): Promise<void> {
    await this.webhooks();
    await this.answers();
    await this.finalizers();
  }

  /** Writes the authority into configurations, as cainjector and the operators' own controllers do. */
  private async webhooks(): Promise<void> {
    const configurations: (readonly [string, ApiObject])[] = [];
    for (const kind of CONFIGURATIONS)
      for (const one of await this.api.list(`/apis/admissionregistration.k8s.io/v1/${kind}`)) configurations.push([kind, one]);
    const hooks = configurations.flatMap(([, { webhooks = [] }]) =>
      webhooks.filter((hook: ApiObject) => hook.clientConfig.service),
    );
    const apis = (await this.api.list("/apis/apiregistration.k8s.io/v1/apiservices")).filter(({ spec }) => spec.service);
    const services = [...hooks.map((hook: ApiObject) => hook.clientConfig.service), ...apis.map(({ spec }) => spec.service)];
    if (services.length === 0) return;
    this.serve(services.map(({ name, namespace }: { name: string; namespace: string }) => `${name}.${namespace}.svc`));
    const caBundle = Buffer.from(this.authority).toString("base64");
    for (const [kind, { metadata, webhooks = [] }] of configurations) {
      const patches = (webhooks as ApiObject[]).flatMap(({ clientConfig }, index) =>
        clientConfig.service && clientConfig.caBundle !== caBundle
          ? [{ op: "add", path: `/webhooks/${index}/clientConfig/caBundle`, value: caBundle }]
          : [],
      );
      if (patches.length > 0)
        await this.api.patch(`/apis/admissionregistration.k8s.io/v1/${kind}/${metadata.name}`, patches, JSON_PATCH);
    }
  }

  /** One server for all: it knows by the certificate's names, not by ports, whom it stands for. */
  private serve(names: readonly string[]): void {
    const before = this.names.size;
    for (const name of names) this.names.add(name);
    if (this.names.size === before) return;
    const { key, cert } = makeCertificate(this.folder, [...this.names].map((name) => `DNS:${name}`).join(","));
    if (this.server) {
      this.server.setSecureContext({ key, cert });
      return;
    }
    this.server = createServer({ key, cert }, (request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        response.setHeader("content-type", "application/json");
        if (request.method !== "POST") response.end(JSON.stringify(discovery(request.url ?? "")));
        else
          this.review(request.headers.host ?? "", request.url ?? "", text).then(
            (said) => response.end(said),
            (error) => response.writeHead(500).end(String(error)),
          );
      });
    }).listen(PORT, "0.0.0.0");
  }

  private async review(host: string, path: string, text: string): Promise<string> {
    const { apiVersion, kind, request } = JSON.parse(text);
    this.asked.push(`${request.operation} ${request.kind?.kind} ${request.namespace ?? ""}/${request.name ?? ""}`);
    if (this.certManager && host.startsWith(`${CERT_MANAGER_WEBHOOK}.`)) {
      await this.certManager.start("web.key", "web.crt");
      return this.certManager.review(path, text);
    }
    return JSON.stringify({ apiVersion, kind, response: { uid: request.uid, allowed: true } });
  }

  /** Conditions of the custom resources that jobs wait for. */
  private async answers(): Promise<void> {
    const group = "/apis/external-secrets.io/v1";
    for (const kind of ["clustersecretstores", "externalsecrets"]) {
      const { status, body } = await this.api.get(`${group}/${kind}`);
      for (const { metadata, spec, status: said } of status === 200 ? (body.items ?? []) : []) {
        if (said?.conditions?.length > 0) continue;
        const place = metadata.namespace ? `namespaces/${metadata.namespace}/${kind}` : kind;
        const conditions = [{ type: "Ready", status: "True", reason: "StandIn", lastTransitionTime: new Date().toISOString() }];
        await this.api.patch(`${group}/${place}/${metadata.name}/status`, { status: { conditions } });
        if (kind === "externalsecrets") await this.makeSecret(metadata.namespace!, spec.target?.name ?? metadata.name, spec);
      }
    }
  }

  /** The Secret that an ExternalSecret asks for, with every key that somebody here waits for. */
  private async makeSecret(namespace: string, name: string, spec: ApiObject["spec"]): Promise<void> {
    const said = [
      ...(spec.data ?? []).map(({ secretKey }: { secretKey: string }) => secretKey),
      ...Object.keys(spec.target?.template?.data ?? {}),
      // a whole entry of the store: that of a database has all of these
      ...(spec.dataFrom ? ENTRY_FIELDS : []),
    ];
    const keys = SECRET_KEYS[name] ?? (said.length > 0 ? said : ["username", "password"]);
    const data = Object.fromEntries(keys.map((key) => [key, "eA=="]));
    await this.api.post(`/api/v1/namespaces/${namespace}/secrets`, {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name },
      data,
    });
  }

  /** Finalizers that only a living controller removes: gone a little after the object should go, while it is there. */
  private async finalizers(): Promise<void> {
    for (const [path, controller] of SERVED) {
      const { status, body } = await this.api.get(`/apis/${path}`);
      const kind = path.split("/").at(-1)!;
      for (const { metadata } of status === 200 ? (body.items ?? []) : []) {
        if (!metadata.deletionTimestamp || !metadata.finalizers?.length || this.heldFinalizers.has(kind)) continue;
        const { status: there, body: deployment } = await this.api.get(
          `/apis/apps/v1/namespaces/${controller}/deployments/${controller}`,
        );
        if (there !== 200 || !deployment.status?.readyReplicas) continue;
        const place = `/apis/${path.slice(0, path.lastIndexOf("/"))}/namespaces/${metadata.namespace}/${kind}/${metadata.name}`;
        await this.api.patch(place, { metadata: { finalizers: [] } });
      }
    }
  }
}

/** Kinds with a finalizer, and the deployment that serves it (its namespace has the same name). */
const SERVED = [
  ["acme.cert-manager.io/v1/challenges", "cert-manager"],
  ["external-secrets.io/v1/externalsecrets", "external-secrets"],
  ["velero.io/v1/restores", "velero"],
] as const;

/** Keys of the secrets that add-ons ask for, by docs/add-ons.md. */
export const SECRET_KEYS: Readonly<Record<string, readonly string[]>> = {
  "grafana-admin": ["admin-user", "admin-password"],
  "velero-repo-credentials": ["repository-password"],
  graylog: ["graylog-password-secret", "graylog-password-sha2", "mongodb-uri"],
  "graylog-mongodb": ["MONGO_INITDB_ROOT_USERNAME", "MONGO_INITDB_ROOT_PASSWORD"],
};

/** What an aggregated API says of itself, so that it counts as there: a group without resources. */
function discovery(url: string): object {
  const [, , group, version] = url.split("/");
  return { kind: "APIResourceList", apiVersion: "v1", groupVersion: `${group}/${version}`, resources: [] };
}

function openssl(folder: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(program("openssl")!, args, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`openssl ${args[0]}: ${stderr}`);
}

const KEY = ["-newkey", "rsa:2048", "-nodes"];

/** A key and a certificate of an authority in a folder. */
export function makeAuthority(folder: string): string {
  openssl(folder, "req", "-x509", ...KEY, "-keyout", "ca.key", "-out", "ca.crt", "-subj", "/CN=e2e-ca", "-days", "2");
  return readFileSync(join(folder, "ca.crt"), "utf8");
}

/** A key and a certificate of the folder's authority. */
export function makeCertificate(folder: string, names: string): { key: string; cert: string } {
  writeFileSync(join(folder, "names.cnf"), `subjectAltName=${names}\n`);
  openssl(folder, "req", ...KEY, "-keyout", "web.key", "-out", "web.csr", "-subj", "/CN=e2e");
  const signed = ["-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-out", "web.crt", "-days", "2"];
  openssl(folder, "x509", "-req", "-in", "web.csr", ...signed, "-extfile", "names.cnf");
  return { key: readFileSync(join(folder, "web.key"), "utf8"), cert: readFileSync(join(folder, "web.crt"), "utf8") };
}
