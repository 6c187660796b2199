import "./constructs/cdktf/creation-stacks";

import { command, spoken } from "./cli/command";
import { fromHere } from "./cli/from-here";
import { USUAL_FOLDER } from "./cli/lock";
import { type SynthRequest, synthesize } from "./cli/synthesize";
import { resolveTokensOnly } from "./constructs/cdktf/token-resolution";
import { StackProblems } from "./model/problems/fleet-error";
import { printable } from "./model/problems/wording";
import { withPlaces } from "./model/reading/load";
import { readManifest } from "./output/manifest";
import { resourcesOf } from "./output/stack";
import { summary } from "./output/summary";

type Options = Omit<SynthRequest, "file" | "say" | "pins">;

function run(file: string, options: Options): void {
  resolveTokensOnly();
  const stacks = synthesize({ ...options, file, say: (line) => void process.stderr.write(`${printable(line)}\n`) });
  const counts = new Map(stacks.map(({ id, config }) => [id, resourcesOf(config).length]));
  // without the garbage collection that Node begins once the work is done
  process.stdout.write(
    summary(options.out, readManifest(options.out), (id) => counts.get(id) ?? 0),
    () => process.exit(),
  );
}

command("synth", {
  "fleets/arctiq.yaml": "write cdktf.out/stacks/*",
  "fleets/arctiq.yaml --out elsewhere": "the same into another folder",
  "- < fleets/arctiq.yaml": "the same of what comes in",
})
  .description("Turn a fleet file into Terraform JSON, a folder for each stack.")
  .argument("[fleet]", "fleet file; - reads what comes in", process.env.FLEET || "fleets/arctiq.yaml")
  .option("--out <folder>", "where the stacks are written", process.env.CDKTF_OUTDIR || USUAL_FOLDER)
  .option("--without-deletion-protection", "as if every deletionProtection were false: the first step of destroying a fleet")
  .option("--lock <file>", "lock file to read and write (default: beside the fleet file, where --out is the usual folder)")
  .option("--against <revision>", "what the change is judged against: what HEAD and this revision have in common (default: HEAD)")
  .option("--draft", "take a file in which CHANGE-ME stands, to look at the stacks: not to apply them")
  .option("--frozen", "the lock file must be there and fit the fleet file")
  .action((file: string, options: Options) => {
    try {
      run(file, options);
    } catch (thrown) {
      const error = thrown instanceof StackProblems ? withPlaces(thrown, file) : thrown;
      const message = error instanceof Error ? spoken(error) : String(error);
      process.stderr.write(`${fromHere(message, file, options.out).split("\n").map(printable).join("\n")}\n`);
      process.exitCode = 1;
    }
  })
  .parse();
