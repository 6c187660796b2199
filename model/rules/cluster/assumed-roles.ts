import type { Problem, Rule } from "../../problems/problem";
import type { Fleet } from "../../schema/fleet";

interface Account {
  readonly path: Problem["path"];
  readonly accountId: string;
  readonly assumeRoleArn?: string;
}

/**
 * Whoever assumes a role is in the role's account, and the aws provider gets `accountId` as the only one that it may work
 * in (allowed_account_ids): with a role of another account each plan would end in an error.
 */
export const assumedRoles: Rule = (fleet) =>
  accountsOf(fleet).flatMap(({ path, accountId, assumeRoleArn }) => {
    const [, account] = /^arn:[^:]+:iam::(\d{12}):role\//.exec(assumeRoleArn ?? "") ?? [];
    if (account === undefined || account === accountId) return [];
    return [
      {
        path: [...path, "assumeRoleArn"],
        message: `'${assumeRoleArn}' is a role of account ${account}, and \`accountId\` is ${accountId}, the only account that Terraform may work in: take a role of ${accountId}, or write \`accountId: "${account}"\``,
        because: [[...path, "accountId"]],
      },
    ];
  });

function accountsOf({ clusters, dns }: Fleet): readonly Account[] {
  const ofClusters = clusters.flatMap((cluster) =>
    cluster.cloud === "aws" ? [{ path: ["clusters", cluster.name, "aws"], ...cluster.aws }] : [],
  );
  const { aws, parent } = dns;
  // The zone takes the account of the defaults or of the clusters where it has none; then it is said there.
  const same = ofClusters.some((one) => one.accountId === aws?.accountId && one.assumeRoleArn === aws.assumeRoleArn);
  return [
    ...ofClusters,
    ...(aws && !same ? [{ path: ["dns", "aws"], ...aws }] : []),
    ...(parent?.aws ? [{ path: ["dns", "parent", "aws"], ...parent.aws }] : []),
  ];
}
