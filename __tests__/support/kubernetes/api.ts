import { Agent, request } from "node:https";

/** Who speaks to the API server: a token, or a client certificate. */
export interface Credential {
  readonly token?: string;
  readonly certificate?: string;
  readonly key?: string;
}

/** A Kubernetes object as the API gives it. */
export interface ApiObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly generation?: number;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
    readonly ownerReferences?: readonly { readonly kind: string }[];
    readonly deletionTimestamp?: string;
    readonly creationTimestamp?: string;
  };
  // biome-ignore lint/suspicious/noExplicitAny: the shape is each kind's own
  readonly [field: string]: any;
}

export interface Answer {
  readonly status: number;
  readonly body: ApiObject & { readonly items?: readonly ApiObject[]; readonly message?: string };
}

const PATCH = "application/merge-patch+json";
export const STRATEGIC = "application/strategic-merge-patch+json";
export const JSON_PATCH = "application/json-patch+json";

/** An API server, seen by one user. */
export class Api {
  private readonly agent: Agent;

  constructor(
    readonly endpoint: string,
    /** PEM */
    readonly authority: string,
    readonly credential: Credential,
  ) {
    const { certificate: cert, key } = credential;
    this.agent = new Agent({ ca: authority, cert, key, keepAlive: true, maxSockets: 8 });
  }

  as(credential: Credential): Api {
    return new Api(this.endpoint, this.authority, credential);
  }

  get = (path: string) => this.call("GET", path);
  post = (path: string, body: object) => this.call("POST", path, body);
  remove = (path: string, body?: object) => this.call("DELETE", path, body);
  patch = (path: string, body: object, type = PATCH) => this.call("PATCH", path, body, type);

  /** Objects of a list. @throws where it can't be had */
  async list(path: string): Promise<readonly ApiObject[]> {
    const { status, body } = await this.get(path);
    if (status !== 200) throw new Error(`GET ${path}: ${status} ${body.message ?? ""}`);
    return body.items ?? [];
  }

  call(method: string, path: string, body?: object, type = "application/json"): Promise<Answer> {
    const { token } = this.credential;
    const text = body === undefined ? "" : JSON.stringify(body);
    // said, because Node sends the body of a DELETE without it
    const length = { "content-type": type, "content-length": Buffer.byteLength(text) };
    const headers = { ...length, ...(token !== undefined && { authorization: `Bearer ${token}` }) };
    return new Promise((resolve, reject) => {
      const sent = request(new URL(path, this.endpoint), { method, headers, agent: this.agent, timeout: 20_000 }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const answer = Buffer.concat(chunks).toString("utf8");
          const isJson = answer.startsWith("{");
          const said = isJson ? JSON.parse(answer) : { metadata: { name: "" }, message: answer };
          resolve({ status: response.statusCode ?? 0, body: said });
        });
      });
      sent.on("error", reject);
      sent.on("timeout", () => sent.destroy(new Error(`${method} ${path}: no answer in 20 s`)));
      sent.end(text);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

/** Waits until something is so. @throws after the time, with the last reason */
export async function until(what: string, seconds: number, done: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + seconds * 1000;
  let reason = "";
  while (Date.now() < end) {
    try {
      if (await done()) return;
    } catch (error) {
      reason = String(error);
    }
    await pause(250);
  }
  throw new Error(`${what}: not in ${seconds} s ${reason}`);
}

export const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
