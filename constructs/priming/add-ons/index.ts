import type { AddOnName } from "../../../model/add-ons";
import type { Install } from "../install";
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

/** What each add-on makes on a cluster, in the order in which releases of one phase are named. model/add-ons/index.ts has their data. */
export const INSTALLS: { readonly [Name in AddOnName]: Install<Name> } = {
  "load-balancer-guard": loadBalancerGuard,
  "csi-driver-nfs": csiDriverNfs,
  storage,
  "nfs-provisioner": nfsProvisioner,
  "gateway-api": gatewayApi,
  traefik,
  "envoy-gateway": envoyGateway,
  "cert-manager": certManager,
  "external-secrets": externalSecrets,
  "external-dns": externalDns,
  "metrics-server": metricsServer,
  "cluster-autoscaler": clusterAutoscaler,
  monitoring,
  logging,
  graylog,
  headlamp,
  reloader,
  velero,
};
