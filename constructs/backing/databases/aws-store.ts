import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Construct } from "constructs";
import { ephemeral } from "../../cdktf/ephemeral";
import type { LoginStore } from "./logins";

export interface AwsStoreProps {
  readonly region: string;
  /** Escaped. */
  readonly tags: Readonly<Record<string, string>>;
}

/** The logins of one database in Secrets Manager, in a region of their own choice. */
export class AwsStore extends Construct implements LoginStore {
  private readonly versions = new Map<string, SecretsmanagerSecretVersion>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AwsStoreProps,
  ) {
    super(scope, id);
  }

  put(entry: string, value: string, version: number): void {
    const { region, tags } = this.props;
    const secret = new SecretsmanagerSecret(this, entry, {
      name: entry,
      region,
      // the least: as long as a deleted secret waits, its name is taken
      recoveryWindowInDays: 7,
      tags: { ...tags },
    });
    const made = new SecretsmanagerSecretVersion(this, `${entry}-value`, {
      secretId: secret.id,
      region,
      secretStringWo: value,
      secretStringWoVersion: version,
    });
    this.versions.set(entry, made);
  }

  readBack(entry: string): string {
    const version = this.versions.get(entry);
    if (!version) throw new Error(`entry ${entry} is read back before it is written`);
    // by its version: a name that isn't there yet would fail the first plan
    return ephemeral(this, "aws_secretsmanager_secret_version", entry, {
      secret_id: version.secretId,
      version_id: version.versionId,
      region: this.props.region,
    })("secret_string");
  }
}
