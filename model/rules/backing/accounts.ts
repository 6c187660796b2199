import type { Problem, Rule } from "../../problems/problem";
import type { BackingAccounts } from "../../schema/backing";

const NEEDED = {
  aws: "accountId",
  azure: "subscriptionId, tenantId and runner",
  google: "projectId",
} as const;

/** Whatever stands behind clusters is in an account that is known, and its key makes no stack id that another has. */
export const accounts: Rule = (fleet) =>
  Object.entries(fleet.databases).flatMap(([key, database]) => [
    ...accountProblems(["databases", key], database),
    ...idProblems(["databases", key], key),
  ]);

function accountProblems(path: Problem["path"], service: BackingAccounts & { readonly cloud: string }): readonly Problem[] {
  const own = service.cloud as keyof typeof NEEDED;
  const others = (["aws", "azure", "google"] as const)
    .filter((cloud) => cloud !== own && service[cloud] !== undefined)
    .map((cloud) => ({
      path: [...path, cloud],
      message: `is for \`cloud: ${cloud}\`, and this one has \`cloud: ${own}\`: remove it`,
    }));
  if (service[own] !== undefined) return others;
  return [
    ...others,
    {
      path: [...path, own],
      missing: true,
      message: `is missing, and neither \`defaults.${own}\` nor the clusters say one account: write ${NEEDED[own]} there`,
    },
  ];
}

/** `f-data-x-cluster` would be the stack of a cluster `data-x`. */
function idProblems(path: Problem["path"], key: string): readonly Problem[] {
  const end = /-(cluster|priming|apps)$/.exec(key)?.[0];
  if (end === undefined) return [];
  return [{ path, atKey: true, message: `'${key}' ends with '${end}', as the stacks of clusters do: take another name` }];
}
