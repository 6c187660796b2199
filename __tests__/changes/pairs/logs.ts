import { one, type Pair } from "../support";

const workspace =
  "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/logs/providers/Microsoft.OperationalInsights/workspaces/all";

/** Logs: where they go, and whether they stay. */
export const LOGS: readonly Pair[] = [
  ["EKS's log types", one("eks"), one("eks", { aws: { logTypes: [] } }), ["refused logs-destroyed"]],
  [
    "EKS's audit logs go nowhere, their group stays",
    one("eks", { aws: { keepLogs: true } }),
    one("eks", { aws: { keepLogs: true, logTypes: [] } }),
    ["note logs-moved"],
  ],
  ["EKS's log groups stay from now on", one("eks"), one("eks", { aws: { keepLogs: true } }), ["note logs-kept"]],
  ["EKS's log groups go again", one("eks", { aws: { keepLogs: true } }), one("eks"), ["note logs-kept"]],
  ["flow logs off", one("eks", { aws: { flowLogs: true } }), one("eks"), ["refused logs-destroyed"]],
  ["flow logs on", one("eks"), one("eks", { aws: { flowLogs: true } }), []],
  [
    "flow logs off, whose group stays",
    one("eks", { aws: { flowLogs: true, keepLogs: true } }),
    one("eks", { aws: { keepLogs: true } }),
    [],
  ],
  ["AKS's logs elsewhere", one("aks"), one("aks", { azure: { logAnalyticsWorkspaceId: workspace } }), ["refused logs-destroyed"]],
  ["AKS's logs nowhere", one("aks"), one("aks", { azure: { logCategories: [] } }), ["refused logs-destroyed"]],
  ["AKS's own workspace no more", one("aks", { azure: { logAnalyticsWorkspaceId: workspace } }), one("aks"), ["note logs-moved"]],
];
