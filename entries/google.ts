/** GKE clusters. Needs @cdktf/provider-google. */
export type { ClusterFace, GoogleFoundation } from "../constructs/clusters/face";
export * from "../constructs/clusters/gke";
