import { ContainerCluster } from "@cdktf/provider-google/lib/container-cluster";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { recurringWindow } from "./maintenance";
import type { ClusterNetwork } from "./network";
import { NODE_SCOPES } from "./node-pools";
import type { GkeApi, GkeMaintenance } from "./props";

export interface ControlPlaneProps {
  readonly name: string;
  readonly projectId: string;
  readonly region: string;
  readonly kubernetes: string;
  readonly zones?: readonly string[];
  readonly network: ClusterNetwork;
  readonly nodeAccount: string;
  readonly api: GkeApi;
  readonly releaseChannel: "RAPID" | "REGULAR" | "STABLE" | "EXTENDED";
  readonly dnsEndpoint: boolean;
  readonly controlPlaneCidr?: string;
  readonly secretsKey: string;
  readonly maintenance: GkeMaintenance;
  readonly deletionProtection: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** From which a private endpoint takes connections where nothing is listed: RFC 1918 and RFC 6598. */
const PRIVATE_RANGES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

export interface ControlPlane {
  readonly cluster: ContainerCluster;
  /** URL of the API. */
  readonly endpoint: string;
  /** PEM in base64. @default - the DNS endpoint has a certificate of a public authority */
  readonly certificateAuthority?: string;
}

/** The cluster proper, without pools of its own. */
export function controlPlane(scope: Construct, id: string, props: ControlPlaneProps): ControlPlane {
  const { projectId, deletionProtection } = props;
  const isPrivate = props.api.access === "private";
  const cluster = new ContainerCluster(scope, id, {
    project: projectId,
    name: props.name,
    location: props.region,
    nodeLocations: props.zones && [...props.zones],
    network: props.network.network,
    subnetwork: props.network.subnetwork,
    deletionProtection,

    // GKE switches this on by itself (everywhere from 1.36); google 6.50 reads that as true → false, which replaces the
    // cluster (terraform-provider-google#24718). Never leave it out.
    enableL4IlbSubsetting: true,

    // The default pool lives for some minutes; without an account it would run as the project's editor.
    removeDefaultNodePool: true,
    initialNodeCount: 1,
    nodeConfig: { serviceAccount: props.nodeAccount, oauthScopes: [...NODE_SCOPES] },

    networkingMode: "VPC_NATIVE",
    // Dataplane V2. It enforces network policies itself and excludes the `network_policy` block.
    datapathProvider: "ADVANCED_DATAPATH",
    ipAllocationPolicy: {
      clusterSecondaryRangeName: props.network.podsRange,
      servicesSecondaryRangeName: props.network.servicesRange,
      stackType: "IPV4",
    },
    defaultMaxPodsPerNode: 110,
    dnsConfig: { clusterDns: "CLOUD_DNS", clusterDnsScope: "CLUSTER_SCOPE" },
    gatewayApiConfig: { channel: "CHANNEL_STANDARD" },

    releaseChannel: { channel: props.releaseChannel },
    minMasterVersion: props.kubernetes,
    maintenancePolicy: { recurringWindow: recurringWindow(props.maintenance) },

    masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
    workloadIdentityConfig: { workloadPool: `${projectId}.svc.id.goog` },
    enableShieldedNodes: true,
    databaseEncryption: { state: "ENCRYPTED", keyName: props.secretsKey },
    // Google shut both vulnerability scanners down (2025-07-31, 2026-06-16); the posture itself is free.
    securityPostureConfig: { mode: "BASIC", vulnerabilityMode: "VULNERABILITY_DISABLED" },

    privateClusterConfig: {
      enablePrivateNodes: true,
      enablePrivateEndpoint: isPrivate,
      masterIpv4CidrBlock: props.controlPlaneCidr,
      masterGlobalAccessConfig: { enabled: true },
    },
    // An allow-list knows nothing of the DNS endpoint, so that one stays shut unless asked for.
    controlPlaneEndpointsConfig: {
      dnsEndpointConfig: { allowExternalTraffic: props.dnsEndpoint },
      ipEndpointsConfig: { enabled: true },
    },
    masterAuthorizedNetworksConfig: {
      cidrBlocks: allowedRanges(props).map((cidrBlock) => ({ cidrBlock })),
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
    resourceLabels: { ...props.labels },

    timeouts: { create: "90m", update: "90m", delete: "90m" },
    lifecycle: {
      // The cluster's own flag fires only when pools, address and grants are gone; this one fires at plan.
      preventDestroy: deletionProtection,
      // The first describes the default pool, which is gone. The second comes back as
      // ALL_OBJECTS_ENCRYPTION_ENABLED, which google 6.50 takes for a change every time.
      ignoreChanges: ["node_config", "database_encryption[0].state"],
    },
    dependsOn: [...props.dependsOn],
  });

  return props.dnsEndpoint
    ? { cluster, endpoint: `https://${cluster.controlPlaneEndpointsConfig.dnsEndpointConfig.endpoint}` }
    : // With a private endpoint `endpoint` is its address.
      { cluster, endpoint: `https://${cluster.endpoint}`, certificateAuthority: cluster.masterAuth.clusterCaCertificate };
}

/** @throws where a public API would be reachable for nobody */
function allowedRanges({ name, api, dnsEndpoint }: ControlPlaneProps): readonly string[] {
  const allowFrom = api.allowFrom ?? [];
  if (allowFrom.length > 0) return allowFrom;
  if (api.access === "private") return PRIVATE_RANGES;
  if (dnsEndpoint) return [];
  throw new Error(
    `cluster ${name}: a public API needs api.allowFrom, the ranges of the people and of the runner; or set api.access to private, or dnsEndpoint to true`,
  );
}
