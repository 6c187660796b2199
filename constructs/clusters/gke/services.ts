import { ProjectService } from "@cdktf/provider-google/lib/project-service";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";

/** The APIs that a cluster may need. dns is Cloud DNS inside the cluster, file is Filestore, the volumes of many writers. */
export type GoogleService =
  | "artifactregistry"
  | "cloudkms"
  | "cloudresourcemanager"
  | "compute"
  | "container"
  | "dns"
  | "file"
  | "iam";

/** Google APIs that are switched on in the project, and stay on when the cluster is gone: others may use them. */
export class ProjectServices extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly projectId: string,
    private readonly provider?: TerraformProvider,
  ) {
    super(scope, id);
  }

  /** Switches services on, each once, and returns them to depend on. */
  of(...services: GoogleService[]): ProjectService[] {
    return services.map(
      (service) =>
        (this.node.tryFindChild(service) as ProjectService | undefined) ??
        new ProjectService(this, service, {
          provider: this.provider,
          project: this.projectId,
          service: `${service}.googleapis.com`,
          disableOnDestroy: false,
        }),
    );
  }
}
