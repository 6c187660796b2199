import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import { ServiceAccount } from "@cdktf/provider-google/lib/service-account";
import { Construct } from "constructs";
import { shorten } from "../../../model/derived/names";
import type { ProjectServices } from "./services";
import type { GkeSettings } from "./settings";

/** An account id has 6 to 30 characters (google 6.50). */
const MAX_ACCOUNT_ID = 30;

/**
 * What a node may do: write its logs and metrics, and pull images. Google's own module for GKE gives the same, and
 * metricWriter besides, which defaultNodeServiceAccount contains. Never the default compute account, which is an
 * editor of the project.
 */
const ROLES = {
  node: "roles/container.defaultNodeServiceAccount",
  metadata: "roles/stackdriver.resourceMetadata.writer",
  images: "roles/artifactregistry.reader",
} as const;

/** The service account that every node runs as, those of GKE's short-lived default pool included. */
export class GkeNodeIdentity extends Construct {
  readonly email: string;
  /** To depend on: a node that boots without its roles never becomes ready. */
  readonly grants: readonly ProjectIamMember[];

  constructor(scope: Construct, id: string, { name, projectId, provider }: GkeSettings, services: ProjectServices) {
    super(scope, id);
    const account = new ServiceAccount(this, "account", {
      provider,
      project: projectId,
      accountId: shorten(`${name}-nodes`, MAX_ACCOUNT_ID),
      displayName: `Nodes of GKE cluster ${name}`,
      dependsOn: services.of("iam"),
    });
    this.email = account.email;
    this.grants = Object.entries(ROLES).map(
      ([what, role]) =>
        new ProjectIamMember(this, what, {
          provider,
          project: projectId,
          role,
          member: account.member,
          dependsOn: services.of("cloudresourcemanager"),
        }),
    );
  }
}
