export { AksCluster } from "./cluster";
export type * from "./props";
