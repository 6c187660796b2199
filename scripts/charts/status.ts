import { CHARTS, type ChartPin } from "../../model/catalog/charts";
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

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `offline: ${error.cause.message}` : error.message;
}

/** The table that people read. */
export function statusTable(rows: readonly ChartStatus[]): string {
  const same = (a: string, b: string) => a.replace(/^v/, "") === b.replace(/^v/, "");
  const lines = rows.map(({ chart, pinned, newest, ends, note }) => {
    const state = typeof newest !== "string" ? `? (${newest.unknown})` : same(newest, pinned) ? "newest" : `→ ${newest}`;
    return [chart, pinned, state, [ends && `ends ${ends}`, note].filter(Boolean).join("; ")];
  });
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n")
    .concat("\n");
}
