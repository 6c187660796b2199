import { PRINCIPAL_ARN } from "../../limits/iam";
import type { Problem, Rule } from "../../problems/problem";
import type { AwsCluster, AzureCluster, GoogleCluster } from "../../schema/cluster";
import { inCluster, madeClusters } from "../clusters";

/** Administrators are named, and identities and keys are of the kind that the cloud takes. */
export const access: Rule = (fleet) =>
  madeClusters(fleet).flatMap((cluster) => [
    ...(settingsOf(cluster).admins.length > 0 ? [] : [noAdmins(cluster)]),
    ...(cluster.cloud === "aws" ? awsProblems(cluster) : []),
    ...(cluster.cloud === "azure" ? azureProblems(cluster) : []),
    ...(cluster.cloud === "google" ? googleProblems(cluster) : []),
  ]);

type Made = AwsCluster | AzureCluster | GoogleCluster;

function settingsOf(cluster: Made): { readonly admins: readonly string[] } {
  if (cluster.cloud === "aws") return cluster.aws;
  return cluster.cloud === "azure" ? cluster.azure : cluster.google;
}

const KIND = {
  aws: "ARNs of IAM roles",
  azure: "object ids of Entra groups",
  google: "IAM members such as group:platform@example.com",
} as const;

function noAdmins(cluster: Made): Problem {
  return inCluster(
    cluster,
    [cluster.cloud, "admins"],
    `nobody would administer the cluster: name ${KIND[cluster.cloud]}; whoever runs Terraform gets no rights by that`,
  );
}

function awsProblems(cluster: AwsCluster): readonly Problem[] {
  const { admins, runner, secretsKeyArn, permissionsBoundaryArn } = cluster.aws;
  const problems: Problem[] = [];
  const principal = (arn: string, field: readonly (string | number)[]) => {
    const problem = principalProblem(arn);
    if (problem !== undefined) problems.push(inCluster(cluster, ["aws", ...field], problem));
  };
  admins.forEach((arn, index) => {
    principal(arn, ["admins", index]);
  });
  principal(runner, ["runner"]);
  const keyRegion = secretsKeyArn && /^arn:[\w-]+:kms:([a-z0-9-]+):\d{12}:key\/[\w-]+$/.exec(secretsKeyArn)?.[1];
  if (secretsKeyArn !== undefined && keyRegion !== cluster.region)
    problems.push(
      inCluster(
        cluster,
        ["aws", "secretsKeyArn"],
        `'${secretsKeyArn}' is no KMS key in the cluster's region: arn:aws:kms:${cluster.region}:<account>:key/<id>`,
      ),
    );
  if (
    permissionsBoundaryArn !== undefined &&
    !/^arn:[\w-]+:iam::(\d{12}|aws):policy\/([\w+=,.@-]+\/)*[\w+=,.@-]{1,128}$/.test(permissionsBoundaryArn)
  )
    problems.push(
      inCluster(
        cluster,
        ["aws", "permissionsBoundaryArn"],
        `'${permissionsBoundaryArn}' is no IAM policy: arn:aws:iam::<account>:policy/<name>`,
      ),
    );
  return problems;
}

/** EKS access entries take IAM roles and users; of a session only its role counts, and STS spells that otherwise. */
function principalProblem(arn: string): string | undefined {
  if (PRINCIPAL_ARN.test(arn)) return undefined;
  const session = /^arn:([\w-]+):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(arn);
  if (session) return `'${arn}' is a session, which ends: name its role, arn:${session[1]}:iam::${session[2]}:role/${session[3]}`;
  return `'${arn}' is no IAM role or user: arn:aws:iam::<account>:role/<name>, the name of letters, digits and +=,.@_-`;
}

function azureProblems(cluster: AzureCluster): readonly Problem[] {
  const { privateDnsZone, logAnalyticsWorkspaceId } = cluster.azure;
  const problems: Problem[] = [];
  if (!["System", "None"].includes(privateDnsZone)) {
    const zone = `privatelink.${cluster.region}.azmk8s.io`;
    const pattern = new RegExp(`^/subscriptions/.+/privateDnsZones/([^/.]+\\.)?${zone.replaceAll(".", "\\.")}$`, "i");
    if (!pattern.test(privateDnsZone))
      problems.push(
        inCluster(
          cluster,
          ["azure", "privateDnsZone"],
          `'${privateDnsZone}' is neither System nor None nor the resource id of a zone ${zone}`,
        ),
      );
  }
  if (logAnalyticsWorkspaceId !== undefined && !isWorkspace(logAnalyticsWorkspaceId))
    problems.push(
      inCluster(
        cluster,
        ["azure", "logAnalyticsWorkspaceId"],
        `'${logAnalyticsWorkspaceId}' is no resource id of a workspace: /subscriptions/…/resourceGroups/…/providers/Microsoft.OperationalInsights/workspaces/<name>`,
      ),
    );
  return problems;
}

const isWorkspace = (id: string) =>
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.OperationalInsights\/workspaces\/[^/]+$/i.test(id);

function googleProblems(cluster: GoogleCluster): readonly Problem[] {
  const { secretsKey } = cluster.google;
  if (secretsKey === undefined) return [];
  const location = /^projects\/[^/]+\/locations\/([^/]+)\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/.exec(secretsKey)?.[1];
  if (location === cluster.region) return [];
  return [
    inCluster(
      cluster,
      ["google", "secretsKey"],
      `'${secretsKey}' is no Cloud KMS key in the cluster's region: projects/<project>/locations/${cluster.region}/keyRings/<ring>/cryptoKeys/<key>`,
    ),
  ];
}
