/**
 * JSON as cdktf 0.21 writes it, byte for byte: keys sorted, two spaces, empty lists and maps on two lines. cdktf's own
 * writer (json-stable-stringify 1.3) takes several times as long, and another version of it would touch every line of
 * every fleet's output.
 */
export function stableJson(value: unknown): string {
  return written(value, "\n") ?? "null";
}

/** @param newline a line break with the indentation of the line that it ends at */
function written(value: unknown, newline: string): string | undefined {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if ("toJSON" in value && typeof value.toJSON === "function") return written(value.toJSON(), newline);
  const inner = `${newline}  `;
  let text = "";
  if (Array.isArray(value)) {
    for (const item of value) text += `${text === "" ? "" : ","}${inner}${written(item, inner) ?? "null"}`;
    return `[${text}${newline}]`;
  }
  for (const key of Object.keys(value).sort()) {
    const member = written((value as Record<string, unknown>)[key], inner);
    if (member !== undefined) text += `${text === "" ? "" : ","}${inner}${JSON.stringify(key)}: ${member}`;
  }
  return `{${text}${newline}}`;
}
