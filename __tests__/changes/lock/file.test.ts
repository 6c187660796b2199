import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lockLeftBehind } from "../../../changes/lock/file";
import { lockText } from "../../../changes/lock/lock";
import { bare } from "../rules/bare";

const folder = mkdtempSync(join(tmpdir(), "left-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a lock is left behind where no fleet file is beside it any more, and it is of this fleet", () => {
  const write = (name: string, text = "") => writeFileSync(join(folder, name), text);
  const left = (fleet: string, inFolder = folder) => lockLeftBehind(join(inFolder, "renamed.lock.json"), fleet);
  expect(left("acme")).toBeUndefined();
  write("broken.lock.json", "{");
  write("other.lock.json", lockText(bare({ fleet: "other" })));
  write("z-old.lock.json", lockText(bare()));
  expect([left("acme"), left("other"), left("third")]).toEqual([
    join(folder, "z-old.lock.json"),
    join(folder, "other.lock.json"),
    undefined,
  ]);
  write("z-old.yml");
  write("other.yaml");
  expect([left("acme"), left("other")]).toEqual([undefined, undefined]);
  mkdirSync(join(folder, "empty"));
  expect([left("acme", join(folder, "empty")), left("acme", join(folder, "none"))]).toEqual([undefined, undefined]);
});
