import type { ChartPin } from "../../model/add-ons/add-on";
import { CHARTS } from "../../model/add-ons/charts";
import { versionsOf } from "./repository";

/** A chart of the catalogue against its repository. */
export interface ChartStatus {
  readonly chart: string;
  readonly pinned: string;
  /** Newest release, or the reason why it is not known. */
  readonly newest: string | { readonly unknown: string };
  readonly ends?: string;
  readonly note?: string;
}

/** Asks every repository at once what is newest. A repository that can't be reached is said, not thrown. */
export function chartStatus(catalogue: readonly ChartPin[] = Object.values(CHARTS)): Promise<ChartStatus[]> {
  return Promise.all(
    catalogue.map(async (pin) => ({
      chart: pin.chart,
      pinned: pin.version,
      newest: await versionsOf(pin).then(newestOf, (error: unknown) => ({ unknown: reason(error) })),
      ends: pin.endOfLife,
      note: pin.note,
    })),
  );
}

/** The newest version that is no pre-release; the newest of all where there are only those. */
export function newestOf(versions: readonly string[]): string | { readonly unknown: string } {
  const known = versions.flatMap((text) => {
    const found = /^v?(\d+)\.(\d+)\.(\d+)(-[^+]+)?/.exec(text);
    return found ? [{ text, numbers: found.slice(1, 4).map(Number), pre: found[4] !== undefined }] : [];
  });
  const releases = known.filter(({ pre }) => !pre);
  const [newest] = (releases.length > 0 ? releases : known).sort(
    (a, b) => b.numbers[0]! - a.numbers[0]! || b.numbers[1]! - a.numbers[1]! || b.numbers[2]! - a.numbers[2]!,
  );
  return newest?.text ?? { unknown: "the repository has no version" };
}

const reason = (error: unknown) => (error instanceof Error ? error.message : String(error));

const COLUMNS = ["chart", "pinned", "newest", "ends", ""];

/** The table that people read. Where no repository at all could be reached, one line says so. */
export function statusTable(rows: readonly ChartStatus[]): string {
  const same = (a: string, b: string) => a.replace(/^v/, "") === b.replace(/^v/, "");
  const unknown = rows.flatMap(({ newest }) => (typeof newest === "string" ? [] : [newest.unknown]));
  const offline = unknown.length > 0 && unknown.length === rows.length;
  const lines = rows.map(({ chart, pinned, newest, ends, note }) => {
    const why = typeof newest === "string" || offline ? "" : `not known: ${newest.unknown}`;
    const version = typeof newest !== "string" ? "?" : same(newest, pinned) ? "the same" : newest;
    return [chart, pinned, version, ends ?? "", [why, note].filter(Boolean).join("; ")];
  });
  const table = [COLUMNS, ...lines];
  const widths = COLUMNS.map((_, column) => Math.max(...table.map((line) => line[column]!.length)));
  const text = table.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join("  ")
      .trimEnd(),
  );
  const said = offline ? [`No repository answers, so what is newest is not known: ${unknown[0]}`] : [];
  return `${[...said, ...text].join("\n")}\n`;
}
