import { ofRule, type Rule, type Rules } from "../problems/problem";
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
import { namespaces } from "./services/namespaces";

/**
 * Every rule by its id, a file for each subject. Each looks at no more than its sentence is about: in a file that is broken
 * elsewhere, only rules that read nothing of the broken parts are believed (reading/independence.ts).
 */
export const RULES: Rules = {
  regions,
  "availability-zones": zones,
  "kubernetes-version": versions,
  "log-retention": logRetention,
  ranges,
  "range-overlaps": rangeOverlaps,
  networks,
  ...pools,
  "pool-versions": poolVersions,
  "equal-machines": equalMachines,
  ...api,
  ...access,
  "assumed-roles": assumedRoles,
  maintenance,
  tags,
  waves,
  "resource-groups": resourceGroups,
  duplicates,
  "existing-clusters": existingClusters,
  dns,
  "challenge-zone": challengeZone,
  ...routing,
  apps,
  "app-charts": appCharts,
  "app-colours": appColours,
  "app-secrets": appSecretsRule,
  "app-rights": appRights,
  namespaces,
  "namespace-access": namespaceAccess,
  charts,
  "add-ons": addons,
  "key-vaults": keyVaults,
  "plain-secrets": plainSecrets,
  ...backing,
  state,
  "destroyed-stacks": stacks,
  "stack-ids": stackIdentity,
};

/** The same, each of whose problems has the id. */
export const rules: readonly Rule[] = Object.entries(RULES).map(
  ([id, rule]): Rule =>
    (fleet) =>
      ofRule(id, rule(fleet)),
);
