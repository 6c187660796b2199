import { LogAnalyticsWorkspace } from "@cdktf/provider-azurerm/lib/log-analytics-workspace";
import { MonitorDiagnosticSetting } from "@cdktf/provider-azurerm/lib/monitor-diagnostic-setting";
import { Construct } from "constructs";
import type { AksPart } from "./settings";

export interface AksLogsProps extends AksPart {
  /** Resource id of the cluster. */
  readonly clusterId: string;
  readonly categories: readonly string[];
  /** Resource id of a workspace that exists already. @default - one made here */
  readonly workspaceId?: string;
  /** Days that a workspace made here keeps logs, 30 to 730. */
  readonly retentionDays: number;
}

/** The control plane's logs, in a Log Analytics workspace. */
export class AksLogs extends Construct {
  constructor(scope: Construct, id: string, props: AksLogsProps) {
    super(scope, id);
    const workspaceId =
      props.workspaceId ??
      new LogAnalyticsWorkspace(this, "workspace", {
        provider: props.provider,
        name: `${props.name}-logs`,
        resourceGroupName: props.resourceGroup.name,
        location: props.region,
        sku: "PerGB2018",
        retentionInDays: props.retentionDays,
        // nothing writes with the workspace's shared keys
        localAuthenticationEnabled: false,
        tags: props.tags,
      }).id;
    new MonitorDiagnosticSetting(this, "control-plane", {
      provider: props.provider,
      name: "control-plane",
      targetResourceId: props.clusterId,
      logAnalyticsWorkspaceId: workspaceId,
      // tables of AKS's own instead of AzureDiagnostics, whose columns all services share
      logAnalyticsDestinationType: "Dedicated",
      enabledLog: props.categories.map((category) => ({ category })),
    });
  }
}
