import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { archiveName, DIGESTS_FILE } from "../../constructs/priming/chart-source";
import type { FleetRelease } from "./releases";
import { archiveOf, sha256 } from "./repository";

/** What happened to an archive. */
export interface Vendored {
  readonly file: string;
  readonly digest: string;
  readonly state: "kept" | "fetched";
}

/**
 * Brings the archives of releases into a folder, with a list of their digests. Archives that are there and have the
 * listed digest stay, those that no release needs go.
 * @throws at the first archive that can't be had
 */
export async function vendor(releases: readonly FleetRelease[], folder: string): Promise<readonly Vendored[]> {
  mkdirSync(folder, { recursive: true });
  const listFile = join(folder, DIGESTS_FILE);
  const listed: Record<string, string> = existsSync(listFile) ? JSON.parse(readFileSync(listFile, "utf8")) : {};
  const wanted = new Map<string, FleetRelease & { repository: string }>();
  for (const release of releases) {
    const { repository } = release;
    if (repository !== undefined) wanted.set(archiveName(release.chart, release.version), { ...release, repository });
  }
  const vendored: Vendored[] = [];
  for (const [file, release] of [...wanted].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const path = join(folder, file);
    const there = existsSync(path) ? sha256(readFileSync(path)) : undefined;
    if (there !== undefined && there === listed[file]) {
      vendored.push({ file, digest: there, state: "kept" });
      continue;
    }
    const archive = await archiveOf(release, release.version);
    const digest = sha256(archive);
    if (listed[file] !== undefined && listed[file] !== digest)
      throw new Error(
        `${file}: ${release.repository} now serves another archive (${digest}) than the one listed (${listed[file]}). A published version should never change: find out why, then remove it from ${DIGESTS_FILE}`,
      );
    writeFileSync(path, archive);
    vendored.push({ file, digest, state: "fetched" });
  }
  for (const file of readdirSync(folder)) if (file.endsWith(".tgz") && !wanted.has(file)) rmSync(join(folder, file));
  writeFileSync(listFile, `${JSON.stringify(Object.fromEntries(vendored.map(({ file, digest }) => [file, digest])), null, 2)}\n`);
  return vendored;
}
