import type { Files } from "../bundle/files";
import { header } from "./common";

/**
 * Bytes of one file: loaded it may take 2 MB of memory (max_yaml_size_bytes), and GitLab's documentation expects 200 kB of
 * YAML to take one. 150 files may be included, and together they may be larger than any fleet's (instance limits).
 */
const FILE_BYTES = 300_000;

/**
 * A pipeline's jobs in as many files as GitLab's limit asks for: the first one includes the others.
 * @param name of the first file, without its ending
 * @param place folder of the files in the repository
 * @param head what the first file begins with: comments, then what all jobs share
 */
export function inFiles(
  name: string,
  place: string,
  source: string,
  head: { readonly comments: readonly string[]; readonly shared: readonly string[] },
  jobs: readonly (readonly string[])[],
): Files {
  const parts: string[] = [];
  let part = "";
  for (const lines of jobs) {
    const text = `${lines.join("\n")}\n`;
    if (part !== "" && Buffer.byteLength(part) + Buffer.byteLength(text) > FILE_BYTES) {
      parts.push(part);
      part = "";
    }
    part += text;
  }
  const [first = "", ...others] = [...parts, part];
  const files = others.map((text, index) => {
    const file = `${name}-${index + 2}.gitlab-ci.yml`;
    return [file, `${header(source, [`Included by ${name}.gitlab-ci.yml.`]).join("\n")}\n${text}`] as const;
  });
  const include = files.map(([file]) => `  - { local: ${place}${file} }`);
  const lines = [...header(source, head.comments), ...(include.length > 0 ? ["include:", ...include] : []), ...head.shared];
  return { [`${name}.gitlab-ci.yml`]: `${lines.join("\n")}\n${first}`, ...Object.fromEntries(files) };
}
