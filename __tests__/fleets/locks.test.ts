import { join } from "node:path";
import { lockOf } from "../../changes/lock/facts";
import { lockFileOf, readLock } from "../../changes/lock/file";
import { misfits } from "../../changes/lock/fits";
import { pinsOf } from "../../changes/lock/pins";
import { stacksOf } from "../../cli/sides";
import { VERSION } from "../../cli/version";
import { loadFleet } from "../../model/reading/load";
import { fleetFiles, root } from "../support/fleet";

test.each(fleetFiles)("%s has a lock file that fits it: `node scripts/locks.mjs` writes all of them anew", (file) => {
  const lock = readLock(join(root, lockFileOf(file)));
  expect(lock).toBeDefined();
  const fleet = loadFleet(join(root, file), pinsOf(lock));
  expect(misfits(lock!, lockOf(fleet, stacksOf(fleet), VERSION))).toEqual([]);
});
