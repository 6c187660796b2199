/**
 * Reads out of a provider's source what it refuses and replaces, for the rehearsal: rehearsal/schemas/rules-<provider>-<version>.json.gz.
 *
 *     node scripts/provider-rules/index.mjs <aws, azurerm or google> <checkout of the provider, with vendor/> <its version> [<version of the schemas>]
 *
 * It prints what it could not read: validators that are code rather than data. Those belong in rehearsal/knowledge by hand.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { Checkout } from "./checkout.mjs";
import { linesOf } from "./lines.mjs";
import { resources } from "./schema.mjs";
import { unknownValidators } from "./validators.mjs";

/** Where a provider says which resource types it has. */
const services = (root, name) =>
  readdirSync(join(root, "internal", name), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(root, "internal", name, entry.name));
const FOLDERS = {
  aws: (root) => services(root, "service"),
  azurerm: (root) => services(root, "services"),
  google: (root) => [join(root, "google", "provider")],
};

/** What the fork that is read replaces and the provider itself doesn't: a record's type, which hashicorp/aws changes in place. */
const FORKS_OWN = { aws_route53_record: ["type"] };

const [provider, root, version, pinned = version] = process.argv.slice(2);
if (!FOLDERS[provider] || !root || !version) {
  console.error(
    "Usage: node scripts/provider-rules/index.mjs <provider> <checkout of the provider> <its version> [<version of the schemas>]",
  );
  process.exit(2);
}
const target = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "rehearsal", "schemas");
const schemas = JSON.parse(gunzipSync(readFileSync(join(target, `${provider}-${pinned}.json.gz`))).toString("utf8"));
const checkout = new Checkout(root, `github.com/hashicorp/terraform-provider-${provider}`);
const packed = {};
let count = 0;
// Only what the rehearsal has a schema of can be in a stack.
const isWanted = (type) => schemas.resources[type] !== undefined;
for (const [type, { schema, file }] of resources(checkout, FOLDERS[provider](root), provider, isWanted)) {
  const lines = linesOf(schema).filter(({ replaces }) => !FORKS_OWN[type]?.includes(replaces));
  count += lines.length;
  packed[type] = JSON.stringify({ source: `hashicorp/${provider} ${version}, ${relative(root, file.path)}`, lines });
}
const sorted = Object.fromEntries(Object.entries(packed).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(join(target, `rules-${provider}-${version}.json.gz`), gzipSync(JSON.stringify(sorted), { level: 9 }));
console.log(`${provider} ${version}: ${Object.keys(sorted).length} types, ${count} rules`);
const missing = Object.keys(schemas.resources).filter((type) => !packed[type]);
if (missing.length > 0) console.log(`not found in the source: ${missing.join(", ")}`);
for (const [name, times] of [...unknownValidators].sort((a, b) => b[1] - a[1])) console.log(`not read: ${name} (${times})`);
