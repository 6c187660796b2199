export { EksCluster } from "./cluster";
export type {
  EksApiProps,
  EksClusterProps,
  EksExistingNetworkProps,
  EksLogType,
  EksNetworkProps,
  EksPoolProps,
} from "./props";
