import { certManager } from "./cert-manager";
import { clusterAutoscaler } from "./cluster-autoscaler";
import { csiDriverNfs } from "./csi-driver-nfs";
import { envoyGateway } from "./envoy-gateway";
import { externalDns } from "./external-dns";
import { externalSecrets } from "./external-secrets";
import { gatewayApi } from "./gateway-api";
import { graylog } from "./graylog";
import { headlamp } from "./headlamp";
import { loadBalancerGuard } from "./load-balancer-guard";
import { logging } from "./logging";
import { metricsServer } from "./metrics-server";
import { monitoring } from "./monitoring";
import { nfsProvisioner } from "./nfs-provisioner";
import { reloader } from "./reloader";
import { storage } from "./storage";
import { traefik } from "./traefik";
import { velero } from "./velero";

/**
 * Every add-on there is, by name: also the construct id of what it makes, a contract. The order is that of the fleet
 * file's reference. constructs/priming/add-ons/index.ts has what each makes on a cluster.
 */
export const ADD_ONS = {
  traefik,
  "envoy-gateway": envoyGateway,
  "cert-manager": certManager,
  "external-dns": externalDns,
  "gateway-api": gatewayApi,
  "cluster-autoscaler": clusterAutoscaler,
  "metrics-server": metricsServer,
  storage,
  "csi-driver-nfs": csiDriverNfs,
  "nfs-provisioner": nfsProvisioner,
  monitoring,
  logging,
  graylog,
  headlamp,
  "external-secrets": externalSecrets,
  reloader,
  velero,
  "load-balancer-guard": loadBalancerGuard,
} as const;

export type AddOnName = keyof typeof ADD_ONS;

type Charts<Name extends AddOnName> = (typeof ADD_ONS)[Name]["charts"];
/** The charts that an add-on installs. */
export type ChartOf<Name extends AddOnName> = Name extends AddOnName ? keyof Charts<Name> & string : never;
export type ChartName = ChartOf<AddOnName>;
