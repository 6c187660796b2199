import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { App } from "cdktf";
import { loadFleet, parseFleet } from "../../model/reading/load";
import type { Fleet } from "../../model/schema/fleet";
import { readManifest } from "../../output/manifest";
import { buildFleet } from "../../stacks/build-fleet";
import { readStacks, type StackJson } from "./synth";

export const root = resolve(__dirname, "../..");

/** The committed fleet files, relative to the project. */
export const fleetFiles = readdirSync(join(root, "fleets"))
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => `fleets/${file}`);

/**
 * Fleets that together have every kind of resource that a committed fleet has: what Meridian's own machinery is tried with.
 * The others would try the same again; a test of the addresses says when one of them has to be here.
 */
export const coveringFleets = ["all-on", "arctiq", "data", "jldeen", "quickstart"].map((name) => `fleets/${name}.yaml`);

/** What a synth writes: the raw text of each file by its path, and each stack as data. */
export interface Output {
  readonly files: Readonly<Record<string, string>>;
  readonly stacks: Readonly<Record<string, StackJson>>;
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
}

export function synthFleet(fleet: Fleet): Output {
  const outdir = mkdtempSync(join(tmpdir(), "fleet-"));
  try {
    const app = new App({ outdir, stackTraces: false });
    buildFleet(app, fleet);
    app.synth();
    const files = Object.fromEntries(
      readdirSync(outdir, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => {
          const path = join(entry.parentPath, entry.name);
          return [path.slice(outdir.length + 1), readFileSync(path, "utf8")];
        }),
    );
    return {
      files,
      stacks: readStacks(outdir),
      dependencies: Object.fromEntries(readManifest(outdir).map(({ id, dependencies }) => [id, [...dependencies].sort()])),
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** A fleet from the text of a fleet file. */
export const fleetOf = (text: string) => parseFleet(text, "fleet.yaml");

/** A committed fleet by its path relative to the project. */
export const committedFleet = (file: string) => loadFleet(join(root, file));
