export { grantClusterAdmin } from "./access";
export { GkeCluster } from "./cluster";
export { googleLabels } from "./labels";
export type { GkeApiProps, GkeClusterProps, GkeMaintenanceProps, GkeNetworkProps, GkePoolProps } from "./props";
