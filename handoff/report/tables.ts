import type { Billed } from "./billed";
import { type Cell, codes, html, type Markup, table } from "./markup";
import type { Report } from "./model";
import type { ReleaseRow } from "./releases";

/** The clusters: where they are, what they are made of, how long their version is supported. */
export function clustersSection({ clusters }: Report): Markup {
  const lines = (texts: readonly string[]) => html`${texts.map((text) => html`<span class="line">${text}</span>`)}`;
  return html`${table(
    "Clusters",
    ["cluster", "kind", "region", "Kubernetes", "supported until", "nodes", "API", ""],
    clusters.map(({ name, kind, region, place, account, zones, kubernetes, standardEnd, extendedEnd, pools, api, notes }) => [
      name,
      kind,
      lines([[place, region].filter(Boolean).join(", "), account ?? "", zones.join(", ")].filter(Boolean)),
      kubernetes ?? "",
      kubernetes === undefined ? "" : ends(standardEnd, extendedEnd),
      lines(pools),
      api,
      notes.join(", "),
    ]),
  )}
${table(
  "Address ranges",
  ["cluster", "network", "nodes", "pods", "services", "control plane"],
  clusters
    .filter(({ ranges }) => ranges.length > 0)
    .map(({ name, ranges }) => [
      name,
      ...["network", "nodes", "pods", "services", "control plane"].map((what) => {
        const range = ranges.find(([of]) => of === what)?.[1];
        return range === undefined ? "" : html`<code>${range}</code>`;
      }),
    ]),
)}`;
}

function ends(standard: string | undefined, extended: string | undefined): Cell {
  if (extended !== undefined) return html`${day(extended)}, paid; without ${standard ?? "?"}`;
  return standard === undefined ? "the catalogue doesn't know yet" : day(standard);
}

/** A day; the page says how far away it is when it is read. */
const day = (date: string): Markup => html`<time datetime="${date}">${date}</time>`;

/** The public names. */
export function namesSection({ names }: Report): Markup {
  if (names.length === 0) return html`<p>None.</p>`;
  return table(
    "Public names",
    ["name", "engine", "policy", "members", "application", "probe", "TTL", "recovers within"],
    names.map(({ fqdn, engine, policy, members, app, probe, ttlSeconds, recoverySeconds }) => [
      html`<code>${fqdn}</code>`,
      engine,
      policy,
      members,
      app,
      probe,
      `${ttlSeconds}\u00a0s`,
      recoverySeconds === undefined ? "never: nothing is asked" : `${recoverySeconds}\u00a0s`,
    ]),
  );
}

/** What is installed, in which version, on which clusters. */
export function releasesSection({ releases, apart, clusters, handoff }: Report): Markup {
  const on = (names: readonly string[]) =>
    names.length === clusters.length && names.length > 1 ? `all ${names.length}` : names.join(", ");
  const rows = (list: readonly ReleaseRow[]) =>
    list.map(({ name, namespace, chart, version, appVersion, image, endOfLife, replacement, clusters: names }) => [
      name,
      namespace,
      chart === name ? "" : chart,
      version,
      image ?? "",
      appVersion === undefined || withoutV(appVersion) === withoutV(version) ? "" : appVersion,
      endOfLife === undefined ? "" : html`${day(endOfLife)}${replacement ? `; then ${replacement}` : ""}`,
      on(names),
    ]);
  const head = ["release", "namespace", "chart", "version", "image", "installs", "fixes until", "clusters"];
  const [addOns, apps] = [releases.filter(({ isAddOn }) => isAddOn), releases.filter(({ isAddOn }) => !isAddOn)];
  return html`<p>Terraform <code>${handoff.terraform}</code>.</p>
${addOns.length > 0 ? table("Add-ons", head, rows(addOns)) : html`<p>No add-ons.</p>`}
${apps.length > 0 ? table("Applications", head, rows(apps)) : ""}
${apart.map(
  ({ app, clusters: names, keeps }) =>
    html`<p class="note">${keeps ? `What ${app} keeps on its volume` : `What the chart of ${app} keeps, if anything,`} is each cluster's own (${names.join(", ")}): nothing is copied between them, and they differ.</p>`,
)}`;
}

const withoutV = (version: string): string => version.replace(/^v/, "");

/** What costs something for being there. */
export function billedSection({ billed, clusters }: Report): Markup {
  const clouds = (["AWS", "Azure", "Google"] as const).filter((cloud) => billed.some((one) => one.cloud === cloud));
  const kinds = [...new Set(billed.map(({ what }) => what))];
  return html`${table(
    "What is billed for being there",
    ["what", ...clouds, "in all"],
    [
      ["nodes", ...clouds.map((cloud) => nodesOf(clusters, cloud)), nodesOf(clusters)],
      ...kinds.map((kind) => {
        const of = billed.filter(({ what }) => what === kind);
        return [kind, ...clouds.map((cloud) => counted(of.filter((one) => one.cloud === cloud))), String(sumOf(of))];
      }),
    ],
  )}
<p class="note">Counted in the stacks; nodes are the fewest and the most that the pools allow. Not counted: disks, traffic, requests, logs, and what add-ons and applications make by themselves.</p>`;
}

const CLOUD_OF: Readonly<Record<string, string>> = { EKS: "AWS", AKS: "Azure", GKE: "Google" };

/** The nodes of the clusters of a cloud, or of all. */
function nodesOf(clusters: Report["clusters"], cloud?: string): string {
  const nodes = clusters.flatMap(({ kind, nodes: some }) => (some && (!cloud || CLOUD_OF[kind] === cloud) ? [some] : []));
  const [min, max] = [nodes.reduce((sum, one) => sum + one.min, 0), nodes.reduce((sum, one) => sum + one.max, 0)];
  return nodes.length === 0 ? "" : min === max ? String(min) : `${min}\u2013${max}`;
}

const sumOf = (list: readonly Billed[]): number => list.reduce((total, { count }) => total + count, 0);

const counted = (list: readonly Billed[]): Cell =>
  list.length === 0 ? "" : html`${sumOf(list)} &times; <small>${[...new Set(list.map(({ of }) => of))].join(", ")}</small>`;

/** What changed, in the words of `diff`. */
export function changesSection({ changes }: Report): Markup | undefined {
  if (!changes) return undefined;
  return html`<p>Since ${codes([changes.against])}:</p>
<pre>${changes.lines.join("\n")}</pre>`;
}
