import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import type { LogOutput } from "../../../model/add-ons/logging";
import type { Values } from "../../helm/values";
import { PodIdentityRole } from "../../identity/aws-roles";
import { logGroupPolicy } from "../../identity/policies";
import { type AddOnHost, hasAddOn } from "../host";
import type { Install } from "../install";
import { secretFromStore } from "../secret-store";

const ACCOUNT = { namespace: "logging", name: "fluent-bit" };

interface Output {
  /** Settings of fluent-bit's output plugin, in its classic format. */
  readonly section: Readonly<Record<string, string | number>>;
  /** Values of the chart. @default - none */
  readonly values?: Values;
  readonly ready?: readonly TerraformResource[];
}

/** The logs of every container, to where the fleet file says. */
export const logging: Install<"logging"> = {
  // it reads the nodes' log files
  namespace: { name: ACCOUNT.namespace, podSecurity: "privileged", open: [{ port: "http", from: "cluster" }] },
  install(scope, host, installer) {
    const { logging: settings } = host.addons;
    if (!settings.output) throw new Error(`logging on ${host.face.name}: no output`);
    const { section, values = {}, ready = [] } = outputOf(scope, host, settings.output);
    const after = [...ready];
    if ("credentialsSecret" in settings.output && settings.output.credentialsSecret && hasAddOn(host, "external-secrets"))
      after.push(
        installer.objects(scope, "logging-secrets", {
          phase: "resources",
          namespace: ACCOUNT.namespace,
          objects: [secretFromStore(host, settings.output.credentialsSecret, ACCOUNT.namespace)],
        }),
      );
    installer.chart(scope, "release", {
      phase: "services",
      chart: "fluent-bit",
      namespace: ACCOUNT.namespace,
      after,
      values: {
        serviceAccount: { create: true, name: ACCOUNT.name },
        testFramework: { enabled: false },
        resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "256Mi" } },
        // on every node, whatever its taints
        tolerations: [{ operator: "Exists" }],
        config: {
          inputs: lines("INPUT", {
            Name: "tail",
            Path: "/var/log/containers/*.log",
            "multiline.parser": "docker, cri",
            Tag: "kube.*",
            Mem_Buf_Limit: "5MB",
            Skip_Long_Lines: "On",
          }),
          outputs: lines("OUTPUT", section),
        },
        ...values,
      },
    });
  },
};

/** A section of fluent-bit's classic configuration. */
function lines(kind: string, settings: Readonly<Record<string, string | number>>): string {
  return [`[${kind}]`, ...Object.entries(settings).map(([key, value]) => `    ${key} ${value}`), ""].join("\n");
}

function outputOf(scope: Construct, host: AddOnHost, output: LogOutput): Output {
  const gelf = (host: string, port: number, mode: string) => ({
    section: { Name: "gelf", Match: "kube.*", Host: host, Port: port, Mode: mode, Gelf_Short_Message_Key: "log" },
  });
  switch (output.to) {
    case "graylog":
      return gelf("graylog-tcp.graylog.svc.cluster.local", 12201, "tcp");
    case "gelf":
      return gelf(output.host, output.port, output.mode);
    case "elasticsearch":
    case "opensearch":
      return {
        section: {
          Name: output.to === "elasticsearch" ? "es" : "opensearch",
          Match: "kube.*",
          Host: output.host,
          Port: output.port,
          Logstash_Format: "On",
          Logstash_Prefix: output.index,
          Suppress_Type_Name: "On",
          Retry_Limit: 5,
          tls: output.tls ? "On" : "Off",
          // fluent-bit's own variables, from the secret; not Terraform's
          ...(output.credentialsSecret && { HTTP_User: "$${OUTPUT_USERNAME}", HTTP_Passwd: "$${OUTPUT_PASSWORD}" }),
        },
        values: output.credentialsSecret
          ? {
              env: (["username", "password"] as const).map((key) => ({
                name: `OUTPUT_${key.toUpperCase()}`,
                valueFrom: { secretKeyRef: { name: output.credentialsSecret, key } },
              })),
            }
          : {},
      };
    case "cloud":
      return cloudWatch(scope, host, output.retentionDays);
  }
}

function cloudWatch(scope: Construct, host: AddOnHost, retentionDays: number): Output {
  const { name, own, tags } = host;
  if (own.cloud !== "aws") throw new Error(`logging on ${host.face.name}: output cloud is for EKS alone`);
  const provider = host.ownProvider();
  const group = new CloudwatchLogGroup(scope, "group", {
    provider,
    name: `/aws/eks/${name}/containers`,
    retentionInDays: retentionDays,
    tags,
  });
  const role = new PodIdentityRole(scope, "role", {
    provider,
    name: `${name}-fluent-bit`,
    clusterName: own.foundation.clusterName,
    account: ACCOUNT,
    policy: logGroupPolicy(group.arn),
    permissionsBoundaryArn: own.permissionsBoundaryArn,
    tags,
  });
  return {
    section: {
      Name: "cloudwatch_logs",
      Match: "kube.*",
      region: own.region,
      log_group_name: group.name,
      log_stream_prefix: "container-",
      auto_create_group: "Off",
    },
    ready: role.ready,
  };
}
