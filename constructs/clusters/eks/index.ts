export { EksCluster } from "./eks-cluster";
export type {
  EksApiProps,
  EksClusterProps,
  EksExistingNetworkProps,
  EksLogType,
  EksNetworkProps,
  EksPoolProps,
  EksTaint,
} from "./props";
