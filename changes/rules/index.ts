import { addonsGone, chartsMoved } from "./addons";
import { appsGone, appsMoved } from "./apps";
import {
  databaseAfterPromotion,
  databaseMadeOnce,
  databasePasswords,
  databasePromoted,
  databaseServers,
  databaseStandby,
  databasesMoved,
  databaseTokens,
  databaseVersions,
} from "./databases";
import { dataDropped, destroyedAndMade, destroyedPast, protectedDropped, stacksDropped } from "./dropped";
import { identity, tenant, zone } from "./identity";
import { flowLogs, googleKey, logs, secretsKey } from "./keys-and-logs";
import { kubernetes, poolsAtOnce, poolVersions } from "./kubernetes";
import { storesMoved } from "./moved";
import { certificates, nameEngine, namesRemoved, probes } from "./names";
import { awsRange, azureRanges, googleRanges, poolZonesRemoved, zonesRemoved } from "./network";
import { egressMoves, neverTaken } from "./never-taken";
import { poolsRemoved, poolsReplaced, poolsRotated } from "./pools";
import { providersGone } from "./providers";
import { cacheLogins, replicasAdded, replicasRemoved, replicationOwned } from "./registries";
import { replaced } from "./replaced";
import type { ChangeRule } from "./rule";
import { serverSourceUnknown, serversChanged } from "./servers";
import { stateMoved } from "./state";
import { waysMoved } from "./ways";

/** Every rule about a change, a file for each subject. docs/changes.md has an example of each id. */
export const changeRules: readonly ChangeRule[] = [
  stateMoved,
  identity,
  zone,
  tenant,
  stacksDropped,
  destroyedAndMade,
  destroyedPast,
  protectedDropped,
  dataDropped,
  providersGone,
  appsMoved,
  appsGone,
  kubernetes,
  poolVersions,
  poolsAtOnce,
  replaced,
  googleRanges,
  azureRanges,
  awsRange,
  zonesRemoved,
  poolZonesRemoved,
  secretsKey,
  googleKey,
  logs,
  flowLogs,
  poolsReplaced,
  poolsRotated,
  poolsRemoved,
  serversChanged,
  serverSourceUnknown,
  addonsGone,
  chartsMoved,
  nameEngine,
  namesRemoved,
  probes,
  certificates,
  replicasAdded,
  replicasRemoved,
  cacheLogins,
  neverTaken,
  egressMoves,
  replicationOwned,
  storesMoved,
  databasesMoved,
  databasePromoted,
  databaseServers,
  databasePasswords,
  databaseVersions,
  databaseMadeOnce,
  databaseAfterPromotion,
  databaseStandby,
  databaseTokens,
  waysMoved,
];
