import type { Values } from "../../helm/values";
import { clusterCertificate, publicCertificate } from "../certificates";
import { type AddOnHost, ownDomain } from "../host";
import type { Install } from "../install";

const NAMESPACE = "envoy-gateway";
const GATEWAY = "ingress";

/** Gateway API by Envoy: one Gateway on the cluster's static address, to which every namespace may attach routes. */
export const envoyGateway: Install<"envoy-gateway"> = {
  namespace: {
    name: NAMESPACE,
    podSecurity: "baseline",
    open: [
      { port: 10080, from: "anywhere" },
      { port: 10443, from: "anywhere" },
      { port: 19001, from: "cluster" },
    ],
  },
  install(scope, host, installer) {
    const { ingress } = host.addons;
    installer.chart(scope, "release", {
      phase: "operators",
      chart: "gateway-helm",
      definitions: "envoy-gateway",
      namespace: NAMESPACE,
      values: {
        // the chart's own are the experimental channel's, with a policy for the whole cluster
        crds: { enabled: false },
        // a webhook on port 9443, which GKE's control plane doesn't reach
        topologyInjector: { enabled: false },
        deployment: {
          replicas: Math.min(ingress.replicas, 2),
          envoyGateway: { resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "1Gi" } } },
        },
        podDisruptionBudget: { minAvailable: ingress.replicas > 1 ? 1 : 0 },
      },
    });
    installer.objects(scope, "envoy-gateway-ingress", {
      phase: "resources",
      namespace: NAMESPACE,
      objects: gatewayObjects(host),
    });
  },
};

function gatewayObjects(host: AddOnHost): Values[] {
  const certificates = [clusterCertificate(host), publicCertificate(host)].filter((one) => one !== undefined);
  const routes = { namespaces: { from: "All" } };
  const target = `ingress.${ownDomain(host)}`;
  const { replicas } = host.addons.ingress;
  return [
    {
      apiVersion: "gateway.envoyproxy.io/v1alpha1",
      kind: "EnvoyProxy",
      metadata: { name: GATEWAY, namespace: NAMESPACE },
      spec: {
        provider: {
          type: "Kubernetes",
          kubernetes: {
            envoyDeployment: {
              replicas,
              pod: {
                topologySpreadConstraints: [
                  {
                    maxSkew: 1,
                    topologyKey: "topology.kubernetes.io/zone",
                    whenUnsatisfiable: "ScheduleAnyway",
                    labelSelector: { matchLabels: { "gateway.envoyproxy.io/owning-gateway-name": GATEWAY } },
                  },
                ],
              },
              container: { resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "1Gi" } } },
            },
            envoyService: envoyService(host),
            ...(replicas > 1 && { envoyPDB: { maxUnavailable: 1 } }),
          },
        },
        // the cloud's balancer sends here until its own probe has failed: GKE's takes 24 seconds
        ...(host.face.ingress.service.type === "LoadBalancer" && { shutdown: { minDrainDuration: "30s" } }),
      },
    },
    {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "GatewayClass",
      metadata: { name: "envoy" },
      spec: {
        controllerName: "gateway.envoyproxy.io/gatewayclass-controller",
        parametersRef: { group: "gateway.envoyproxy.io", kind: "EnvoyProxy", name: GATEWAY, namespace: NAMESPACE },
      },
    },
    {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "Gateway",
      metadata: {
        name: GATEWAY,
        namespace: NAMESPACE,
        // records of routes lead to the name that Terraform owns; external-dns reads one prefix, old or new by its version
        annotations: {
          "external-dns.alpha.kubernetes.io/target": target,
          "external-dns.kubernetes.io/target": target,
        },
      },
      spec: {
        gatewayClassName: "envoy",
        listeners: [
          { name: "http", protocol: "HTTP", port: 80, allowedRoutes: routes },
          ...(certificates.length > 0
            ? [
                {
                  name: "https",
                  protocol: "HTTPS",
                  port: 443,
                  allowedRoutes: routes,
                  tls: {
                    mode: "Terminate",
                    certificateRefs: certificates.map(({ secret }) => ({ kind: "Secret", name: secret })),
                  },
                },
              ]
            : []),
        ],
      },
    },
    {
      apiVersion: "gateway.envoyproxy.io/v1alpha1",
      kind: "ClientTrafficPolicy",
      metadata: { name: GATEWAY, namespace: NAMESPACE },
      spec: {
        targetRefs: [{ group: "gateway.networking.k8s.io", kind: "Gateway", name: GATEWAY }],
        // answered by Envoy itself, for the health probes of DNS
        healthCheck: { path: "/ping" },
        ...(host.face.ingress.service.type === "NodePort" && { proxyProtocol: { optional: false } }),
      },
    },
  ];
}

function envoyService({ face }: AddOnHost): Values {
  const { service } = face.ingress;
  const name = "envoy-ingress";
  if (service.type === "LoadBalancer")
    return {
      name,
      type: "LoadBalancer",
      externalTrafficPolicy: "Local",
      annotations: service.annotations,
      ...(service.loadBalancerClass !== undefined && { loadBalancerClass: service.loadBalancerClass }),
    };
  return {
    name,
    type: "NodePort",
    externalTrafficPolicy: "Cluster",
    patch: {
      type: "StrategicMerge",
      value: {
        spec: {
          ports: [
            { port: 80, nodePort: service.httpNodePort },
            { port: 443, nodePort: service.httpsNodePort },
          ],
        },
      },
    },
  };
}
