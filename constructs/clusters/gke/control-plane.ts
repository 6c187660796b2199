import { ContainerCluster } from "@cdktf/provider-google/lib/container-cluster";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { recurringWindow } from "./maintenance";
import type { GkeNetwork } from "./network";
import { NODE_IMAGE, NODE_METADATA, NODE_SCOPES, SHIELDED, WORKLOAD_METADATA } from "./node-pools";
import type { GkeSettings } from "./settings";

export interface GkeControlPlaneInput {
  readonly network: GkeNetwork;
  readonly nodeAccount: string;
  readonly secretsKey: string;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** From which a private endpoint takes connections where nothing is listed: RFC 1918 and RFC 6598. */
const PRIVATE_RANGES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

export interface GkeControlPlane {
  readonly cluster: ContainerCluster;
  /** URL of the API. */
  readonly endpoint: string;
  /** PEM in base64. @default - the DNS endpoint has a certificate of a public authority */
  readonly certificateAuthority?: string;
}

/** The cluster proper, without pools of its own. */
export function gkeControlPlane(scope: Construct, settings: GkeSettings, input: GkeControlPlaneInput): GkeControlPlane {
  const { projectId, deletionProtection } = settings;
  const { zones } = settings.network;
  const isPrivate = settings.api.access === "private";
  const cluster = new ContainerCluster(scope, "control-plane", {
    provider: settings.provider,
    project: projectId,
    name: settings.name,
    location: settings.region,
    nodeLocations: zones && [...zones],
    network: input.network.network,
    subnetwork: input.network.subnetwork,
    deletionProtection,

    // GKE switches this on by itself (everywhere from 1.36); google 6.50 reads that as true → false, which replaces the
    // cluster (terraform-provider-google#24718). Never leave it out.
    enableL4IlbSubsetting: true,

    // The default pool lives for some minutes; without an account it would run as the project's editor.
    removeDefaultNodePool: true,
    initialNodeCount: 1,
    // Organization policies (compute.requireShieldedVm, and an organization's own on node pools) refuse a machine without
    // what every pool has, also for those minutes.
    nodeConfig: {
      serviceAccount: input.nodeAccount,
      imageType: NODE_IMAGE,
      oauthScopes: [...NODE_SCOPES],
      workloadMetadataConfig: { ...WORKLOAD_METADATA },
      shieldedInstanceConfig: { ...SHIELDED },
      metadata: { ...NODE_METADATA },
    },
    // The kubelet's port 10255 gives whatever is in the network the pods of a node, without asking who it is. Here, and not
    // in the pools: a kubelet_config there without a word on the processor quota turns that off (google 6.50).
    nodePoolDefaults: { nodeConfigDefaults: { insecureKubeletReadonlyPortEnabled: "FALSE" } },

    networkingMode: "VPC_NATIVE",
    // Dataplane V2. It enforces network policies itself and excludes the `network_policy` block.
    datapathProvider: "ADVANCED_DATAPATH",
    ipAllocationPolicy: {
      clusterSecondaryRangeName: input.network.podsRange,
      servicesSecondaryRangeName: input.network.servicesRange,
      stackType: "IPV4",
    },
    defaultMaxPodsPerNode: 110,
    dnsConfig: { clusterDns: "CLOUD_DNS", clusterDnsScope: "CLUSTER_SCOPE" },
    gatewayApiConfig: { channel: "CHANNEL_STANDARD" },

    releaseChannel: { channel: settings.releaseChannel },
    minMasterVersion: settings.kubernetes,
    maintenancePolicy: { recurringWindow: recurringWindow(settings.maintenance) },

    masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
    authenticatorGroupsConfig: settings.securityGroup === undefined ? undefined : { securityGroup: settings.securityGroup },
    workloadIdentityConfig: { workloadPool: `${projectId}.svc.id.goog` },
    enableShieldedNodes: true,
    databaseEncryption: { state: "ENCRYPTED", keyName: input.secretsKey },
    // Google shut both vulnerability scanners down (2025-07-31, 2026-06-16); the posture itself is free.
    securityPostureConfig: { mode: "BASIC", vulnerabilityMode: "VULNERABILITY_DISABLED" },

    privateClusterConfig: {
      enablePrivateNodes: true,
      enablePrivateEndpoint: isPrivate,
      masterIpv4CidrBlock: settings.controlPlaneCidr,
      masterGlobalAccessConfig: { enabled: true },
    },
    // An allow-list knows nothing of the DNS endpoint, so that one stays shut unless asked for.
    controlPlaneEndpointsConfig: {
      dnsEndpointConfig: { allowExternalTraffic: settings.dnsEndpoint },
      ipEndpointsConfig: { enabled: true },
    },
    masterAuthorizedNetworksConfig: {
      cidrBlocks: allowedRanges(settings).map((cidrBlock) => ({ cidrBlock })),
      gcpPublicCidrsAccessEnabled: false,
      privateEndpointEnforcementEnabled: isPrivate || undefined,
    },

    addonsConfig: {
      httpLoadBalancing: { disabled: false },
      gcePersistentDiskCsiDriverConfig: { enabled: true },
      gcpFilestoreCsiDriverConfig: { enabled: true },
      dnsCacheConfig: { enabled: true },
    },
    loggingConfig: { enableComponents: ["SYSTEM_COMPONENTS", "WORKLOADS", "APISERVER", "CONTROLLER_MANAGER", "SCHEDULER"] },
    monitoringConfig: { enableComponents: ["SYSTEM_COMPONENTS"], managedPrometheus: { enabled: true } },
    costManagementConfig: { enabled: true },
    // GKE hands them on to nodes, disks and volumes.
    resourceLabels: { ...settings.labels },

    timeouts: { create: "90m", update: "90m", delete: "90m" },
    lifecycle: {
      // The cluster's own flag fires only when pools, address and grants are gone; this one fires at plan.
      preventDestroy: deletionProtection,
      // The first describes the default pool, which is gone. The second comes back as
      // ALL_OBJECTS_ENCRYPTION_ENABLED, which google 6.50 takes for a change every time.
      ignoreChanges: ["node_config", "database_encryption[0].state"],
    },
    dependsOn: [...input.dependsOn],
  });

  return settings.dnsEndpoint
    ? { cluster, endpoint: `https://${cluster.controlPlaneEndpointsConfig.dnsEndpointConfig.endpoint}` }
    : // With a private endpoint `endpoint` is its address.
      { cluster, endpoint: `https://${cluster.endpoint}`, certificateAuthority: cluster.masterAuth.clusterCaCertificate };
}

/** Of a private endpoint every private range, since only the network and its peers reach it. */
function allowedRanges({ api }: GkeSettings): readonly string[] {
  if (api.allowFrom.length > 0) return api.allowFrom;
  return api.access === "private" ? PRIVATE_RANGES : [];
}
