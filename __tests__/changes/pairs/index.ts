import type { Pair } from "../support";
import { ADD_ONS } from "./add-ons";
import { APPS } from "./apps";
import { CLUSTERS } from "./clusters";
import { DATABASES } from "./databases";
import { KUBERNETES } from "./kubernetes";
import { LEAVING } from "./leaving";
import { LOGS } from "./logs";
import { NAMES } from "./names";
import { POOLS } from "./pools";
import { REGISTRIES } from "./registries";
import { SERVERS } from "./servers";
import { WAYS } from "./ways";

/** A change of each kind, by the id that it gives. Every id that a rule can give is in one of them; docs/changes.md explains each. */
export const PAIRS: readonly Pair[] = [
  ...ADD_ONS,
  ...APPS,
  ...CLUSTERS,
  ...DATABASES,
  ...KUBERNETES,
  ...LEAVING,
  ...LOGS,
  ...NAMES,
  ...POOLS,
  ...REGISTRIES,
  ...SERVERS,
  ...WAYS,
];
