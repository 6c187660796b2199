import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pageAssets } from "../../../cli/report-assets";
import { main as where } from "../../../cli/where";
import { type Report, reportOf } from "../../../handoff/report/model";
import { reportPage } from "../../../handoff/report/page";
import { everywhere } from "../../../routing/clients";
import { shares } from "../../../routing/simulate";
import { chromium, Page } from "../../support/chromium";
import { committedFleet, fleetFiles, root } from "../../support/fleet";
import { synthesized } from "../committed";

if (!chromium)
  process.stderr.write("the report in a browser: skipped, as there is no Chromium here (Debian's package `chromium`)\n");
const inBrowser = chromium ? test : test.skip;

const folder = mkdtempSync(join(tmpdir(), "report-"));
let page: Page;
beforeAll(async () => {
  if (chromium) page = await Page.open(chromium);
});
afterAll(async () => {
  await page?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Row {
  readonly name: string;
  readonly from: string;
  readonly answers: Parameters<typeof shares>[0];
}

/** What `where` says, by name and place: each cluster's part in per cent. */
function whereSays(file: string, ...options: readonly string[]): Readonly<Record<string, Readonly<Record<string, number>>>> {
  let text = "";
  const from = everywhere().map((client) => client.from);
  expect(where([join(root, file), "--json", "--from", from.join(","), ...options], (part) => (text += part))).toBe(0);
  const rows = (JSON.parse(text) as { rows: readonly Row[] }).rows;
  return Object.fromEntries(rows.map(({ name, from, answers }) => [`${name} ${from}`, inPerCent(shares(answers))]));
}

const inPerCent = (parts: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(parts).map(([cluster, share]) => [cluster, Math.round(share * 100)]));

/** What a person sees: the colours of each place, by the swatches of the list beside the map. */
const SEEN = `(() => {
  const fill = (element) => getComputedStyle(element).fill;
  const swatches = [...document.querySelectorAll("#failures li")].map((row) => [
    getComputedStyle(row.querySelector(".swatch")).backgroundColor,
    row.querySelector("b").textContent,
  ]);
  const clusterOf = new Map(swatches);
  if (clusterOf.size !== swatches.length) throw new Error("two clusters have one colour");
  return Object.fromEntries([...document.querySelectorAll("#map [data-i]")].map((shape) => {
    const colour = fill(shape);
    const pattern = /#p\\d+/.exec(colour);
    if (!pattern) return [shape.dataset.i, { [clusterOf.get(colour)]: 100 }];
    const bands = [...document.querySelector(pattern[0]).children];
    const whole = bands.reduce((sum, band) => sum + band.width.baseVal.value, 0);
    return [shape.dataset.i, Object.fromEntries(bands.map((band) => [clusterOf.get(fill(band)), Math.round(100 * band.width.baseVal.value / whole)]))];
  }));
})()`;

const choose = (name: number) =>
  `(() => { const list = document.getElementById("name"); list.value = ${name}; list.dispatchEvent(new Event("change")); })()`;

function written(file: string): { readonly path: string; readonly report: Report } {
  const fleet = committedFleet(file);
  const report = reportOf(fleet, synthesized(fleet), file);
  const path = join(folder, `${fleet.name}.html`);
  writeFileSync(path, reportPage(report, pageAssets()));
  return { path, report };
}

describe.each(fleetFiles)("%s", (file) => {
  inBrowser("each place has the colour of who serves it, in light and in dark; nothing is too wide for a phone", async () => {
    const { path, report } = written(file);
    const { clients, names } = report.traffic;
    const said = names.length > 0 ? whereSays(file) : {};
    for (const dark of [false, true]) {
      await page.show(path, { dark });
      // in the dark one name is enough: each cluster has its colour there
      for (const [place, { fqdn }] of names.slice(0, dark ? 1 : names.length).entries()) {
        await page.read(choose(place));
        const seen = Object.entries(await page.read<Record<string, Record<string, number>>>(SEEN));
        expect(seen.length).toBeGreaterThan(clients.length - 3);
        const expected = seen.map(([index]) => said[`${fqdn} ${clients[Number(index)]!.from}`]);
        expect([fqdn, seen.map(([, parts]) => parts)]).toEqual([fqdn, expected]);
      }
      await page.show(path, { dark, width: 360, height: 740 });
      await page.read(`document.querySelectorAll("details").forEach((one) => { one.open = true; })`);
      expect(await page.read("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
    }
    expect(page.complaints).toEqual([]);
  });
});

inBrowser(
  "a failure is chosen by the keyboard: the map shows what `where --down` says, and the page says how much moves",
  async () => {
    const file = "fleets/arctiq.yaml";
    const { path, report } = written(file);
    await page.show(path);
    await page.read(`document.getElementById("place").focus()`);
    await page.press("Tab", "ArrowDown");
    expect(await page.read(`document.querySelector("#failures input:checked").value`)).toBe("down 0");
    const { clients, names, clusters } = report.traffic;
    const said = whereSays(file, "--down", clusters[0]!);
    const seen = await page.read<Record<string, Record<string, number>>>(SEEN);
    for (const [index, parts] of Object.entries(seen))
      expect([clients[Number(index)]!.from, parts]).toEqual([
        clients[Number(index)]!.from,
        said[`${names[0]!.fqdn} ${clients[Number(index)]!.from}`],
      ]);
    const before = whereSays(file);
    const moved = clients.filter(
      ({ from }) => !(clusters[0]! in said[`${names[0]!.fqdn} ${from}`]!) && clusters[0]! in before[`${names[0]!.fqdn} ${from}`]!,
    );
    expect(await page.read(`document.getElementById("said").textContent`)).toContain(
      `When ${clusters[0]} is down, ${moved.length} of ${clients.length} places move`,
    );
    await page.press("ArrowDown");
    expect(await page.read(`document.getElementById("said").textContent`)).toContain(`When ${clusters[0]} is drained, `);
    expect(page.complaints).toEqual([]);
    // and paper says which name and failure it shows, and offers nothing to press
    await page.send("Emulation.setEmulatedMedia", { media: "print" });
    const onPaper = (which: string) => page.read(`getComputedStyle(document.querySelector("${which}")).display`);
    expect([await onPaper("#shown"), await onPaper("form.controls"), await onPaper(".choice")]).toEqual([
      "block",
      "none",
      "none",
    ]);
    expect(await page.read(`document.getElementById("shown").textContent`)).toBe(
      `${names[0]!.fqdn}, when ${clusters[0]} is drained`,
    );
    await page.send("Emulation.setEmulatedMedia", { media: "" });
  },
);

inBrowser("a page that asks for something, or fails, is noticed by these tests", async () => {
  const path = join(folder, "wrong.html");
  writeFileSync(path, `<!doctype html><img src="http://127.0.0.1:1/x.png"><script>missing()</script>`);
  const before = page.complaints.length;
  await page.show(path);
  expect(page.complaints.slice(before).join("\n")).toMatch(
    /asked for http:\/\/127\.0\.0\.1:1\/x\.png[\s\S]*missing is not defined|missing is not defined[\s\S]*asked for/,
  );
  page.complaints.splice(before);
});
