import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { shorten } from "../../../model/derived/names";
import { flowLogsPolicy } from "../../identity/policies";
import { flowLogsTrust } from "../../identity/trust";
import { partitionOf } from "./partition";
import { type EksSettings, named } from "./settings";

/** Longest name of an IAM role (IAM API reference, CreateRole). */
const ROLE_NAME_MAX = 64;

/** Who talked to whom in the VPC, refused or not: a log group of its own, and a role that writes to it alone. */
export function vpcFlowLogs(parent: Construct, settings: EksSettings, vpcId: string): void {
  if (!settings.flowLogs) return;
  const scope = new Construct(parent, "flow-logs");
  const { name, accountId, region, provider, tags } = settings;
  const partition = partitionOf(region);
  const group = new CloudwatchLogGroup(scope, "group", {
    provider,
    name: `/aws/vpc/${name}/flow-logs`,
    retentionInDays: settings.logRetentionDays,
    skipDestroy: settings.keepLogs || undefined,
    tags,
  });
  const role = new IamRole(scope, "role", {
    provider,
    name: shorten(`${name}-flow-logs`, ROLE_NAME_MAX),
    assumeRolePolicy: JSON.stringify(flowLogsTrust({ partition, region, accountId })),
    permissionsBoundary: settings.permissionsBoundaryArn,
    tags,
  });
  const policy = new IamRolePolicy(scope, "policy", {
    provider,
    role: role.name,
    name: "flow-logs",
    policy: JSON.stringify(flowLogsPolicy(group.arn)),
  });
  new FlowLog(scope, "log", {
    provider,
    vpcId,
    trafficType: "ALL",
    logDestination: group.arn,
    iamRoleArn: role.arn,
    // The default, written out: another one replaces the log (aws 6.x, vpc_flow_log.go).
    maxAggregationInterval: 600,
    tags: named(settings, name),
    dependsOn: [policy],
  });
}
