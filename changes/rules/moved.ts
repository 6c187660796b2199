import { type ChangeRule, type Finding, transition } from "./rule";

/** A store of backups or a registry under the same name elsewhere is an empty one, and the first goes with what is in it. */
export const storesMoved: ChangeRule = ({ before, after }) => [
  ...moved(
    "backup-moved",
    "backups",
    before.backups,
    after.backups,
    ["cloud", "region", "account"],
    "the store would be made anew, and what is in the first one would go or be forgotten. Make another store beside it, name it under addons.backup.store, and take this one out when its last backup is past",
  ),
  ...moved(
    "registry-moved",
    "registries",
    onAws(before.registries),
    onAws(after.registries),
    ["region"],
    "its repositories would be made anew, empty. Add the region under `replicas`, or make another registry beside it, push what runs there, then move the applications",
  ),
];

type All = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Elsewhere the registry's own resource says it (`resource-replaced`). */
const onAws = (registries: All = {}): All =>
  Object.fromEntries(Object.entries(registries).filter(([, { cloud }]) => cloud === "aws"));

function moved(
  id: string,
  block: string,
  before: All = {},
  after: All = {},
  fields: readonly string[],
  message: string,
): readonly Finding[] {
  return Object.entries(after).flatMap(([name, now]) =>
    fields.flatMap((field): Finding[] => {
      const [was, is] = [before[name]?.[field], now[field]];
      if (was === undefined || is === undefined || was === is) return [];
      const path = [block, name, field === "account" ? String(now.cloud) : field];
      return [
        {
          id,
          severity: "refused",
          path,
          transition: transition([block, name, field], String(was), String(is)),
          message: `was '${was}' and would be '${is}': ${message}`,
        },
      ];
    }),
  );
}
