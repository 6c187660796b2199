import type { Rule } from "../problem";
import { access } from "./access";
import { addons } from "./addons";
import { api } from "./api";
import { apps } from "./apps";
import { assumedRoles } from "./assumed-roles";
import { challengeZone } from "./challenge-zone";
import { charts } from "./charts";
import { dns } from "./dns";
import { duplicates } from "./duplicates";
import { equalMachines } from "./equal-machines";
import { execSecrets } from "./exec-secrets";
import { existingClusters } from "./existing";
import { maintenance } from "./maintenance";
import { networks } from "./networks";
import { plainSecrets } from "./plain-secrets";
import { pools } from "./pools";
import { rangeOverlaps } from "./range-overlaps";
import { ranges } from "./ranges";
import { regions } from "./regions";
import { resourceGroups } from "./resource-groups";
import { routing } from "./routing";
import { stacks } from "./stacks";
import { state } from "./state";
import { tags } from "./tags";
import { logRetention, versions } from "./versions";
import { zones } from "./zones";

/** Every rule, a file for each subject. */
export const rules: readonly Rule[] = [
  regions,
  zones,
  versions,
  logRetention,
  ranges,
  rangeOverlaps,
  networks,
  pools,
  equalMachines,
  api,
  access,
  assumedRoles,
  maintenance,
  tags,
  resourceGroups,
  duplicates,
  existingClusters,
  dns,
  challengeZone,
  routing,
  apps,
  charts,
  addons,
  plainSecrets,
  execSecrets,
  state,
  stacks,
];
