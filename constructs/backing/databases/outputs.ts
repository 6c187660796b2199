import type { DatabaseServer } from "../../../model/derived/databases";

/** Name of an output about one server of a database, for the stacks of the clusters that attach themselves. */
export const serverOutput = (what: string, { key }: Pick<DatabaseServer, "key">): string => `${what}_${key.replaceAll("-", "_")}`;
