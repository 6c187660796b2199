import type { TerraformProvider } from "cdktf";
import { AWS_SERVICES } from "../../../model/derived/addresses";
import { mustNameZones, zonesOf } from "../../../model/derived/zones";
import {
  EKS_FLOW_LOGS,
  EKS_KEEP_LOGS,
  EKS_LOG_TYPES,
  EKS_SUPPORT_TYPE,
  LOG_RETENTION_DAYS,
  NAT,
} from "../../../model/schema/defaults";
import { apiSettings, type ClusterApi, type ClusterPool, poolsSettings } from "../settings";
import type { EksClusterProps, EksExistingNetworkProps, EksLogType } from "./props";

/** The props with every default filled in. */
export interface EksSettings {
  readonly name: string;
  readonly clusterKey: string;
  readonly accountId: string;
  readonly region: string;
  readonly kubernetes: string;
  readonly network: {
    readonly cidr: string;
    readonly zones: readonly string[];
    readonly services: string;
    readonly nat: "per-zone" | "single";
    /** Of each NAT gateway. @default - made here */
    readonly egressAddresses?: readonly string[];
    readonly existing?: Required<EksExistingNetworkProps>;
  };
  readonly api: ClusterApi;
  readonly pools: Readonly<Record<string, ClusterPool>>;
  /** The runner and the administrators, each once. */
  readonly principals: readonly string[];
  readonly runner: string;
  readonly assumeRoleArn?: string;
  readonly secretsKeyArn?: string;
  readonly supportType: "STANDARD" | "EXTENDED";
  readonly logTypes: readonly EksLogType[];
  readonly logRetentionDays: number;
  readonly flowLogs: boolean;
  readonly keepLogs: boolean;
  readonly permissionsBoundaryArn?: string;
  readonly deletionProtection: boolean;
  readonly addonVersions: Readonly<Partial<Record<string, string>>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly provider?: TerraformProvider;
}

function knownZones(region: string): readonly string[] {
  return mustNameZones("aws", region) ? [] : zonesOf("aws", region).slice(0, 3);
}

/** @throws where the props can't become a cluster, with every reason */
export function eksSettings(props: EksClusterProps): EksSettings {
  const { network } = props;
  const settings: EksSettings = {
    ...props,
    clusterKey: props.clusterKey ?? props.name,
    network: {
      cidr: network.cidr,
      zones: network.existing ? [] : (network.zones ?? knownZones(props.region)),
      services: network.services ?? AWS_SERVICES,
      nat: network.nat ?? NAT,
      egressAddresses: network.egressAddresses,
      existing: network.existing && {
        vpcId: network.existing.vpcId ?? "",
        privateSubnetIds: network.existing.privateSubnetIds ?? [],
        publicSubnetIds: network.existing.publicSubnetIds ?? [],
      },
    },
    api: apiSettings(props.api),
    pools: poolsSettings("aws", props.pools),
    principals: [...new Set([props.runner, ...(props.admins ?? [])])],
    supportType: props.supportType ?? EKS_SUPPORT_TYPE,
    logTypes: props.logTypes ?? EKS_LOG_TYPES,
    logRetentionDays: props.logRetentionDays ?? LOG_RETENTION_DAYS,
    flowLogs: props.flowLogs ?? EKS_FLOW_LOGS,
    keepLogs: props.keepLogs ?? EKS_KEEP_LOGS,
    deletionProtection: props.deletionProtection ?? true,
    addonVersions: props.addonVersions ?? {},
    tags: { ...props.tags },
  };
  return settings;
}

/** Tags of a resource that has a name of its own in the console. */
export function named(settings: EksSettings, name: string): Record<string, string> {
  return { Name: name, ...settings.tags };
}
