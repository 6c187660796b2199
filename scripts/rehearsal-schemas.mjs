/**
 * Rebuilds rehearsal/schemas/<provider>-<version>.json.gz from what `terraform providers schema -json` printed.
 *
 *     node scripts/rehearsal-schemas.mjs <folder with <provider>-<version>.json or .json.gz files>
 *
 * Each copy is cut to the types a fleet can use (the patterns below, with margin) and to what Terraform's core asks of a
 * schema: descriptions go. Every type is kept as a string of JSON inside the JSON, so that a reader parses only the types
 * that a stack uses.
 *
 * To print a schema again where the network reaches the providers: an empty folder with a required_providers block, then
 * `terraform init` and `terraform providers schema -json`.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";

/** Types that are kept, by provider: what the constructs import today and their near relatives. */
const KEPT = {
  aws: /^aws_(acm_certificate|alb|ami|appautoscaling|autoscaling|availability_zone|backup_|caller_identity|cloudwatch_(log_group|metric_alarm)|db_|default_|dlm_|dynamodb_table|ebs_|ec2_tag|ecr|efs_|eip|eks_|elb_|flow_log|iam_|instances?$|internet_gateway|ip_ranges|key_pair|kms_|launch_template|lb|nat_gateway|network_interface|partition|prefix_list|ram_|rds_(cluster|orderable)|regions?$|route|s3_bucket|secretsmanager_secret|security_group|service|ses_domain|sns_topic|sqs_queue|ssm_parameter|subnets?$|volume_attachment|vpcs?$|vpc_(dhcp|endpoint|ipv4|peering|security))/,
  azurerm:
    /^azurerm_(application_insights$|availability_set|backup_|client_config|container_registry|cosmosdb_(account|mongo|sql_database)|data_protection_backup|dns_|federated|key_vault|kubernetes_|lb|linux_virtual_machine$|location|log_analytics_workspace$|managed_disk|management_lock|mongo_cluster|monitor_diagnostic|mysql_|nat_gateway|network_(interface|security)|postgresql_flexible|private_(dns|endpoint|link)|public_ip|resource|role_|route|snapshot|storage_(account|container|management_policy|share)|subnets?|subscription$|traffic_manager|user_assigned|virtual_machine_|virtual_network)/,
  google:
    /^google_(active_folder|artifact_registry|client_|compute_(address|attached_disk|disk|firewall|forwarding_rule$|global_address|health_check|instance$|image|network|project_metadata|regions?$|region_disk|resource_policy|route|router|snapshot|ssl|subnetwork|zones)|container_|dns_|filestore_(instance|snapshot|backup)|gke_backup|iam_(policy|role|workload_identity)|kms_|logging_|monitoring_|netblock|organization$|project|secret_manager|service_account|service_networking|sql_(database|user)|storage_bucket)/,
  kubernetes: /^kubernetes_/,
  helm: /^helm_/,
  time: /^time_sleep$/,
};

/** One block without what only documentation needs. */
function cutBlock(block) {
  const cut = {};
  if (block.attributes)
    cut.attributes = Object.fromEntries(Object.entries(block.attributes).map(([name, a]) => [name, cutAttribute(a)]));
  if (block.block_types)
    cut.block_types = Object.fromEntries(
      Object.entries(block.block_types).map(([name, nested]) => [name, { ...nested, block: cutBlock(nested.block) }]),
    );
  if (block.deprecated) cut.deprecated = true;
  return cut;
}

function cutAttribute({ description: _, description_kind: __, ...attribute }) {
  if (attribute.nested_type)
    attribute.nested_type = { ...cutBlock(attribute.nested_type), nesting_mode: attribute.nested_type.nesting_mode };
  return attribute;
}

const cutSchema = (schema) => JSON.stringify({ version: schema.version ?? 0, block: cutBlock(schema.block) });

const sorted = (object) => Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));

function cutProvider(provider, version, printed) {
  const schemas = Object.values(printed.provider_schemas)[0];
  const keep = (all = {}) =>
    sorted(
      Object.fromEntries(
        Object.entries(all)
          .filter(([type]) => KEPT[provider].test(type))
          .map(([type, schema]) => [type, cutSchema(schema)]),
      ),
    );
  return {
    provider,
    version,
    config: cutSchema(schemas.provider),
    resources: keep(schemas.resource_schemas),
    dataSources: keep(schemas.data_source_schemas),
  };
}

const source = process.argv[2];
if (!source) {
  console.error("Usage: node scripts/rehearsal-schemas.mjs <folder with <provider>-<version>.json or .json.gz>");
  process.exit(2);
}
const target = join(dirname(fileURLToPath(import.meta.url)), "..", "rehearsal", "schemas");
for (const file of readdirSync(source).sort()) {
  const [, provider, version] = /^([a-z]+)-(\d+\.\d+\.\d+)\.json(?:\.gz)?$/.exec(file) ?? [];
  if (!provider || !KEPT[provider]) continue;
  const bytes = readFileSync(join(source, file));
  const cut = cutProvider(provider, version, JSON.parse(file.endsWith(".gz") ? gunzipSync(bytes) : bytes));
  const packed = gzipSync(JSON.stringify(cut), { level: 9 });
  writeFileSync(join(target, `${provider}-${version}.json.gz`), packed);
  console.log(
    `${provider} ${version}: ${Object.keys(cut.resources).length} resource types, ${Object.keys(cut.dataSources).length} data sources, ${packed.length} bytes`,
  );
}
