import type { Registry } from "../../../model/schema/registries";
import type { PolicyDocument, Statement } from "../../identity/document";

const PULL = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
/** ECR user guide, "IAM permissions for pushing an image". */
const PUSH = [...PULL, "ecr:CompleteLayerUpload", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"];

/** What ECR deletes of a repository by itself. */
export function lifecyclePolicy({ untaggedDays, newest }: Registry["keep"]): string {
  const expire = { type: "expire" };
  const untagged = { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: untaggedDays };
  // a rule for any image must have the highest number
  const all = { tagStatus: "any", countType: "imageCountMoreThan", countNumber: newest };
  return JSON.stringify({
    rules: [
      { rulePriority: 1, selection: untagged, action: expire },
      ...(newest === undefined ? [] : [{ rulePriority: 2, selection: all, action: expire }]),
    ],
  });
}

/** Who may push to a repository, and which other accounts' nodes may pull; nothing where that is nobody. */
export function repositoryPolicy(push: readonly string[], accounts: readonly string[], partition: string): string | undefined {
  const statements: Statement[] = [
    ...push.map((role): Statement => ({ Effect: "Allow", Principal: { AWS: role }, Action: PUSH })),
    ...accounts.map(
      (account): Statement => ({ Effect: "Allow", Principal: { AWS: `arn:${partition}:iam::${account}:root` }, Action: PULL }),
    ),
  ];
  if (statements.length === 0) return undefined;
  const policy: PolicyDocument = { Version: "2012-10-17", Statement: statements };
  return JSON.stringify(policy);
}
