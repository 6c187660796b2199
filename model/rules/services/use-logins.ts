import { databasesOn } from "../../derived/databases";
import { identityUser, loginUser, ROLE_NAME_MAX, USER_NAME_MAX } from "../../derived/identity-logins";
import { placementOf } from "../../derived/placement";
import type { Problem } from "../../problems/problem";
import type { App, Use } from "../../schema/apps";
import type { Database } from "../../schema/databases";
import type { Fleet } from "../../schema/fleet";

/** How an application logs in to what it uses is a way that the server knows, and asks for no field that such a login lacks. */
export function loginProblems(fleet: Fleet, name: string, app: App, use: Use): Problem[] {
  if (use.login === "password")
    return fieldProblems(use, ["region", "options"], "only some entries of `login: identity` have it");
  const { database: key, server } = use;
  const database = key === undefined ? undefined : fleet.databases[key];
  const why = unknownLogin(database, use);
  if (!database || why !== undefined) {
    const message = `'identity' is for MySQL and PostgreSQL on AWS and Google Cloud and for PostgreSQL on Azure, and '${key ?? server}' is ${why}: leave it out, and the application gets a password (docs/known-limits.md says why)`;
    return [{ path: ["login"], message }];
  }
  return [...nameProblems(fleet, name, app, use, database), ...entryProblems(use, database)];
}

/** Where a server doesn't know an application by its identity without somebody's own directory. */
function unknownLogin(database: Database | undefined, { read }: Use): string | undefined {
  if (!database) return "a machine of its cluster";
  if (database.cloud !== "azure") return undefined;
  if (database.engine !== "postgres") return `${database.engine === "mysql" ? "MySQL" : "Cosmos DB"} on Azure`;
  // whether a replica takes tokens isn't said by Azure's documentation
  return read === "local" && database.replicas.length > 0 ? "read where it is nearest, from replicas on Azure too" : undefined;
}

/** The variable that would get a field of the entry. */
const variableOf = ({ as }: Use, field: string): string | undefined =>
  typeof as === "object" ? Object.keys(as).find((name) => as[name] === field) : undefined;

/** Fields that the entry of a use doesn't have. */
const fieldProblems = (use: Use, fields: readonly string[], why: string): Problem[] =>
  fields.flatMap((field) => {
    const variable = variableOf(use, field);
    return variable === undefined ? [] : [{ path: ["as", variable], message: `would get \`${field}\`, and ${why}` }];
  });

function entryProblems(use: Use, { cloud, engine }: Database): Problem[] {
  const password = "with `login: identity` there is none: the application asks the cloud for a token";
  const others = [...(cloud === "aws" ? [] : ["region"]), ...(cloud === "google" && engine === "postgres" ? [] : ["options"])];
  return [
    ...fieldProblems(use, ["password"], password),
    ...fieldProblems(use, others, `an entry of ${engine} on ${cloud} has none`),
  ];
}

/** Users have names of a length that their engine takes. */
function nameProblems(fleet: Fleet, name: string, app: App, use: Use, database: Database): Problem[] {
  const own = use.name ?? databasesOn(use.database!, database)[0]!;
  const at = (message: string): Problem[] => [{ path: ["login"], message }];
  const max = database.engine === "mysql" ? USER_NAME_MAX : ROLE_NAME_MAX;
  const engine = database.engine === "mysql" ? "MySQL" : "PostgreSQL";
  const shared = identityUser(own);
  if (shared.length > max)
    return at(`its user would be '${shared}', and ${engine} takes ${max} characters: call the database otherwise`);
  const long = placementOf(fleet, app)
    .map((cluster) => loginUser(fleet.name, cluster, name, database, own))
    .find((user) => user.length > max);
  if (long === undefined) return [];
  return at(`its user would be '${long}', and ${engine} takes ${max} characters: take another project, or a shorter name`);
}
