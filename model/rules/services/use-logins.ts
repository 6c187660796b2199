import { databasesOn } from "../../derived/databases";
import { identityUser, USER_NAME_MAX } from "../../derived/identity-logins";
import type { Problem } from "../../problems/problem";
import type { Use } from "../../schema/apps";
import type { Fleet } from "../../schema/fleet";

/** How an application logs in to what it uses is a way that the server knows, and asks for no field that such a login lacks. */
export const loginProblems = (fleet: Fleet, use: Use): Problem[] =>
  use.login === "identity" ? identityProblems(fleet, use) : passwordProblems(use);

/** The variable that would get a field of the entry. */
const variableOf = ({ as }: Use, field: string): string | undefined =>
  typeof as === "object" ? Object.keys(as).find((name) => as[name] === field) : undefined;

function passwordProblems(use: Use): Problem[] {
  const variable = variableOf(use, "region");
  if (variable === undefined) return [];
  return [
    { path: ["as", variable], message: "only the entries of `login: identity` have a region, which its tokens are made for" },
  ];
}

/** RDS alone knows an application by its identity without SQL under somebody's own directory. */
function identityProblems(fleet: Fleet, use: Use): Problem[] {
  const { database: key, server, name } = use;
  const at = (field: string, message: string): Problem[] => [{ path: [field], message }];
  const database = server === undefined ? fleet.databases[key ?? ""] : undefined;
  if (database?.cloud !== "aws")
    return at(
      "login",
      `'identity' is for databases on AWS, and '${key ?? server}' is ${database ? `on ${database.cloud}` : "a machine of its cluster"}: leave it out, and the application gets a password (docs/known-limits.md says why)`,
    );
  const own = name ?? databasesOn(key!, database)[0]!;
  if (identityUser(own).length > USER_NAME_MAX)
    return at(
      "login",
      `its user would be '${identityUser(own)}', and MySQL takes ${USER_NAME_MAX} characters: call the database otherwise`,
    );
  const password = variableOf(use, "password");
  if (password === undefined) return [];
  return at(
    "as",
    `'${password}' would get a password, and with \`login: identity\` there is none: the application asks AWS for a token`,
  );
}
