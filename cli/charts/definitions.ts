import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { DEFINITIONS, type DefinitionSet, type DefinitionSetName } from "../../model/add-ons/definitions";

/** A CustomResourceDefinition, as far as it is looked at here. */
export interface Definition {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: { readonly group: string; readonly versions: readonly { readonly name: string; readonly storage: boolean }[] };
}

/** Every version that a pinned definition has ever stored objects in, by the definition's name. */
export type StoredVersions = Readonly<Record<string, readonly string[]>>;

/**
 * Makes the local charts of charts/definitions anew from unpacked charts, each in a folder of its name.
 * @throws where a version that objects may be stored in would be missing: the API server refuses such an update
 */
export function writeDefinitions(unpacked: string, root: string): readonly string[] {
  const storedFile = join(root, "model", "catalog", "data", "stored-versions.json");
  const stored: Record<string, readonly string[]> = JSON.parse(readFileSync(storedFile, "utf8"));
  const said = (Object.entries(DEFINITIONS) as [DefinitionSetName, DefinitionSet][]).map(([name, set]) => {
    const definitions = readSources(join(unpacked, set.unpacked, set.folder), set.prefix);
    if (definitions.length === 0) throw new Error(`${join(unpacked, set.unpacked, set.folder)} has no definitions`);
    for (const definition of definitions) {
      const lost = lostVersions(definition, stored);
      if (lost.length > 0)
        throw new Error(
          `${definition.metadata.name}: objects may be stored in ${lost.join(", ")}, which ${set.source.tag} has no more; ask its release notes how they are migrated`,
        );
      stored[definition.metadata.name] = storedVersions(definition, stored);
    }
    const chart = join(root, "charts", "definitions", name);
    const inner = join(chart, "charts", "definitions");
    mkdirSync(join(inner, "templates"), { recursive: true });
    writeFileSync(join(chart, "Chart.yaml"), chartText(`${name}-definitions`, set));
    writeFileSync(join(inner, "Chart.yaml"), chartText("definitions", set));
    writeFileSync(join(inner, "templates", "definitions.yaml"), definitionsText(definitions));
    return `${name} ${set.version}: ${definitions.length} definitions`;
  });
  const sorted = Object.fromEntries(Object.entries(stored).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(storedFile, `${JSON.stringify(sorted, null, 1)}\n`);
  return said;
}

function readSources(folder: string, prefix = ""): Definition[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".yaml") && file.startsWith(prefix) && file !== "kustomization.yaml")
    .sort()
    .flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), "utf8")).map((document) => document.toJS()))
    .filter((object: Definition | null): object is Definition => object?.kind === "CustomResourceDefinition");
}

/** Versions that objects may be stored in and that a definition doesn't have. */
export function lostVersions({ metadata, spec }: Definition, stored: StoredVersions): readonly string[] {
  return (stored[metadata.name] ?? []).filter((version) => !spec.versions.some(({ name }) => name === version));
}

function storedVersions({ metadata, spec }: Definition, stored: StoredVersions): readonly string[] {
  const now = spec.versions.filter(({ storage }) => storage).map(({ name }) => name);
  return [...new Set([...(stored[metadata.name] ?? []), ...now])].sort();
}

const chartText = (name: string, { version, source }: DefinitionSet) =>
  `apiVersion: v2
name: ${name}
description: Definitions of custom resources from ${source.repository}, ${source.tag}. Made by npm run charts -- definitions.
type: application
version: ${version}
`;

/** One definition a line. Helm's own braces, in a rule or a message, are kept from Helm. */
function definitionsText(definitions: readonly Definition[]): string {
  return definitions.map((definition) => `---\n${JSON.stringify(lean(definition)).replaceAll("{{", '{{ "{{" }}')}\n`).join("");
}

/**
 * Without prose, which is four fifths of them and would be in each cluster's folder and in every revision of the
 * release, and with the annotation by which Helm leaves them in the cluster when the release goes.
 */
function lean({ apiVersion, kind, metadata, spec }: Definition): object {
  const annotations = { ...metadata.annotations, "helm.sh/resource-policy": "keep" };
  return {
    apiVersion,
    kind,
    metadata: { ...metadata, creationTimestamp: undefined, annotations },
    spec: { ...spec, versions: spec.versions.map((version) => withoutProse(version)) },
  };
}

/** Keywords of a schema whose value is a map from the user's names to schemas. */
const NAMED = ["properties", "patternProperties", "definitions", "dependencies"];
/** Keywords of a schema whose value is data. */
const DATA = ["default", "enum", "example", "x-kubernetes-validations"];

function withoutProse(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutProse);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]: [string, unknown]): [string, unknown][] => {
      if (key === "description" && typeof inner === "string") return [];
      if (DATA.includes(key)) return [[key, inner]];
      if (NAMED.includes(key) && inner !== null && typeof inner === "object")
        return [[key, Object.fromEntries(Object.entries(inner).map(([name, schema]) => [name, withoutProse(schema)]))]];
      return [[key, withoutProse(inner)]];
    }),
  );
}
