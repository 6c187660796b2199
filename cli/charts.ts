import { command } from "./command";
import "../constructs/cdktf/creation-stacks";

import { writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { projectRoot, VENDOR_FOLDER } from "../constructs/helm/chart-source";
import { writeChartValues } from "./charts/chart-values";
import { check } from "./charts/check";
import { writeDefinitions } from "./charts/definitions";
import { factsFile, factsText } from "./charts/facts";
import { fleetCharts } from "./charts/releases";
import { chartStatus, statusTable } from "./charts/status";
import { vendor } from "./charts/vendor";

/** `npm run charts`: what is pinned and what is newest; `vendor`, `shapes`, `definitions`, `check`. */
export async function main(argv: readonly string[]): Promise<void> {
  const program = command("charts")
    .description("The Helm charts of add-ons: which versions are pinned, which are newest, and what ends when.")
    .action(async () => {
      process.stdout.write(statusTable(await chartStatus()));
    });
  program
    .command("vendor")
    .description("Bring the archives of a fleet's charts beside it, for charts.source: vendored.")
    .argument("[fleet]", "fleet file", process.env.FLEET ?? "fleets/arctiq.yaml")
    .option("--previous", "each add-on's chart at the pin before too, from which npm run e2e:kubernetes moves")
    .action(async (fleet: string, { previous = false }: { previous?: boolean }) => {
      const releases = [false, ...(previous ? [true] : [])].flatMap((before) => fleetCharts(fleet, before).releases);
      for (const { file, digest, state } of await vendor(releases, join(dirname(fleet), VENDOR_FOLDER)))
        process.stdout.write(`${state.padEnd(7)}  ${digest.slice(0, 12)}  ${file}\n`);
    });
  program
    .command("shapes")
    .description("Make model/catalog/data/chart-values anew, after a pin has changed.")
    .requiredOption("--charts <folder>", "unpacked charts, each in a folder of its name")
    .action((options: { charts: string }) =>
      writeChartValues(options.charts, join(projectRoot(), "model", "catalog", "data", "chart-values")),
    );
  program
    .command("definitions")
    .description("Make charts/definitions anew, after a pin has changed.")
    .requiredOption("--charts <folder>", "unpacked charts and Gateway API's sources, each in a folder of its name")
    .action((options: { charts: string }) => {
      for (const line of writeDefinitions(options.charts, projectRoot())) process.stdout.write(`${line}\n`);
    });
  program
    .command("check")
    .description("Render every release of a fleet from unpacked charts, and look at the objects.")
    .requiredOption("--charts <folder>", "unpacked charts, each in a folder of its name")
    .option("--fleet <file>", "fleet file, or a synthesized folder", "fleets/all-on.yaml")
    .option("--previous", "each add-on's chart at the pin before, which lock files of an earlier Meridian hold")
    .option("--helm <program>", "Helm 3", "helm")
    .option("--facts", "keep what was seen, for the tests where there is no Helm: model/catalog/data/chart-facts.json")
    .action((options: { charts: string; fleet: string; previous?: boolean; helm: string; facts?: boolean }) => {
      if (options.facts && options.previous) throw new Error("--facts is of the pins of today: leave --previous out");
      const { rendered, objects, missing, problems, facts } = check(options);
      if (options.facts) writeFileSync(factsFile(projectRoot()), factsText(facts));
      for (const problem of problems) process.stdout.write(`${problem}\n`);
      for (const chart of missing) process.stdout.write(`not looked at, no folder: ${chart}\n`);
      process.stdout.write(`${rendered} releases rendered, ${objects} objects, ${problems.length} problems\n`);
      if (problems.length > 0 || missing.length > 0) process.exitCode = 1;
    });
  await program.parseAsync([...argv], { from: "user" });
}

if (basename(process.argv[1] ?? "") === "charts.js")
  main(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
