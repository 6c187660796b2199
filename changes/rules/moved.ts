import { type ChangeRule, type Finding, transition } from "./rule";

/** A store of backups under the same name elsewhere is an empty one, and the first goes with what is in it. */
export const storesMoved: ChangeRule = ({ before, after }) =>
  Object.entries(after.backups ?? {}).flatMap(([name, now]) =>
    (["cloud", "region", "account"] as const).flatMap((field): Finding[] => {
      const [was, is] = [before.backups?.[name]?.[field], now[field]];
      if (was === undefined || is === undefined || was === is) return [];
      const path = ["backups", name, field === "account" ? String(now.cloud) : field];
      return [
        {
          id: "backup-moved",
          severity: "refused",
          path,
          transition: transition(["backups", name, field], was, is),
          message: `was '${was}' and would be '${is}': the store would be made anew, and what is in the first one would go or be forgotten. Make another store beside it, name it under addons.backup.store, and take this one out when its last backup is past`,
        },
      ];
    }),
  );
