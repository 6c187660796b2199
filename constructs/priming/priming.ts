import { Construct } from "constructs";
import { certManager } from "./add-ons/cert-manager";
import { clusterAutoscaler } from "./add-ons/cluster-autoscaler";
import { envoyGateway } from "./add-ons/envoy-gateway";
import { externalDns } from "./add-ons/external-dns";
import { externalSecrets } from "./add-ons/external-secrets";
import { gatewayApi } from "./add-ons/gateway-api";
import { graylog } from "./add-ons/graylog";
import { loadBalancerGuard, networkPolicies } from "./add-ons/guards";
import { headlamp } from "./add-ons/headlamp";
import { logging } from "./add-ons/logging";
import { metricsServer } from "./add-ons/metrics-server";
import { monitoring } from "./add-ons/monitoring";
import { nfsProvisioner } from "./add-ons/nfs-provisioner";
import { nfsDriver, storage } from "./add-ons/storage";
import { traefik } from "./add-ons/traefik";
import type { AddOn, AddOnNamespace, PrimingContext } from "./context";
import { BASE_NAMESPACE, Installer } from "./installer";

/** Every add-on there is. To add one, write its file and name it here. */
export const ADD_ONS: readonly AddOn[] = [
  loadBalancerGuard,
  nfsDriver,
  storage,
  nfsProvisioner,
  gatewayApi,
  traefik,
  envoyGateway,
  certManager,
  externalSecrets,
  externalDns,
  metricsServer,
  clusterAutoscaler,
  monitoring,
  logging,
  graylog,
  headlamp,
];

/** What a cluster needs before applications: its add-ons, their namespaces, and the order between them. */
export class Priming extends Construct {
  constructor(scope: Construct, id: string, context: PrimingContext) {
    super(scope, id);
    const installer = new Installer(this, context);
    installer.namespace({ name: BASE_NAMESPACE, podSecurity: "restricted" });
    const wanted = ADD_ONS.filter((addOn) => addOn.wanted(context));
    const namespaces: AddOnNamespace[] = wanted.flatMap(({ namespace }) => (namespace ? [namespace] : []));
    for (const namespace of namespaces) installer.namespace(namespace);
    for (const addOn of wanted) addOn.install(new Construct(this, addOn.name), context, installer);
    if (context.addons.guards.networkPolicies && namespaces.length > 0)
      installer.objects(this, "network-policies", {
        phase: "operators",
        namespace: BASE_NAMESPACE,
        objects: namespaces.flatMap(networkPolicies),
      });
    installer.order();
  }
}
