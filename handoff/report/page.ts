import { createHash } from "node:crypto";
import { backingSection } from "./backing";
import { colourRules } from "./colours";
import { answerRules } from "./map";
import { html, type Markup, raw, scriptJson } from "./markup";
import type { Report } from "./model";
import { stacksSection } from "./stacks-section";
import { billedSection, changesSection, clustersSection, namesSection, releasesSection } from "./tables";
import { trafficSection } from "./traffic-section";

/** The page's own style and script: browser.css and browser.js beside this file. */
export interface PageAssets {
  readonly css: string;
  readonly js: string;
}

/** The report as one file that needs nothing else: no network, and no script but its own may run. */
export function reportPage(report: Report, { css, js }: PageAssets): string {
  const { fleet, source, zone, zoneEngine, traffic, clusters, handoff, names } = report;
  const style = [css.trim(), colourRules(clusters.length), answerRules(traffic.answers)].join("\n");
  const script = js.trim();
  const summary = [
    `${zone} on ${zoneEngine}`,
    counted(clusters.length, "cluster"),
    counted(names.length, "public name"),
    `${counted(handoff.stacks.length, "stack")} in ${counted(handoff.levels.length, "level")}`,
  ];
  const changes = changesSection(report);
  const backing = backingSection(report.backing);
  const sections: readonly (readonly [id: string, title: string, content: Markup])[] = [
    ["traffic", "Who is served where", trafficSection(report)],
    ...(changes ? [["changes", "What changed", changes] as const] : []),
    ["stacks", "Stacks and their order", stacksSection(report)],
    ["clusters", "Clusters and ranges", clustersSection(report)],
    ...(backing ? [["backing", "Databases, registries, servers, backups", backing] as const] : []),
    ["names", "Public names", namesSection(report)],
    ["versions", "Add-ons and versions", releasesSection(report)],
    ["billed", "What is billed", billedSection(report)],
  ];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(script)}; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Fleet ${fleet}</title>
<style>${raw(style)}</style>
</head>
<body>
<a class="skip" href="#traffic">To the map</a>
<header>
<h1>Fleet ${fleet}</h1>
<p>${summary.join(" · ")}</p>
<nav aria-label="Sections">${sections.map(([id, title]) => html`<a href="#${id}">${title}</a> `)}</nav>
</header>
<main>
${sections.map(([id, title, content]) => html`<section id="${id}">\n<h2>${title}</h2>\n${content}\n</section>\n`)}</main>
<footer>Made by Meridian from ${source}. Shapes of the map: Natural Earth and the US Census Bureau, public domain.</footer>
<script type="application/json" id="data">${scriptJson(clientData(report))}</script>
<script>${raw(script)}</script>
</body>
</html>
`.markup;
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

/** What the page's script looks up. */
function clientData({ traffic }: Report) {
  const { clients, clusters, answers, reasons, tables, names } = traffic;
  return {
    places: clients.map(({ place }) => place),
    clusters,
    answers,
    reasons,
    tables,
    names: names.map(({ table }) => table),
  };
}

const hashOf = (text: string): Markup => raw(`'sha256-${createHash("sha256").update(text).digest("base64")}'`);
