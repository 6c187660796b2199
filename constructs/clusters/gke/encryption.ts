import { DataGoogleProject } from "@cdktf/provider-google/lib/data-google-project";
import { KmsCryptoKey } from "@cdktf/provider-google/lib/kms-crypto-key";
import { KmsCryptoKeyIamMember } from "@cdktf/provider-google/lib/kms-crypto-key-iam-member";
import { KmsKeyRing } from "@cdktf/provider-google/lib/kms-key-ring";
import { Construct } from "constructs";
import type { ProjectServices } from "./services";
import type { GkeSettings } from "./settings";

const ROTATION_DAYS = 90;

/**
 * The key that encrypts Kubernetes secrets in GKE's database, in the cluster's own region as GKE demands.
 *
 * Google deletes neither key rings nor keys: destroying them here destroys the key's versions (after 30 days, and
 * every secret of the cluster with them) and forgets the rest. A later cluster of the same name must therefore have a
 * `secretsKey`, or ring and key imported into its state.
 */
export class GkeSecretsKey extends Construct {
  readonly keyId: string;
  /** To depend on: GKE's service agent may use the key. */
  readonly grant: KmsCryptoKeyIamMember;

  constructor(scope: Construct, id: string, settings: GkeSettings, services: ProjectServices) {
    super(scope, id);
    const { provider } = settings;
    const lifecycle = { preventDestroy: settings.deletionProtection };
    const ring = new KmsKeyRing(this, "ring", {
      provider,
      project: settings.projectId,
      name: settings.name,
      location: settings.region,
      lifecycle,
      dependsOn: services.of("cloudkms"),
    });
    const key = new KmsCryptoKey(this, "key", {
      provider,
      name: "secrets",
      keyRing: ring.id,
      purpose: "ENCRYPT_DECRYPT",
      rotationPeriod: `${ROTATION_DAYS * 24 * 3600}s`,
      labels: { ...settings.labels },
      lifecycle,
    });
    // The dependency is on a service that never changes here, so that the number is known at every later plan.
    const project = new DataGoogleProject(this, "project", {
      provider,
      projectId: settings.projectId,
      dependsOn: services.of("cloudresourcemanager"),
    });
    this.keyId = key.id;
    this.grant = new KmsCryptoKeyIamMember(this, "gke", {
      provider,
      cryptoKeyId: key.id,
      role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
      member: `serviceAccount:service-${project.number}@container-engine-robot.iam.gserviceaccount.com`,
      // The agent exists from the moment that the API is on.
      dependsOn: services.of("container"),
    });
  }
}
