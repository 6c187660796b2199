import type { Problem, Rule } from "../../problems/problem";
import type { BackingCloud } from "../../schema/backing";

const NEEDED: Readonly<Record<BackingCloud, string>> = {
  aws: "accountId",
  azure: "subscriptionId and tenantId",
  google: "projectId",
};
/** Of what writes secrets. */
const WITH_RUNNER = { ...NEEDED, azure: "subscriptionId, tenantId and runner" };

/** Whatever stands behind clusters is in an account that is known, and its key makes no stack id that another has. */
export const accounts: Rule = (fleet) =>
  [
    ...Object.entries(fleet.databases).map(([key, database]) => ["databases", key, database, WITH_RUNNER] as const),
    ...Object.entries(fleet.registries).map(([key, registry]) => ["registries", key, registry, NEEDED] as const),
    ...Object.entries(fleet.backups).map(([key, store]) => ["backups", key, store, WITH_RUNNER] as const),
  ].flatMap(([block, key, service, needed]) => [
    ...accountProblems([block, key], service, needed),
    ...idProblems([block, key], key),
  ]);

interface Service extends Readonly<Partial<Record<BackingCloud, object | undefined>>> {
  readonly cloud: BackingCloud | "external";
}

function accountProblems(path: Problem["path"], service: Service, needed: typeof NEEDED): readonly Problem[] {
  const own = service.cloud;
  const others = (["aws", "azure", "google"] as const)
    .filter((cloud) => cloud !== own && service[cloud] !== undefined)
    .map((cloud) => ({
      path: [...path, cloud],
      message: `is for \`cloud: ${cloud}\`, and this one has \`cloud: ${own}\`: remove it`,
    }));
  if (own === "external" || service[own] !== undefined) return others;
  return [
    ...others,
    {
      path: [...path, own],
      missing: true,
      message: `is missing, and neither \`defaults.${own}\` nor the clusters say one account: write ${needed[own]} there`,
    },
  ];
}

/** `f-data-x-cluster` would be the stack of a cluster `data-x`. */
function idProblems(path: Problem["path"], key: string): readonly Problem[] {
  const end = /-(cluster|priming|apps)$/.exec(key)?.[0];
  if (end === undefined) return [];
  return [{ path, atKey: true, message: `'${key}' ends with '${end}', as the stacks of clusters do: take another name` }];
}
