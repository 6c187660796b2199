import { createHash } from "node:crypto";
import { parse } from "yaml";

/** Longest wait for one answer, in milliseconds. */
const PATIENCE = 30_000;
const CHART_LAYER = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";

/** A chart as a repository serves it. */
export interface ServedChart {
  readonly chart: string;
  /** https://… or http://… with an index.yaml, or oci://…, without the chart's name. */
  readonly repository: string;
}

/** All versions of a chart that its repository has, in no order. */
export async function versionsOf({ chart, repository }: ServedChart): Promise<string[]> {
  if (!repository.startsWith("oci://")) return (await entries({ chart, repository })).map(({ version }) => version);
  const { registry, name } = ociName({ chart, repository });
  const versions: string[] = [];
  let next: string | undefined = `${registry}/v2/${name}/tags/list?n=1000`;
  while (next !== undefined) {
    const response: Response = await ociGet(next);
    const { tags } = (await response.json()) as { tags: string[] | null };
    // a tag can't hold the + of a version
    versions.push(...(tags ?? []).map((tag) => tag.replace(/_/g, "+")));
    const link = /<([^>]+)>;\s*rel="next"/.exec(response.headers.get("link") ?? "")?.[1];
    next = link === undefined ? undefined : new URL(link, registry).toString();
  }
  return versions;
}

/**
 * The archive of one version, checked against the digest that its repository gives.
 * @throws where the version is missing, or the archive is not what the repository says
 */
export async function archiveOf(served: ServedChart, version: string): Promise<Buffer> {
  return served.repository.startsWith("oci://") ? ociArchive(served, version) : indexedArchive(served, version);
}

/** SHA-256 in hexadecimal digits. */
export const sha256 = (data: Buffer) => createHash("sha256").update(data).digest("hex");

interface Entry {
  readonly version: string;
  readonly urls: readonly string[];
  readonly digest?: string;
}

async function entries({ chart, repository }: ServedChart): Promise<readonly Entry[]> {
  const url = `${repository.replace(/\/$/, "")}/index.yaml`;
  const text = await (await get(url)).text();
  // all as text: a digest such as 12e4… is a number to YAML
  const index = parse(text, { maxAliasCount: -1, schema: "failsafe" }) as { entries?: Record<string, Entry[]> };
  const found = index.entries?.[chart];
  if (!found) throw new Error(`${url} has no chart '${chart}'`);
  return found;
}

async function indexedArchive(served: ServedChart, version: string): Promise<Buffer> {
  const entry = (await entries(served)).find((candidate) => same(candidate.version, version));
  const [url] = entry?.urls ?? [];
  if (!entry || url === undefined) throw new Error(`${served.repository} has no version '${version}' of chart '${served.chart}'`);
  const base = `${served.repository.replace(/\/$/, "")}/`;
  const archive = Buffer.from(await (await get(new URL(url, base).toString())).arrayBuffer());
  return checked(served, version, archive, entry.digest);
}

async function ociArchive(served: ServedChart, version: string): Promise<Buffer> {
  const { registry, name } = ociName(served);
  const tag = version.replace(/\+/g, "_");
  const manifest = await ociGet(`${registry}/v2/${name}/manifests/${tag}`, "application/vnd.oci.image.manifest.v1+json");
  const { layers } = (await manifest.json()) as { layers: { mediaType: string; digest: string }[] };
  const layer = layers.find(({ mediaType }) => mediaType === CHART_LAYER);
  if (!layer) throw new Error(`${served.repository}/${served.chart}:${tag} is no Helm chart`);
  const archive = Buffer.from(await (await ociGet(`${registry}/v2/${name}/blobs/${layer.digest}`)).arrayBuffer());
  return checked(served, version, archive, layer.digest);
}

function checked({ chart, repository }: ServedChart, version: string, archive: Buffer, digest: string | undefined): Buffer {
  const wanted = digest?.replace(/^sha256:/, "");
  if (wanted !== undefined && wanted !== sha256(archive))
    throw new Error(
      `${chart} ${version}: what ${repository} sent has another digest (${sha256(archive)}) than it says (${wanted})`,
    );
  return archive;
}

/** Helm forgives a leading v. */
const same = (a: string, b: string) => a.replace(/^v/, "") === b.replace(/^v/, "");

function ociName({ chart, repository }: ServedChart): { registry: string; name: string } {
  const [host = "", ...path] = repository.slice("oci://".length).split("/");
  // Docker Hub's registry is at another host than its name says; a registry on this machine has no TLS
  const actual = host === "docker.io" ? "registry-1.docker.io" : host;
  const scheme = /^(localhost|127\.0\.0\.1)(:\d+)?$/.test(host) ? "http" : "https";
  return { registry: `${scheme}://${actual}`, name: [...path, chart].join("/") };
}

/** Asks a registry, with an anonymous token where it wants one (distribution specification, token authentication). */
async function ociGet(url: string, accept = "*/*"): Promise<Response> {
  const first = await ask(url, { accept });
  if (first.status !== 401) return successful(url, first);
  const challenge = first.headers.get("www-authenticate") ?? "";
  const field = (name: string) => new RegExp(`${name}="([^"]+)"`).exec(challenge)?.[1];
  const realm = field("realm");
  if (realm === undefined) return successful(url, first);
  const tokens = new URL(realm);
  for (const name of ["service", "scope"]) {
    const value = field(name);
    if (value !== undefined) tokens.searchParams.set(name, value);
  }
  const answer = (await (await get(tokens.toString())).json()) as { token?: string; access_token?: string };
  const authorization = `Bearer ${answer.token ?? answer.access_token ?? ""}`;
  return successful(url, await ask(url, { accept, authorization }));
}

const get = async (url: string) => successful(url, await ask(url, {}));

async function ask(url: string, headers: Readonly<Record<string, string>>): Promise<Response> {
  try {
    return await fetch(url, { headers, signal: AbortSignal.timeout(PATIENCE) });
  } catch (error) {
    throw new Error(`${url} can't be reached: ${unreachable(error)}`);
  }
}

/** Why fetch threw; what it throws says only that it failed, and its cause says why. */
function unreachable(error: unknown): string {
  const { name, message, cause } = error as { name?: string; message?: string; cause?: { message?: string } };
  return name === "TimeoutError" ? `no answer in ${PATIENCE / 1000} s` : (cause?.message ?? message ?? String(error));
}

function successful(url: string, response: Response): Response {
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return response;
}
