import "./constructs/cdktf/creation-stacks";

import { App } from "cdktf";
import { Command } from "commander";
import { assertNothingDropped } from "./changes/retirement";
import { withoutDeletionProtection } from "./changes/unprotected";
import { resolveTokensOnly } from "./constructs/cdktf/token-resolution";
import { StackProblems } from "./model/problems/fleet-error";
import { loadFleet, withPlaces } from "./model/reading/load";
import { fleetWarnings } from "./model/warnings";
import { readStacks } from "./output/folder";
import { readManifest } from "./output/manifest";
import { otherFleets, previousOutput } from "./output/memory";
import { publish, withFreshFolder } from "./output/publish";
import { resourcesOf } from "./output/stack";
import { summary } from "./output/summary";
import { buildFleet } from "./stacks/build-fleet";

interface Options {
  readonly out: string;
  readonly withoutDeletionProtection?: boolean;
}

function synthesize(file: string, options: Options): void {
  const loaded = loadFleet(file);
  const fleet = options.withoutDeletionProtection ? withoutDeletionProtection(loaded) : loaded;
  for (const warning of fleetWarnings(fleet, new Date())) process.stderr.write(`warning: ${warning}\n`);

  resolveTokensOnly();
  // Written beside and then moved over, so that a failure in the middle leaves the last output as it was.
  const resources = withFreshFolder(options.out, (fresh) => {
    const app = new App({ outdir: fresh, stackTraces: false });
    buildFleet(app, fleet);
    app.synth();
    const written = Object.fromEntries(
      readStacks(fresh).map(({ id, config }) => {
        const found = resourcesOf(config);
        const isProtected = found.filter((resource) => resource.isProtected);
        return [id, { addresses: found.map(({ address }) => address), protected: isProtected.map(({ address }) => address) }];
      }),
    );
    assertNothingDropped(fleet, previousOutput(options.out, fleet.name), written);
    for (const other of otherFleets(options.out, fleet.name))
      process.stderr.write(
        `warning: ${options.out} held the stacks of fleet '${other}'; their files make room for those of '${fleet.name}', their states stay. Give each fleet its own folder with --out. A fleet that was renamed is another fleet: everything of the first is still there\n`,
      );
    publish(fresh, options.out, fleet, written);
    return written;
  });
  // without the garbage collection that Node begins once the work is done
  process.stdout.write(
    summary(options.out, readManifest(options.out), (id) => resources[id]!.addresses.length),
    () => process.exit(),
  );
}

new Command("synth")
  .description("Turn a fleet file into Terraform JSON, a folder for each stack.")
  .argument("[fleet]", "fleet file", process.env.FLEET || "fleets/arctiq.yaml")
  .option("--out <folder>", "where the stacks are written", process.env.CDKTF_OUTDIR || "cdktf.out")
  .option("--without-deletion-protection", "as if every deletionProtection were false: the first step of destroying a fleet")
  .action((file: string, options: Options) => {
    try {
      synthesize(file, options);
    } catch (thrown) {
      const error = thrown instanceof StackProblems ? withPlaces(thrown, file) : thrown;
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    }
  })
  .parse();
