/** The project's own copies of the real providers' schemas: read once, parsed type by type when a stack asks for it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Schema } from "./types";

/** One provider's schemas. */
export interface ProviderSchemas {
  readonly provider: string;
  /** The version of the provider that printed them. */
  readonly version: string;
  readonly config: Schema;
  /** @returns undefined for a type that the copy does not hold. */
  resource(type: string): Schema | undefined;
  dataSource(type: string): Schema | undefined;
}

interface Packed {
  readonly provider: string;
  readonly version: string;
  readonly config: string;
  readonly resources: Readonly<Record<string, string>>;
  readonly dataSources: Readonly<Record<string, string>>;
}

/**
 * The folder that holds the project's package.json: found by walking up, because the program may run bundled.
 * @throws when neither the program's nor the working folder lies in the project
 */
export function projectRoot(): string {
  for (const start of [__dirname, process.cwd()])
    for (let folder = start; ; folder = dirname(folder)) {
      if (existsSync(join(folder, "package.json")) && existsSync(join(folder, "rehearsal", "schemas"))) return folder;
      if (folder === dirname(folder)) break;
    }
  throw new Error("The provider schemas (rehearsal/schemas) were not found: run the rehearsal inside the project's folder.");
}

const loaded = new Map<string, ProviderSchemas>();

/**
 * The schemas of a provider.
 * @param provider its name in hashicorp's namespace, "aws"
 * @throws when the project carries none for it
 */
export function providerSchemas(provider: string): ProviderSchemas {
  const schemas = loaded.get(provider) ?? read(provider);
  loaded.set(provider, schemas);
  return schemas;
}

/** hashicorp/random has no settings of its own, and only its ephemeral resources are used, whose schemas are in ephemeral.ts. */
const RANDOM: ProviderSchemas = {
  provider: "random",
  version: "3.9.0",
  config: { version: 0, block: {} },
  resource: () => undefined,
  dataSource: () => undefined,
};

function read(provider: string): ProviderSchemas {
  if (provider === RANDOM.provider) return RANDOM;
  const folder = join(projectRoot(), "rehearsal", "schemas");
  const files = readdirSync(folder);
  const file = files.find((name) => name.startsWith(`${provider}-`));
  if (!file)
    throw new Error(
      `No schema of provider '${provider}' in rehearsal/schemas; it holds ${files.sort().join(", ")}. Add it with scripts/rehearsal-schemas.mjs.`,
    );
  const packed = JSON.parse(gunzipSync(readFileSync(join(folder, file))).toString("utf8")) as Packed;
  const parsed = new Map<string, Schema>();
  const parse = (key: string, json: string | undefined): Schema | undefined => {
    if (json === undefined) return undefined;
    const schema = parsed.get(key) ?? (JSON.parse(json) as Schema);
    parsed.set(key, schema);
    return schema;
  };
  return {
    provider,
    version: packed.version,
    config: JSON.parse(packed.config) as Schema,
    resource: (type) => parse(`resource ${type}`, packed.resources[type]),
    dataSource: (type) => parse(`data ${type}`, packed.dataSources[type]),
  };
}
