/** `npm run schema`: writes what is made from the fleet file's schema; with --check only says what is stale. */
import { readFileSync, writeFileSync } from "node:fs";
import { Command } from "commander";
import { addOnsReference } from "./add-ons-reference";
import { editorSchema } from "./fleet-json-schema";
import { fleetReference } from "./fleet-reference";
import { reportSchema } from "./report-schema";
import { serviceChartSchema } from "./service-chart-schema";

/** The generated files by path, relative to the project's folder; of a page that is made in part, the rest stays. */
export function generatedFiles(read: (path: string) => string): Readonly<Record<string, string>> {
  return {
    "docs/fleet.schema.json": `${JSON.stringify(editorSchema(), null, 1)}\n`,
    "docs/verify.schema.json": `${JSON.stringify(reportSchema(), null, 1)}\n`,
    "docs/fleet.md": fleetReference(),
    "docs/add-ons.md": addOnsReference(read("docs/add-ons.md")),
    "charts/service/values.schema.json": `${JSON.stringify(serviceChartSchema(), null, 1)}\n`,
  };
}

/** The generated files that are not as they should be. */
export function staleFiles(read: (path: string) => string): readonly string[] {
  return Object.entries(generatedFiles(read)).flatMap(([path, text]) => (read(path) === text ? [] : [path]));
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** Runs the program in the project's folder; returns the exit code. */
export function main(argv: readonly string[]): number {
  const program = new Command("schema")
    .description(
      "Write docs/fleet.schema.json and docs/fleet.md from the schema of the fleet file, the tables of docs/add-ons.md, and docs/verify.schema.json.",
    )
    .option("--check", "write nothing; fail where a file is stale")
    .parse([...argv], { from: "user" });
  const stale = staleFiles(readOrEmpty);
  if (program.opts<{ check?: boolean }>().check) {
    for (const path of stale) process.stderr.write(`${path} is stale: npm run schema\n`);
    return stale.length > 0 ? 1 : 0;
  }
  const files = generatedFiles(readOrEmpty);
  for (const path of stale) {
    writeFileSync(path, files[path]!);
    process.stdout.write(`${path}\n`);
  }
  return 0;
}

if (require.main === module || process.argv[1]?.endsWith("schema.js")) process.exitCode = main(process.argv.slice(2));
