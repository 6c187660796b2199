import { isMap } from "../reading/merge";
import type { Fleet } from "../schema/fleet";

/**
 * The fleet with the account of its zone written out where the file leaves it to the defaults, so that nobody else needs
 * to look for it: `dns.aws` for a zone in Route53, `dns.azure` for a zone in Azure DNS or a name in Traffic Manager.
 * Where none can be found, or several could be meant, it stays open and rules/dns.ts says so.
 */
export function withDerivedAccounts(fleet: Fleet, defaults: unknown): Fleet {
  const { dns } = fleet;
  const aws = dns.engine === "route53" ? (dns.aws ?? awsAccount(fleet, block(defaults, "aws"))) : dns.aws;
  const azure = needsAzure(fleet) ? (dns.azure ?? azureAccount(fleet, block(defaults, "azure"))) : dns.azure;
  return { ...fleet, dns: { ...dns, ...(aws && { aws }), ...(azure && { azure }) } };
}

/** Whether something of the fleet's DNS is in Azure. */
export function needsAzure(fleet: Fleet): boolean {
  return fleet.dns.engine === "azure" || Object.values(fleet.names).some(({ engine }) => engine === "traffic-manager");
}

type AwsAccount = NonNullable<Fleet["dns"]["aws"]>;
type AzureAccount = NonNullable<Fleet["dns"]["azure"]>;

function awsAccount(fleet: Fleet, defaults: Readonly<Record<string, unknown>>): AwsAccount | undefined {
  const inDefaults = asText(defaults.accountId);
  if (inDefaults !== undefined) return { accountId: inDefaults, assumeRoleArn: asText(defaults.assumeRoleArn) };
  return onlyOne(
    fleet.clusters.flatMap((cluster) =>
      cluster.cloud === "aws" ? [{ accountId: cluster.aws.accountId, assumeRoleArn: cluster.aws.assumeRoleArn }] : [],
    ),
  );
}

function azureAccount(fleet: Fleet, defaults: Readonly<Record<string, unknown>>): AzureAccount | undefined {
  const location = "westeurope";
  const subscriptionId = asText(defaults.subscriptionId);
  const tenantId = asText(defaults.tenantId);
  if (subscriptionId !== undefined && tenantId !== undefined) return { subscriptionId, tenantId, location };
  return onlyOne(
    fleet.clusters.flatMap((cluster) =>
      cluster.cloud === "azure"
        ? [{ subscriptionId: cluster.azure.subscriptionId, tenantId: cluster.azure.tenantId, location }]
        : [],
    ),
  );
}

/** The account that all clusters share; none where they differ. */
function onlyOne<T>(accounts: readonly T[]): T | undefined {
  return new Set(accounts.map((account) => JSON.stringify(account))).size === 1 ? accounts[0] : undefined;
}

function block(defaults: unknown, cloud: string): Readonly<Record<string, unknown>> {
  const found = isMap(defaults) ? defaults[cloud] : undefined;
  return isMap(found) ? found : {};
}

const asText = (value: unknown) => (typeof value === "string" ? value : undefined);
