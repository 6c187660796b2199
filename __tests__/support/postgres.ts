import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A PostgreSQL program: on PATH, or where Debian puts the newest. */
export function postgresProgram(name: string): string | undefined {
  const debian = "/usr/lib/postgresql";
  const newest = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...(process.env.PATH ?? "").split(delimiter), ...newest.map((version) => join(debian, version, "bin"))];
  return folders.map((path) => join(path, name)).find((path) => existsSync(path));
}

export interface Owner {
  readonly uid?: number;
  readonly gid?: number;
}

/** Whom a server is run as: PostgreSQL refuses to run as root; there a user of that name must exist. */
export function serverOwner(): Owner | undefined {
  if (process.getuid?.() !== 0) return {};
  const ids = ["-u", "-g"].map((flag) => Number(spawnSync("id", [flag, "postgres"], { encoding: "utf8" }).stdout));
  return ids[0] && ids[1] ? { uid: ids[0], gid: ids[1] } : undefined;
}
