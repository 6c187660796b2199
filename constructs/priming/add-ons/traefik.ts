import type { ClusterFace } from "../../clusters/face";
import type { Values } from "../../helm/values";
import { clusterCertificate, publicCertificate } from "../certificates";
import { type AddOnHost, ownDomain } from "../host";
import type { Install } from "../install";
import { traefikOpenings } from "../openings";

export const TRAEFIK_NAMESPACE = "traefik";

/** The ingress controller by default: Ingress and its own routes, on the cluster's static address. */
export const traefik: Install<"traefik"> = {
  namespace: {
    name: TRAEFIK_NAMESPACE,
    podSecurity: "restricted",
    open: [
      { port: "web", from: "anywhere" },
      { port: "websecure", from: "anywhere" },
      { port: "metrics", from: "cluster" },
    ],
  },
  opens: ({ ingress: { values } }) => traefikOpenings(values),
  install(scope, host, installer) {
    installer.chart(scope, "release", {
      phase: "operators",
      chart: "traefik",
      definitions: "traefik",
      namespace: TRAEFIK_NAMESPACE,
      values: traefikValues(host),
    });
    const certificates = [clusterCertificate(host), publicCertificate(host)].filter((one) => one !== undefined);
    if (certificates.length === 0) return;
    const [first, ...others] = certificates;
    installer.objects(scope, "ingress-certificates", {
      phase: "resources",
      namespace: TRAEFIK_NAMESPACE,
      objects: [
        {
          apiVersion: "traefik.io/v1alpha1",
          kind: "TLSStore",
          // Traefik takes the store of this name wherever it is, and no other
          metadata: { name: "default", namespace: TRAEFIK_NAMESPACE },
          spec: {
            defaultCertificate: { secretName: first!.secret },
            ...(others.length > 0 && { certificates: others.map(({ secret }) => ({ secretName: secret })) }),
          },
        },
      ],
    });
  },
};

function traefikValues(host: AddOnHost): Values {
  const { replicas, redirectToHttps, nginxAnnotations } = host.addons.ingress;
  const { service, ports } = binding(host.face);
  return {
    deployment: { replicas },
    // a cluster that something else made may have a default class already
    ingressClass: { enabled: true, isDefaultClass: host.own.cloud !== "existing" },
    providers: {
      kubernetesCRD: { enabled: true, allowCrossNamespace: false },
      kubernetesIngress: {
        enabled: true,
        // every Ingress says the name that Terraform gave the cluster, whatever its cloud made of the service
        publishedService: { enabled: false },
        ingressEndpoint: { hostname: `ingress.${ownDomain(host)}` },
      },
      kubernetesIngressNGINX: { enabled: nginxAnnotations, ingressClass: "nginx" },
      kubernetesGateway: { enabled: false },
    },
    ports: {
      web: {
        ...ports.web,
        ...(redirectToHttps && {
          http: { redirections: { entryPoint: { to: "websecure", scheme: "https", permanent: true } } },
        }),
      },
      websecure: { ...ports.websecure, http: { tls: { enabled: true } } },
    },
    // /ping on both ports, for the health probes of DNS
    ingressRoute: { healthcheck: { enabled: true, entryPoints: ["web", "websecure"] } },
    service,
    podDisruptionBudget: replicas > 1 ? { enabled: true, maxUnavailable: 1 } : { enabled: false },
    resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "512Mi" } },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: { "app.kubernetes.io/name": "traefik" } },
      },
    ],
    global: { checkNewVersion: false, sendAnonymousUsage: false },
  };
}

/** How the controller's service is bound to the static address; clients' own addresses arrive everywhere. */
function binding(face: ClusterFace): { service: Values; ports: { web: Values; websecure: Values } } {
  const { service } = face.ingress;
  if (service.type === "NodePort") {
    const trusted = { proxyProtocol: { trustedIPs: service.proxyProtocolFrom } };
    return {
      service: { spec: { type: "NodePort", externalTrafficPolicy: "Cluster" } },
      ports: {
        web: { nodePort: service.httpNodePort, ...trusted },
        websecure: { nodePort: service.httpsNodePort, ...trusted },
      },
    };
  }
  // The cloud's balancer sends here until its own probe has failed: AKS after about 10 seconds, GKE after 24. Until then
  // a pod that ends still takes connections; it has 60 seconds in all.
  const draining = { transport: { lifeCycle: { requestAcceptGraceTimeout: 30 } } };
  return {
    service: {
      annotations: service.annotations,
      spec: {
        type: "LoadBalancer",
        externalTrafficPolicy: "Local",
        ...(service.loadBalancerClass !== undefined && { loadBalancerClass: service.loadBalancerClass }),
      },
    },
    ports: { web: draining, websecure: draining },
  };
}
