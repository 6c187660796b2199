import type { Rule } from "../problems/problem";
import { backing } from "./backing";
import { access } from "./cluster/access";
import { api } from "./cluster/api";
import { assumedRoles } from "./cluster/assumed-roles";
import { equalMachines } from "./cluster/equal-machines";
import { existingClusters } from "./cluster/existing";
import { poolVersions } from "./cluster/pool-versions";
import { pools } from "./cluster/pools";
import { regions } from "./cluster/regions";
import { resourceGroups } from "./cluster/resource-groups";
import { logRetention, maintenance, versions } from "./cluster/versions";
import { zones } from "./cluster/zones";
import { challengeZone, dns } from "./fleet/dns";
import { duplicates } from "./fleet/duplicates";
import { plainSecrets } from "./fleet/secrets";
import { stackIdentity, stacks, state } from "./fleet/state";
import { tags } from "./fleet/tags";
import { waves } from "./fleet/waves";
import { routing } from "./names";
import { networks } from "./network/networks";
import { rangeOverlaps } from "./network/range-overlaps";
import { ranges } from "./network/ranges";
import { addons } from "./services/addons";
import { appCharts } from "./services/app-charts";
import { appColours } from "./services/app-colours";
import { appRights } from "./services/app-rights";
import { appSecretsRule } from "./services/app-secrets";
import { apps } from "./services/apps";
import { charts } from "./services/charts";
import { keyVaults } from "./services/key-vaults";
import { namespaceAccess } from "./services/namespace-access";

/**
 * Every rule, a file for each subject. Each looks at no more than its sentence is about: in a file that is broken
 * elsewhere, only rules that read nothing of the broken parts are believed (reading/independence.ts).
 */
export const rules: readonly Rule[] = [
  regions,
  zones,
  versions,
  logRetention,
  ranges,
  rangeOverlaps,
  networks,
  ...pools,
  poolVersions,
  equalMachines,
  ...api,
  ...access,
  assumedRoles,
  maintenance,
  tags,
  waves,
  resourceGroups,
  duplicates,
  existingClusters,
  dns,
  challengeZone,
  ...routing,
  apps,
  appCharts,
  appColours,
  appSecretsRule,
  appRights,
  namespaceAccess,
  charts,
  addons,
  keyVaults,
  plainSecrets,
  ...backing,
  state,
  stacks,
  stackIdentity,
];
