import type { Facts } from "../lock/lock";
import { type Change, type ChangeRule, type Finding, shown, transition } from "./rule";

/** A database that was there before and is there now. */
interface ChangedDatabase {
  readonly name: string;
  readonly before: Facts;
  readonly after: Facts;
  /** Its stack. */
  readonly stack: string;
}

function kept({ before, after }: Change): readonly ChangedDatabase[] {
  return Object.entries(after.databases ?? {}).flatMap(([name, now]) => {
    const was = before.databases?.[name];
    return was === undefined ? [] : [{ name, before: was, after: now, stack: `${after.fleet}-data-${name}` }];
  });
}

/** What a database is made of: another one is an empty server under the same name, and the first goes with what is in it. */
export const databasesMoved: ChangeRule = (change) =>
  kept(change).flatMap(({ name, before, after }) =>
    (["engine", "cloud", "region", "account"] as const).flatMap((field): Finding[] => {
      const [was, is] = [before[field], after[field]];
      if (was === undefined || is === undefined || was === is) return [];
      const path = ["databases", name, ...(field === "account" ? [String(after.cloud)] : [field])];
      return [
        {
          id: "database-moved",
          severity: "refused",
          path,
          transition: transition(["databases", name, field], was, is),
          message: `was '${was}' and would be '${is}': the server would be destroyed with all that is in it, and an empty one made under its name. ${field === "region" ? "Add the region under `replicas`, wait until it has caught up, and name it `primary`" : "Make another database beside it, move the data, then the applications, and take this one out"}`,
        },
      ];
    }),
  );

/** Another primary: a promotion, and never back to a server that was left behind, whose data are old. */
export const databasePromoted: ChangeRule = (change) =>
  kept(change).flatMap(({ name, before, after, stack }): Finding[] => {
    const [was, is] = [String(before.primary), String(after.primary)];
    if (before.primary === undefined || was === is || before.region !== after.region || before.cloud !== after.cloud) return [];
    const path = ["databases", name, "primary"];
    const common = { path, transition: transition(path, was, is) };
    const servers = listOf(before.servers);
    if (servers.includes(is) && servers.indexOf(is) < servers.indexOf(was) && before.engine !== "mongo")
      return [
        {
          ...common,
          id: "database-back",
          severity: "refused",
          message: `'${is}' was left behind when '${was}' was promoted: what was written since is not in it. The way back is a new server there: append ${regionOf(is)} to \`replicas\`, wait until it has caught up, and name that one`,
        },
      ];
    return [
      {
        ...common,
        id: "database-promoted",
        severity: "warning",
        message: `promotes '${is}': what '${was}' took in the last seconds and did not copy is lost, '${was}' is fenced and kept, and other replicas follow a server that is gone. Apply ${stack} first, with -refresh=false where the old region is down, then the attached clusters, their priming, their applications`,
      },
    ];
  });

/** Replicas: each one's place in the list decides its network, and one that goes takes its copy along. */
export const databaseServers: ChangeRule = (change) =>
  kept(change).flatMap(({ name, before, after }): Finding[] => {
    const [was, is] = [listOf(before.servers), listOf(after.servers)];
    const path = ["databases", name, "replicas"];
    const common = { path, transition: transition(path, was.slice(1), is.slice(1)) };
    if (before.region !== after.region) return [];
    const moved = was.filter((server, place) => is.includes(server) && is.indexOf(server) !== place);
    if (moved.length > 0 && after.cloud !== "azure")
      return [
        {
          ...common,
          id: "database-order",
          severity: "refused",
          message: `${moved.join(", ")} would have another place in the list, which decides the range of its network: it would be made anew, empty. Keep ${was.join(", ")} in this order and append; a server that is wanted no more goes by \`removed\``,
        },
      ];
    const gone = was.filter((server) => !is.includes(server));
    if (gone.length === 0) return [];
    if (after.engine === "mongo" && is.some((server) => !was.includes(server)))
      return [
        {
          ...common,
          id: "database-regions",
          severity: "refused",
          message: `Cosmos DB takes no region more and one less in the same change: first without ${gone.join(", ")}, apply, then the new one`,
        },
      ];
    return [
      {
        ...common,
        id: "database-replica-gone",
        severity: "warning",
        message: `${gone.join(", ")} ${gone.length === 1 ? "is" : "are"} destroyed, and who only read there is refused: take the entries \`…-read-${gone[0]}\` out of your applications first`,
      },
    ];
  });

/** What is read when a server is made: the file can say otherwise later, and nothing happens. */
export const databaseMadeOnce: ChangeRule = (change) =>
  kept(change).flatMap(({ name, before, after }): Finding[] => {
    const at = (field: string) => ["databases", name, field];
    const found: Finding[] = [];
    if (before.from !== undefined && before.from !== after.from)
      found.push({
        id: "database-made-once",
        severity: "warning",
        path: at("restoreFrom"),
        transition: transition(at("restoreFrom"), before.from, after.from),
        message: `is read when the first server is made, and this one is there: nothing is restored. For those data make another database beside it`,
      });
    const [was, is] = [before.storageGiB, after.storageGiB];
    if (was !== undefined && is !== undefined && was !== is) {
      const smaller = Number(is) < Number(was);
      found.push({
        id: smaller ? "database-smaller" : "database-made-once",
        severity: smaller ? "refused" : "warning",
        path: at("storageGiB"),
        transition: transition(at("storageGiB"), was, is),
        message: smaller
          ? `no disk shrinks, and a server that is made anew with ${is} GiB may have no room for its data: keep ${was}`
          : "is the size when a server is made. It grows by itself, and the servers that are there keep what they have",
      });
    }
    return found;
  });

/** Azure's MySQL takes a standby when it is made, and not later (platform facts: "can't be added to a server made without it"). */
export const databaseStandby: ChangeRule = (change) =>
  kept(change).flatMap(({ name, before, after }): Finding[] => {
    const asked = before.highAvailability === false && after.highAvailability === true;
    if (!asked || after.cloud !== "azure" || after.engine !== "mysql") return [];
    const path = ["databases", name, "highAvailability"];
    return [
      {
        id: "database-standby",
        severity: "refused",
        path,
        transition: transition(path, false, true),
        message:
          "Azure gives a standby to MySQL when the server is made, and refuses it later. Make another database with it, restored from this one (`restoreFrom`), and move the applications",
      },
    ];
  });

/** Passwords that are made anew: two applies, between which connections are refused. */
export const databasePasswords: ChangeRule = (change) =>
  kept(change).flatMap(({ name, before, after, stack }): Finding[] => {
    const [was, is] = [before.passwordVersion, after.passwordVersion];
    if (was === undefined || is === undefined || was === is) return [];
    const path = ["databases", name, "passwordVersion"];
    return [
      {
        id: "database-passwords",
        severity: "warning",
        path,
        transition: transition(path, was, is),
        message: `makes every password of the server anew${Number(is) < Number(was) ? ", though the number is lower: it was perhaps lost in a merge" : ""}. Apply ${stack}, then at once the priming of the attached clusters, then their applications: in between new connections are refused`,
      },
    ];
  });

/** A server of Google's that was promoted has what replication brought, which Terraform takes over: of a new database it finds none. */
export const databaseAfterPromotion: ChangeRule = (change) =>
  kept(change).flatMap(({ name, before, after }): Finding[] => {
    const [was, is] = [listOf(before.databases), listOf(after.databases)];
    const added = before.primary === after.primary ? is.filter((one) => was.length > 0 && !was.includes(one)) : [];
    if (added.length === 0) return [];
    const path = ["databases", name, "databases"];
    return [
      {
        id: "database-after-promotion",
        severity: "refused",
        path,
        transition: transition(path, was, is),
        message: `${shown(after.primary)} was promoted, and Terraform takes over what it has from the server before it, where ${added.join(", ")} is not: the plan would fail. Make it there first, and its login with any password, which the apply replaces (gcloud sql databases create ${added[0]}, gcloud sql users create ${added[0]}${after.engine === "mysql" ? " --host=%" : ""}), then accept this change`,
      },
    ];
  });

/** Azure's servers go on taking tokens when no application logs in by its identity: azurerm keeps what is no more said. */
export const databaseTokens: ChangeRule = (change) =>
  kept(change).flatMap(({ name, before, after }): Finding[] => {
    if (before.tokens !== true || after.tokens === true || after.cloud !== "azure") return [];
    const path = ["databases", name, "tokens"];
    return [
      {
        id: "database-tokens",
        severity: "warning",
        path,
        transition: transition(path, "taken", "not needed"),
        message:
          "no application logs in by its identity any more, and the server goes on taking tokens: Terraform keeps that setting. What logged in so and keeps an identity, for its `rights`, is still let in until its role is shut (docs/databases.md, Logins by identity)",
      },
    ];
  });

/** Major versions go up, and not back. */
export const databaseVersions: ChangeRule = (change) =>
  kept(change).flatMap(({ name, before, after }): Finding[] => {
    const [was, is] = [before.version, after.version];
    if (was === undefined || is === undefined || was === is || before.engine !== after.engine) return [];
    const path = ["databases", name, "version"];
    const common = { path, transition: transition(path, was, is) };
    if (Number(is) < Number(was))
      return [
        {
          ...common,
          id: "database-version-lowered",
          severity: "refused",
          message: `no cloud takes a server back from ${was} to ${is}. Make another database at ${is}, and copy the data`,
        },
      ];
    return [
      {
        ...common,
        id: "database-version",
        severity: "warning",
        message: `the server goes from ${was} to ${is} with minutes without it, and there is no way back but a backup: try it on a restored copy (\`restoreFrom\`) first`,
      },
    ];
  });

const listOf = (value: Facts[string] | undefined): readonly string[] =>
  Array.isArray(value) ? (value as readonly string[]) : [];

/** `eastus` of `eastus-2`. */
const regionOf = (server: string): string => shown(server).replace(/-\d+$/, "");
