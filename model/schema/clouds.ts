import * as z from "zod";
import { LEAST_SYSTEM_NODES } from "../limits/azure";
import { minorVersion, text } from "./common";
import * as otherwise from "./defaults";

const uuid = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, "a UUID such as 00000000-0000-0000-0000-000000000001");

/** IAM, "IAM identifiers": a role's path is printable ASCII, its name of these characters; other partitions are aws-cn, aws-us-gov and so on. */
export const ROLE_ARN = /^arn:aws(-[a-z]+)*:iam::\d{12}:role\/([!-~]+\/)?[\w+=,.@-]{1,64}$/;
export const ROLE_ARN_WORDS = "the ARN of an IAM role, such as arn:aws:iam::111122223333:role/terraform";

export const awsAccount = {
  accountId: z
    .string()
    .regex(/^\d{12}$/, "an AWS account id: twelve digits, in quotes")
    .describe("AWS account. Terraform refuses to work with credentials of another one."),
  assumeRoleArn: z
    .string()
    .regex(ROLE_ARN, ROLE_ARN_WORDS)
    .optional()
    .describe("Role of that account that Terraform assumes. @default the runner's own credentials"),
};

/** What EKS installs by itself on every cluster made here. */
export const EKS_ADD_ONS = [
  "aws-ebs-csi-driver",
  "coredns",
  "eks-node-monitoring-agent",
  "eks-pod-identity-agent",
  "kube-proxy",
  "snapshot-controller",
  "vpc-cni",
] as const;

export const awsSettings = z
  .strictObject({
    ...awsAccount,
    admins: z
      .array(z.string().startsWith("arn:"))
      .default([])
      .describe("ARNs of the IAM roles or users that administer the cluster."),
    runner: z
      .string()
      .startsWith("arn:")
      .describe("ARN of the IAM role or user that runs Terraform for what is inside the cluster."),
    secretsKeyArn: z
      .string()
      .startsWith("arn:")
      .optional()
      .describe("KMS key that encrypts Kubernetes secrets. @default one made for the cluster, with rotation"),
    supportType: z
      .enum(["STANDARD", "EXTENDED"])
      .default(otherwise.EKS_SUPPORT_TYPE)
      .describe("STANDARD upgrades the cluster when its version leaves standard support; EXTENDED keeps it for a price."),
    logTypes: z
      .array(z.enum(["api", "audit", "authenticator", "controllerManager", "scheduler"]))
      .default([...otherwise.EKS_LOG_TYPES])
      .describe("Control-plane logs sent to CloudWatch."),
    flowLogs: z
      .boolean()
      .default(otherwise.EKS_FLOW_LOGS)
      .describe(
        "Log the connections of the VPC to a log group of their own, for `logRetentionDays`. CloudWatch takes a price for each GB. For a network made here; of an `existing` one its owner decides.",
      ),
    keepLogs: z
      .boolean()
      .default(otherwise.EKS_KEEP_LOGS)
      .describe(
        "Leave the log groups, audit logs included, in the account when the cluster goes. They have CloudWatch's own encryption then, since the cluster's key goes with it.",
      ),
    permissionsBoundaryArn: z
      .string()
      .startsWith("arn:")
      .optional()
      .describe("Permissions boundary of every role made for the cluster."),
    addonVersions: z
      .partialRecord(
        z.enum(EKS_ADD_ONS),
        z.string().regex(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/, "a version such as v1.20.4-eksbuild.1"),
      )
      .default({})
      .describe("Versions of the add-ons that EKS installs. @default the lock file's, otherwise AWS's default at each plan"),
  })
  .describe("Settings that only AWS has.");
export type AwsSettings = z.output<typeof awsSettings>;

export const azureAccount = {
  subscriptionId: uuid.describe("Azure subscription."),
  tenantId: uuid.describe("Entra tenant of the subscription."),
};

/** AKS docs, "Manage system node pools": system pools must contain at least two nodes. */
const SYSTEM_NODES = "at least 2, which AKS wants for its own pods";

/** Azure Monitor docs, "Supported logs for Microsoft.ContainerService/managedClusters"; Azure refuses others at apply. */
const LOG_CATEGORIES = [
  "kube-apiserver",
  "kube-audit",
  "kube-audit-admin",
  "kube-controller-manager",
  "kube-scheduler",
  "cluster-autoscaler",
  "cloud-controller-manager",
  "guard",
  "csi-azuredisk-controller",
  "csi-azurefile-controller",
  "csi-snapshot-controller",
  "fleet-member-agent",
  "fleet-member-net-controller-manager",
  "fleet-mcs-controller-manager",
  "karpenter-events",
] as const;

export const azureSettings = z
  .strictObject({
    ...azureAccount,
    admins: z.array(uuid).default([]).describe("Object ids of the Entra groups that administer the cluster."),
    runner: uuid.describe("Object id of the principal that runs Terraform for what is inside the cluster."),
    tier: z
      .enum(["Free", "Standard", "Premium"])
      .default(otherwise.AKS_TIER)
      .describe("Tier of the control plane: Free has no uptime agreement, Premium has long-term support."),
    longTermSupport: z.boolean().default(false).describe("Keep the version for two years; needs tier Premium."),
    upgradeChannel: z
      .enum(["patch", "stable", "rapid", "node-image", "none"])
      .default(otherwise.AKS_UPGRADE_CHANNEL)
      .describe("What AKS upgrades by itself in the maintenance window."),
    systemPool: z
      .strictObject({
        machine: text.default(otherwise.SYSTEM_POOL.machine).describe("Size of the nodes: at least 4 vCPU, no B series."),
        min: z
          .int()
          .min(LEAST_SYSTEM_NODES, SYSTEM_NODES)
          .max(1000)
          .default(otherwise.SYSTEM_POOL.min)
          .describe("Fewest nodes; AKS wants two."),
        max: z.int().min(LEAST_SYSTEM_NODES, SYSTEM_NODES).max(1000).default(otherwise.SYSTEM_POOL.max).describe("Most nodes."),
        kubernetes: minorVersion
          .optional()
          .describe("Kubernetes minor version of its nodes. @default the lock file's, otherwise the control plane's"),
      })
      .default({ ...otherwise.SYSTEM_POOL })
      .describe("The pool for AKS's own components, closed to workloads."),
    privateDnsZone: z
      .string()
      .default(otherwise.AKS_PRIVATE_DNS_ZONE)
      .describe("Private API: System, None, or the resource id of a zone privatelink.<region>.azmk8s.io."),
    logAnalyticsWorkspaceId: z
      .string()
      .optional()
      .describe(
        "Resource id of the workspace that takes the control-plane logs, which stay there when the cluster goes. @default one made for the cluster, which goes with it",
      ),
    logCategories: z
      .array(z.enum(LOG_CATEGORIES))
      .default([...otherwise.AKS_LOG_CATEGORIES])
      .describe("Control-plane logs sent to the workspace."),
  })
  .describe("Settings that only Azure has.");
export type AzureSettings = z.output<typeof azureSettings>;

/** IAM, "Service account types": those that people make (also in projects of a domain), and those of Compute Engine and App Engine. */
export const serviceAccount = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9.-]*@([a-z0-9.-]+\.iam|developer|appspot)\.gserviceaccount\.com$/,
    "the email of a service account and nothing before it, such as terraform@acme-platform.iam.gserviceaccount.com",
  );

export const googleAccount = {
  projectId: z
    .string()
    .regex(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, "a Google Cloud project id")
    .describe("Google Cloud project."),
  impersonateServiceAccount: serviceAccount
    .optional()
    .describe("Service account that Terraform acts as. @default the runner's own credentials"),
};

const member = z
  .string()
  .regex(
    /^(user|group|serviceAccount|principal|principalSet):[\w.%+@/:=|*~-]+$/,
    "an IAM member such as group:platform@example.com",
  );

export const googleSettings = z
  .strictObject({
    ...googleAccount,
    admins: z.array(member).default([]).describe("IAM members that administer the cluster."),
    runner: member.describe("IAM member that runs Terraform for what is inside the cluster."),
    releaseChannel: z
      .enum(["RAPID", "REGULAR", "STABLE", "EXTENDED"])
      .default(otherwise.GKE_RELEASE_CHANNEL)
      .describe(
        "GKE's release channel. `kubernetes` is then the version that the control plane starts with and never falls below; the channel moves it on by itself.",
      ),
    dnsEndpoint: z
      .boolean()
      .default(false)
      .describe(
        "Open the control plane's DNS endpoint to traffic from outside the VPC, guarded by IAM alone: the address allow-list does not apply to it.",
      ),
    controlPlaneCidr: z
      .string()
      .optional()
      .describe(
        "A /28 for the control plane's peering, outside of every cluster's network. @default none: the endpoint takes an address of the nodes' subnet",
      ),
    securityGroup: z
      .string()
      .regex(/^gke-security-groups@[a-z0-9.-]+$/, "gke-security-groups@ and the organization's domain")
      .optional()
      .describe(
        "Google group whose member groups can be given access to namespaces: gke-security-groups@example.com. @default none: people are named one by one",
      ),
    secretsKey: z
      .string()
      .optional()
      .describe("Cloud KMS key (projects/…/cryptoKeys/…) that encrypts Kubernetes secrets. @default one made for the cluster"),
  })
  .describe("Settings that only Google Cloud has.");
export type GoogleSettings = z.output<typeof googleSettings>;
