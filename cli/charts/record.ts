import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { parse } from "yaml";

/** A Secret's data may have 1 MiB, which is what Helm keeps a release in; the rest is room for the next version of the chart. */
export const LARGEST_RECORD = 900_000;

/** Not among a chart's files: what Helm keeps in fields of their own, or leaves out. */
const OWN_FIELDS = ["Chart.yaml", "Chart.lock", "values.yaml", "values.schema.json", ".helmignore"];

/**
 * How large the Secret is in which Helm keeps a release: its objects, its values and the chart's own files, but not its
 * subcharts'. Helm 3 writes JSON, compresses it with gzip's best and encodes it in base 64 (pkg/storage/driver/util.go).
 */
export function recordBytes(chart: string, values: unknown, manifest: string): number {
  const files = listFiles(chart).map((path) => ({ name: path, data: readFileSync(join(chart, path)).toString("base64") }));
  const isTemplate = ({ name }: { name: string }) => name.startsWith("templates/");
  const own = (file: string) => (existsSync(join(chart, file)) ? readFileSync(join(chart, file)) : undefined);
  const yaml = (file: string) => parse(own(file)?.toString("utf8") ?? "null");
  const record = {
    name: "",
    info: {},
    chart: {
      metadata: yaml("Chart.yaml"),
      lock: null,
      templates: files.filter(isTemplate),
      values: yaml("values.yaml"),
      schema: own("values.schema.json")?.toString("base64"),
      files: files.filter((file) => !isTemplate(file)),
    },
    config: values,
    manifest,
    version: 1,
    namespace: "",
  };
  return Math.ceil(gzipSync(JSON.stringify(record), { level: 9 }).length / 3) * 4;
}

function listFiles(chart: string): string[] {
  return readdirSync(chart, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(chart, join(entry.parentPath, entry.name)))
    .filter((path) => !OWN_FIELDS.includes(path) && !path.startsWith("charts/"))
    .sort();
}
