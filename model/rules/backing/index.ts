import type { Rules } from "../../problems/problem";
import { accounts } from "./accounts";
import { backups } from "./backups";
import { databaseWays } from "./database-ways";
import { databases } from "./databases";
import { images } from "./images";
import { privateRegistries } from "./private-registries";
import { pulls } from "./pulls";
import { registries } from "./registries";
import { registryNames } from "./registry-names";
import { serverSources } from "./server-sources";
import { servers } from "./servers";

/** What stands behind the clusters: a file for each subject. */
export const backing: Rules = {
  accounts,
  databases,
  "database-ways": databaseWays,
  registries,
  "registry-names": registryNames,
  "private-registries": privateRegistries,
  images,
  pulls,
  servers,
  "server-sources": serverSources,
  backups,
};
