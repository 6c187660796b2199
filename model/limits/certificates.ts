import { domainToUnicode } from "node:url";

/** A certificate authority as a CAA record names it (RFC 8659, 4.2). */
export const AUTHORITY = /^([a-z0-9-]+\.)+[a-z]{2,}$/;

/** Most parts between dots in a name, its wildcard not counted. */
const LABELS = 10;

/**
 * Why Let's Encrypt refuses a name that DNS takes, and with it the whole order that it is in (letsencrypt/boulder,
 * policy/pa.go, validDomain, and willingToIssueWildcard for what is behind the star); undefined where it takes it.
 */
export function certificateNameProblem(name: string): string | undefined {
  const labels = name.replace(/^\*\./, "").split(".");
  if (labels.length > LABELS) return `it has ${labels.length} parts between dots, and Let's Encrypt takes ${LABELS}`;
  for (const label of labels) {
    if (!/^..--/.test(label)) continue;
    if (!label.startsWith("xn"))
      return `'${label}' has hyphens in its third and fourth place, which are kept for names in other scripts`;
    if (domainToUnicode(label) === "") return `'${label}' is no punycode`;
  }
  return undefined;
}
