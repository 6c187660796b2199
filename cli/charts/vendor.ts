import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { archiveName, DIGESTS_FILE } from "../../constructs/helm/chart-source";
import type { FleetRelease } from "./releases";
import { archiveOf, sha256 } from "./repository";

/** What happened to an archive. */
export interface Vendored {
  readonly file: string;
  readonly digest: string;
  /** `unused`: this fleet needs it no more; another fleet of the same folder may. */
  readonly state: "kept" | "fetched" | "unused";
}

/**
 * Brings the archives of releases into a folder, with a list of their digests. Archives that are there and have the
 * listed digest stay as they are.
 * @throws at the first archive that can't be had, or is not what it was; what came before it is there and listed
 */
export async function vendor(releases: readonly FleetRelease[], folder: string): Promise<readonly Vendored[]> {
  mkdirSync(folder, { recursive: true });
  const listFile = join(folder, DIGESTS_FILE);
  const listed: Record<string, string> = existsSync(listFile) ? JSON.parse(readFileSync(listFile, "utf8")) : {};
  const vendored: Vendored[] = [];
  const wanted = wantedArchives(releases);
  for (const [file, release] of wanted) {
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
        `${file}: ${release.repository} now serves another archive (${digest}) than the one listed (${listed[file]}). A published version should never change: find out why, then remove it from ${listFile}`,
      );
    writeFileSync(path, archive);
    listed[file] = digest;
    writeFileSync(listFile, listText(listed));
    vendored.push({ file, digest, state: "fetched" });
  }
  for (const file of readdirSync(folder).sort())
    if (file.endsWith(".tgz") && !wanted.has(file))
      vendored.push({ file, digest: sha256(readFileSync(join(folder, file))), state: "unused" });
  return vendored;
}

const listText = (listed: Readonly<Record<string, string>>) =>
  `${JSON.stringify(Object.fromEntries(Object.entries(listed).sort(([a], [b]) => (a < b ? -1 : 1))), null, 2)}\n`;

interface RepositoryRelease extends FleetRelease {
  readonly repository: string;
}

/** The archives that releases need, by file name in order. Charts of the project itself come with it. */
function wantedArchives(releases: readonly FleetRelease[]): ReadonlyMap<string, RepositoryRelease> {
  const wanted = new Map<string, RepositoryRelease>();
  for (const release of releases) {
    const { repository } = release;
    if (repository === undefined) continue;
    const file = archiveName(release.chart, release.version);
    const other = wanted.get(file)?.repository;
    if (other !== undefined && other !== repository)
      throw new Error(
        `${file} would come from ${other} and from ${repository}, and one folder can't hold both: take one of the two charts in another version`,
      );
    wanted.set(file, { ...release, repository });
  }
  return new Map([...wanted].sort(([a], [b]) => (a < b ? -1 : 1)));
}
