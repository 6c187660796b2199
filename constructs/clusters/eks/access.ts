import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import { Construct } from "constructs";
import { shortHash } from "../../../model/names";
import { partitionOf } from "./partition";
import type { EksSettings } from "./settings";

/** Makes the runner and the administrators administrators of the whole cluster. Nodes get their entries from EKS. */
export function eksAccess(parent: Construct, settings: EksSettings, clusterName: string): void {
  const scope = new Construct(parent, "access");
  const { provider } = settings;
  for (const arn of settings.principals) {
    // By the principal, not by its place in a list or its part in the fleet: who stays is not touched.
    const id = `${principalName(arn)}-${shortHash(arn)}`;
    const entry = new EksAccessEntry(scope, `${id}-entry`, { provider, clusterName, principalArn: arn, tags: settings.tags });
    new EksAccessPolicyAssociation(scope, `${id}-admin`, {
      provider,
      clusterName,
      // The entry's, not the text once more: without the entry the association is refused.
      principalArn: entry.principalArn,
      policyArn: `arn:${partitionOf(settings.region)}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`,
      accessScope: { type: "cluster" },
    });
  }
}

function principalName(arn: string): string {
  return arn
    .slice(arn.lastIndexOf("/") + 1)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
