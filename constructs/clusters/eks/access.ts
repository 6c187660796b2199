import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { shortHash } from "../../../model/derived/names";
import { partitionOf } from "./partition";
import type { EksSettings } from "./settings";

/** Makes the runner and the administrators administrators of the whole cluster. Nodes get their entries from EKS. */
export function eksAccess(parent: Construct, settings: EksSettings, clusterName: string): void {
  const scope = new Construct(parent, "access");
  const { provider } = settings;
  for (const [index, arn] of settings.principals.entries()) {
    const id = principalId(arn, index);
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

/** By the principal, not by its place or its part: who stays is not touched. Of one made in this stack only its place is known. */
function principalId(arn: string, index: number): string {
  if (Token.isUnresolved(arn)) return `principal-${index}`;
  const name = arn
    .slice(arn.lastIndexOf("/") + 1)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return `${name}-${shortHash(arn)}`;
}
