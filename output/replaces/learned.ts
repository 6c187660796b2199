/**
 * Arguments that were found to replace a resource after the first lock files were written, a list for each time:
 * `aws_eks_cluster remote_network_config`. A lock says how many of these lists its writer knew. What it didn't know it
 * didn't look at, so that it says nothing of whether that argument was set.
 */
export const LEARNED: readonly (readonly string[])[] = [
  ["aws_eks_access_policy_association access_scope.type"],
  ["azurerm_storage_container storage_account_id"],
  ["object_id", "principal_name", "principal_type", "resource_group_name", "server_name", "tenant_id"].map(
    (argument) => `azurerm_postgresql_flexible_server_active_directory_administrator ${argument}`,
  ),
];

/** How much is known: what a lock file written now says. */
export const KNOWLEDGE = LEARNED.length + 1;

/** Whether somebody with so much knowledge knew that an argument replaces a resource. */
export const knew = (knowledge: number, type: string, path: string): boolean =>
  !LEARNED.slice(Math.max(0, knowledge - 1)).some((list) => list.includes(`${type} ${path}`));
