/** Azure: what the provider's validators are code for, on types that Meridian makes; all was held against its own answers. */
import type { ValueObject } from "../protocol/values";
import { inner } from "./facts";
import type { Line } from "./line";

const SOURCE = "hashicorp/azurerm 4.55.0, internal/services";
const METHODS = ["DELETE", "GET", "HEAD", "MERGE", "POST", "OPTIONS", "PUT", "PATCH"];
const MACHINE = `${SOURCE}/compute/linux_virtual_machine_resource.go`;
const VAULT = `${SOURCE}/dataprotection/data_protection_backup_vault_resource.go`;
const REGISTRY = `${SOURCE}/containers/container_registry_resource.go, CustomizeDiff`;

/** Minutes of a duration in hours, minutes and seconds; NaN of another text. */
function minutes(text: string): number {
  const [, hours = 0, mins = 0, seconds = 0] = /^PT(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(text) ?? [
    Number.NaN,
    Number.NaN,
  ];
  return Number(hours) * 60 + Number(mins) + Number(seconds) / 60;
}
const lasting = (least: number, most: number) => ({ test: (text: string) => minutes(text) >= least && minutes(text) <= most });

/** Keys of metadata: the service takes identifiers of C#. */
const metadata = ({ metadata: keys }: ValueObject): string | undefined => {
  const wrong = Object.keys(typeof keys === "object" && keys !== null ? keys : {}).find((key) => !/^[a-z_][a-z0-9_]+$/.test(key));
  return wrong === undefined
    ? undefined
    : `metadata has the key "${wrong}"; lower-case letters, digits and _, two at least, no digit first.`;
};

const crossRegion = ({ cross_region_restore_enabled: asked, redundancy }: ValueObject): string | undefined =>
  typeof asked === "boolean" && typeof redundancy === "string" && redundancy !== "GeoRedundant"
    ? `cross_region_restore_enabled is for redundancy GeoRedundant, not ${redundancy}.`
    : undefined;

/** What isn't said is true. */
const exported = ({ export_policy_enabled: exports, public_network_access_enabled: open }: ValueObject): string | undefined =>
  exports === false && (open === null || open === true)
    ? "export_policy_enabled can only be false where public_network_access_enabled is."
    : undefined;

const hugePages = (type: string, block: string): readonly Line[] => [
  {
    type,
    at: `${block}linux_os_config.transparent_huge_page_enabled`,
    oneOf: ["always", "madvise", "never"],
    source: `${SOURCE}/containers/kubernetes_nodepool.go`,
  },
  {
    type,
    atMostOne: [`${block}linux_os_config.transparent_huge_page`, `${block}linux_os_config.transparent_huge_page_enabled`],
    source: `${SOURCE}/containers/kubernetes_nodepool.go`,
  },
];

export const azurermValidatorLines: readonly Line[] = [
  {
    type: "azurerm_cosmosdb_account",
    at: "cors_rule.allowed_methods",
    oneOf: METHODS,
    source: `${SOURCE}/cosmos/common/cors_rule.go`,
  },
  {
    type: "azurerm_storage_account",
    at: "blob_properties.cors_rule.allowed_methods",
    oneOf: METHODS,
    source: `${SOURCE}/storage/helpers, SchemaStorageAccountCorsRule`,
  },
  { type: "azurerm_storage_container", check: metadata, source: `${SOURCE}/storage/validate, MetaDataKeys` },
  {
    type: "azurerm_linux_virtual_machine",
    at: "extensions_time_budget",
    matches: lasting(15, 120),
    say: "a duration from PT15M to PT2H",
    source: MACHINE,
  },
  {
    type: "azurerm_linux_virtual_machine",
    at: "termination_notification.timeout",
    matches: lasting(5, 15),
    say: "a duration from PT5M to PT15M",
    source: MACHINE,
  },
  {
    type: "azurerm_linux_virtual_machine",
    at: "user_data",
    matches: { test: (text) => /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0 },
    say: "base64",
    source: MACHINE,
  },
  { type: "azurerm_data_protection_backup_vault", check: crossRegion, source: `${VAULT}, CustomizeDiff` },
  { type: "azurerm_container_registry", check: exported, source: REGISTRY },
  {
    type: "azurerm_kubernetes_cluster_node_pool",
    at: "spot_max_price",
    matches: { test: (price) => Number(price) === -1 || Number(price) > 0.00001 },
    say: "-1, or more than 0.00001",
    source: `${SOURCE}/containers/kubernetes_cluster_node_pool_resource.go`,
  },
  ...hugePages("azurerm_kubernetes_cluster_node_pool", ""),
  ...hugePages("azurerm_kubernetes_cluster", "default_node_pool."),
  {
    type: "azurerm_storage_account",
    check: (config) =>
      inner(config, "immutability_policy", "state") === "Locked"
        ? "immutability_policy is made Disabled or Unlocked, and locked later by hand: a lock never comes off."
        : undefined,
    source: `${SOURCE}/storage/storage_account_resource.go, CustomizeDiff`,
  },
];
