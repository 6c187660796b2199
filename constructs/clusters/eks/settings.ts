import type { TerraformProvider } from "cdktf";
import { poolMachines } from "../../../model/catalog/machines";
import { AWS_SERVICES } from "../../../model/derived/addresses";
import { mustNameZones, zonesOf } from "../../../model/derived/zones";
import { checkEksCluster } from "./checks";
import type { EksApiProps, EksClusterProps, EksExistingNetworkProps, EksLogType, EksTaint } from "./props";

/** The props with every default filled in. Text of the user is escaped where it is free: tags, labels, taints. */
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
    readonly existing?: Required<EksExistingNetworkProps>;
  };
  readonly api: Required<EksApiProps>;
  readonly pools: Readonly<Record<string, PoolSettings>>;
  /** The runner and the administrators, each once. */
  readonly principals: readonly string[];
  readonly runner: string;
  readonly assumeRoleArn?: string;
  readonly secretsKeyArn?: string;
  readonly supportType: "STANDARD" | "EXTENDED";
  readonly logTypes: readonly EksLogType[];
  readonly logRetentionDays: number;
  readonly permissionsBoundaryArn?: string;
  readonly deletionProtection: boolean;
  readonly addonVersions: Readonly<Partial<Record<string, string>>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly provider?: TerraformProvider;
}

export interface PoolSettings {
  readonly machines: readonly string[];
  readonly architecture: "amd64" | "arm64";
  readonly min: number;
  readonly max: number;
  readonly spot: boolean;
  readonly diskGib: number;
  readonly maxPods: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly EksTaint[];
  readonly zones?: readonly string[];
  readonly kubernetes?: string;
  readonly image?: string;
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
      nat: network.nat ?? "per-zone",
      existing: network.existing && {
        vpcId: network.existing.vpcId ?? "",
        privateSubnetIds: network.existing.privateSubnetIds ?? [],
        publicSubnetIds: network.existing.publicSubnetIds ?? [],
      },
    },
    api: { access: props.api.access ?? "public", allowFrom: props.api.allowFrom ?? [] },
    pools: Object.fromEntries(
      Object.entries(props.pools ?? { main: {} }).map(([name, pool]) => {
        const architecture = pool.architecture ?? "amd64";
        return [
          name,
          {
            machines: poolMachines("aws", { machines: pool.machines, architecture }),
            architecture,
            min: pool.min ?? 2,
            max: pool.max ?? 6,
            spot: pool.spot ?? false,
            diskGib: pool.diskGib ?? 100,
            maxPods: pool.maxPods ?? 110,
            labels: { ...pool.labels },
            taints: (pool.taints ?? []).map((taint) => ({
              ...taint,
              key: taint.key,
              value: taint.value ?? "",
            })),
            zones: pool.zones,
            kubernetes: pool.kubernetes,
            image: pool.image,
          },
        ];
      }),
    ),
    principals: [...new Set([props.runner, ...(props.admins ?? [])])],
    supportType: props.supportType ?? "STANDARD",
    logTypes: props.logTypes ?? ["api", "audit", "authenticator"],
    logRetentionDays: props.logRetentionDays ?? 90,
    deletionProtection: props.deletionProtection ?? true,
    addonVersions: props.addonVersions ?? {},
    tags: { ...props.tags },
  };
  checkEksCluster(settings);
  return settings;
}

/** Tags of a resource that has a name of its own in the console. */
export function named(settings: EksSettings, name: string): Record<string, string> {
  return { Name: name, ...settings.tags };
}
