import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import { ProjectService } from "@cdktf/provider-google/lib/project-service";
import { ServiceAccount as GoogleServiceAccount } from "@cdktf/provider-google/lib/service-account";
import { ServiceAccountIamMember } from "@cdktf/provider-google/lib/service-account-iam-member";
import { type TerraformProvider, type TerraformResource, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { googleAccountId } from "../../model/derived/names";
import type { ServiceAccount } from "./trust";

/** A role on the project, limited by a condition in IAM's expression language. */
export interface GoogleGrant {
  /** Construct id of the membership. */
  readonly id: string;
  readonly role: string;
  readonly condition?: { readonly title: string; readonly expression: string };
}

export interface GoogleIdentityProps {
  /** Name of the service account; shortened where it is too long. */
  readonly name: string;
  readonly projectId: string;
  readonly account: ServiceAccount;
  readonly grants: readonly GoogleGrant[];
  /** @default - the stack's own */
  readonly provider?: TerraformProvider;
}

/** A Google service account that one service account of a GKE cluster has, by Workload Identity Federation for GKE. */
export class GoogleIdentity extends Construct {
  readonly email: string;
  /** What must be there before the identity is of use. */
  readonly ready: readonly TerraformResource[];

  constructor(scope: Construct, id: string, props: GoogleIdentityProps) {
    super(scope, id);
    const { provider } = props;
    const made = new GoogleServiceAccount(this, "account", {
      provider,
      project: props.projectId,
      accountId: googleAccountId(props.name),
      displayName: `${props.account.namespace}/${props.account.name}`,
    });
    const user = new ServiceAccountIamMember(this, "user", {
      provider,
      serviceAccountId: made.name,
      role: "roles/iam.workloadIdentityUser",
      member: `serviceAccount:${props.projectId}.svc.id.goog[${props.account.namespace}/${props.account.name}]`,
    });
    const grants = props.grants.map(
      (grant) =>
        new ProjectIamMember(this, grant.id, {
          provider,
          project: props.projectId,
          role: grant.role,
          member: `serviceAccount:${made.email}`,
          condition: grant.condition,
        }),
    );
    this.email = made.email;
    this.ready = [user, ...grants, credentialsApi(this, props)];
  }
}

/**
 * The API that gives tokens and signatures of service accounts, once in a stack. GKE's documentation wants it on
 * ("Authenticate to Google Cloud APIs from GKE workloads", Before you begin). It stays on: others use it too.
 */
function credentialsApi(scope: Construct, { projectId, provider }: GoogleIdentityProps): ProjectService {
  const stack = TerraformStack.of(scope);
  const made = stack.node.tryFindChild(CREDENTIALS_API);
  if (made instanceof ProjectService) return made;
  return new ProjectService(stack, CREDENTIALS_API, {
    provider,
    project: projectId,
    service: "iamcredentials.googleapis.com",
    disableOnDestroy: false,
  });
}
const CREDENTIALS_API = "iam-credentials";
