/**
 * Makes a user's text arrive in Terraform as it was written: `${` and `%{` would otherwise start a template.
 * Constructs take text that went through here, or references, and never escape: text that was escaped twice arrives with
 * a `$` too many, and a reference that was escaped arrives as text.
 */
export function literal(text: string): string {
  return text.replace(/\$\{/g, "$$${").replace(/%\{/g, "%%{");
}

/**
 * The same for every string, keys included, in plain data such as Helm values or a whole fleet. What is no plain data,
 * such as a provider, stays what it is.
 */
export function literalDeep<T>(value: T): T {
  if (typeof value === "string") return literal(value) as T;
  if (Array.isArray(value)) return value.map(literalDeep) as T;
  if (value === null || typeof value !== "object" || !isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [literal(key), literalDeep(inner)])) as T;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
