/**
 * Makes a user's text arrive in Terraform as it was written: `${` and `%{` would otherwise start a template.
 * Only for text that holds no cdktf token, since a token is itself `${…}`.
 */
export function literal(text: string): string {
  return text.replace(/\$\{/g, "$$${").replace(/%\{/g, "%%{");
}

/** The same for every string, keys included, in plain data such as Helm values. */
export function literalDeep<T>(value: T): T {
  if (typeof value === "string") return literal(value) as T;
  if (Array.isArray(value)) return value.map(literalDeep) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [literal(key), literalDeep(inner)])) as T;
}
