import { type ChangeRule, type Finding, keptMade, shown, transition } from "./rule";

type Facts = Readonly<Record<string, unknown>>;

/** A server's disk was made once, and its data is of one kind: what the file says of that later happens to nothing. */
export const serversChanged: ChangeRule = (change) =>
  keptMade(change).flatMap(({ name, before, after }) =>
    Object.entries(after.servers ?? {}).flatMap(([key, now]): readonly Finding[] => {
      const was: Facts | undefined = before.servers?.[key];
      return was === undefined ? [] : changed(["clusters", name, "servers", key], was, now);
    }),
  );

/** A server that is new is made from one that stands: only a disk that is there already may outlive its source in the file. */
export const serverSourceUnknown: ChangeRule = ({ before, after }) =>
  Object.entries(after.clusters).flatMap(([name, { servers = {} }]) =>
    Object.entries(servers).flatMap(([key, { from }]): readonly Finding[] => {
      // `<cluster> <server>` of this fleet; a snapshot has an id, and another fleet's clusters aren't known
      const [, cluster] = /^(\S+) \S+$/.exec(String(from)) ?? [];
      if (cluster === undefined || cluster in after.clusters || before.clusters[name]?.servers?.[key] !== undefined) return [];
      const path = ["clusters", name, "servers", key, "disk", "restoreFrom", "cluster"];
      return [
        {
          id: "server-source-unknown",
          severity: "refused",
          path,
          transition: transition(path, undefined, cluster),
          message: `no cluster is called '${cluster}', so there is no disk to take a snapshot of: ${Object.keys(after.clusters).join(", ")}. Name one of these, or \`restoreFrom: { snapshot: <resource id> }\``,
        },
      ];
    }),
  );

function changed(path: readonly string[], was: Facts, now: Facts): readonly Finding[] {
  const found = (id: string, field: readonly string[], fact: string, message: string, accepted = true): Finding => ({
    id,
    severity: "refused",
    path: [...path, ...field],
    ...(accepted && { transition: transition([...path, ...field], was[fact], now[fact]) }),
    message,
  });
  const findings: Finding[] = [];
  if (was.from !== now.from)
    findings.push(
      found(
        "server-source",
        ["disk", "restoreFrom"],
        "from",
        `was '${shown(was.from)}' and would be '${shown(now.from)}': the disk is there, and nothing is copied onto a disk that is there. For other data make a server of another name, or another generation of the cluster. If only the line is to go (and with it the snapshot that was made for it), accept this change`,
      ),
    );
  if (was.role !== now.role)
    findings.push(
      found("server-role", ["role"], "role", "the data on the disk is of the other kind: make a server of another name", false),
    );
  else if (was.version !== now.version)
    findings.push(
      found(
        "server-version",
        ["version"],
        "version",
        `PostgreSQL ${shown(now.version)} doesn't read the data of ${shown(was.version)}: make a server of another name, and move the data by pg_dump`,
        false,
      ),
    );
  if (Number(now.sizeGiB) < Number(was.sizeGiB))
    findings.push(
      found("server-disk-smaller", ["disk", "sizeGiB"], "sizeGiB", `a disk never shrinks: at least ${shown(was.sizeGiB)}`, false),
    );
  if (Number(now.passwordVersion) < Number(was.passwordVersion))
    findings.push(
      found(
        "server-passwords",
        ["passwordVersion"],
        "passwordVersion",
        `a lower number makes every password anew, as a higher one does: ${shown(was.passwordVersion)} keeps them, ${Number(was.passwordVersion) + 1} renews them`,
        false,
      ),
    );
  return findings;
}
