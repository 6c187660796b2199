import { shorten } from "../../../model/derived/names";

const MAX_LENGTH = 63;

/**
 * Tags as Google Cloud takes labels: keys and values of at most 63 lower-case letters, digits, _ and -, a key starting
 * with a letter (Google's documentation of labels; the provider checks nothing). Upper case becomes lower, other
 * characters become -, what is too long is cut and ends in a hash.
 * @throws where two keys become one
 */
export function googleLabels(tags: Readonly<Record<string, string>>): Record<string, string> {
  const labels: Record<string, string> = {};
  const origin = new Map<string, string>();
  for (const [key, value] of Object.entries(tags)) {
    const label = labelKey(key);
    const other = origin.get(label);
    if (other !== undefined)
      throw new Error(`tags '${other}' and '${key}' are both the label '${label}' in Google Cloud: rename one of them`);
    origin.set(label, key);
    labels[label] = labelText(value);
  }
  return labels;
}

function labelKey(key: string): string {
  const text = labelText(key);
  return /^[a-z]/.test(text) ? text : labelText(`tag-${key}`);
}

const labelText = (text: string) =>
  shorten(
    unescaped(text)
      .toLowerCase()
      .replace(/[^a-z0-9_-]/g, "-"),
    MAX_LENGTH,
  );

/** The text that Terraform makes of what constructs are given: a label is made from the tag itself. */
const unescaped = (text: string) => text.replace(/\$\$\{/g, "${").replace(/%%\{/g, "%{");
