import { ADD_ONS } from "../model/add-ons";
import type { AddOnAbout, ChartPin } from "../model/add-ons/add-on";
import { CHARTS } from "../model/add-ons/charts";

/** Fills the made parts of docs/add-ons.md, between the comments that mark them. */
export function addOnsReference(text: string): string {
  return filled(filled(text, "add-ons", addOnTable()), "charts", chartTable());
}

function filled(text: string, part: string, made: string): string {
  const start = `<!-- ${part}: made by npm run schema -->\n`;
  const from = text.indexOf(start);
  const to = text.indexOf("<!-- end -->", from);
  // a page without its marks is stale
  if (from < 0 || to < 0) return `${text}\n${start}${made}<!-- end -->\n`;
  return `${text.slice(0, from)}${start}${made}${text.slice(to)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

function addOnTable(): string {
  const about: readonly AddOnAbout[] = Object.values(ADD_ONS).flatMap((addOn) => addOn.about);
  return table(
    ["add-on", "on by default", "what it installs", "what it needs", "what it may do outside its namespace, and in the cloud"],
    about.map(({ field, on, installs, needs, may }) => [`\`${field}\``, on, installs, needs, may]),
  );
}

function chartTable(): string {
  return table(
    ["chart", "version", "installs", "licence", "to know"],
    Object.values<ChartPin>(CHARTS).map((pin) => {
      const known = [pin.note, pin.endOfLife && `ends on ${pin.endOfLife}`, pin.replacement && `take ${pin.replacement}`];
      return [`\`${pin.chart}\``, pin.version, pin.appVersion, pin.licence, known.filter(Boolean).join("; ") || "–"];
    }),
  );
}
