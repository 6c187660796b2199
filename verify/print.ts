import { countryName } from "../model/catalog/countries";
import type { CountryResult, Report, Result, Verdict } from "./report";

const WORDS: Readonly<Record<Verdict, string>> = { "as-expected": "ok", differs: "DIFFERS", "not-judged": "not judged" };

/** The report as a table, one line for each thing, and below a name the countries that differ. */
export function reportLines(report: Report): readonly string[] {
  const rows = [
    ["", "WHAT", "OF", "SEEN"],
    ...report.results.flatMap((result) => [
      [WORDS[result.verdict], result.subject, at(result), [result.found, result.why].filter(Boolean).join(": ")],
      ...countryRows(result),
    ]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return [...lines, "", ...closing(report)];
}

const at = ({ of, at: address }: Result) => (address === undefined ? of : `${of} at ${address}`);

/** Countries that are judged alike for one reason share a line. */
function countryRows({ countries = [] }: Result): readonly (readonly string[])[] {
  const groups = new Map<string, CountryResult[]>();
  for (const country of countries)
    if (country.verdict !== "as-expected") {
      const key = JSON.stringify([country.verdict, country.why]);
      groups.set(key, [...(groups.get(key) ?? []), country]);
    }
  return [...groups.values()].map((alike) => [
    "",
    `  ${WORDS[alike[0]!.verdict]}`,
    placesOf(alike.map(({ country }) => country)),
    alike[0]!.why ?? "",
  ]);
}

/** Few by name, many by number. */
function placesOf(countries: readonly string[]): string {
  const names = countries.slice(0, 3).map(countryName).join(", ");
  return countries.length > 3 ? `${names} and ${countries.length - 3} more` : names;
}

function closing({ results, networks, recovery }: Report): readonly string[] {
  const count = (verdict: Verdict) => results.filter((result) => result.verdict === verdict).length;
  const seconds = new Map<number, string[]>();
  for (const [name, worst] of Object.entries(recovery))
    if (worst !== null) seconds.set(worst, [...(seconds.get(worst) ?? []), name]);
  return [
    `${count("as-expected")} as expected, ${count("differs")} different, ${count("not-judged")} not judged.`,
    `Networks of countries as of ${networks.date} (${networks.source}); nothing was asked for ${networks.missing.join(", ")}.`,
    ...[...seconds].map(([worst, names]) => `A failing cluster is led away from within ${worst} s: ${names.join(", ")}.`),
  ];
}
