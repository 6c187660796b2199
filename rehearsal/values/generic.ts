/** Values by the name of an attribute, for what no type's own inventor knows. */
import { type Subject, text } from "./context";

/** A certificate in PEM form, base64-encoded once more as the clusters' APIs hand it out. Nobody holds its key. */
export function base64Certificate(words: string): string {
  const body = Buffer.from(`rehearsal: no certificate of any authority, ${words}`).toString("base64");
  return Buffer.from(`-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`).toString("base64");
}

const CREATED = "2026-01-01T00:00:00Z";

type StringRule = readonly [name: RegExp, value: (subject: Subject, path: string) => string];

const strings: readonly StringRule[] = [
  [
    /(^|_)arn$/,
    (s, p) => `arn:aws:rehearsal:${text(s.provider, "region", "us-east-1")}:123456789012:${s.type}/${s.seed.hex(8, p)}`,
  ],
  [
    /certificate_authority_data|ca_certificate$|client_certificate$|client_key$|ca_cert/,
    (s, p) => base64Certificate(s.seed.hex(16, p)),
  ],
  [/(ipv6.*(address|cidr)|_ipv6$)/, (s, p) => `2001:db8:${s.seed.hex(4, p)}::1`],
  [/cidr/, (s, p) => `10.${Number.parseInt(s.seed.hex(2, p), 16)}.0.0/16`],
  [/public_ip|nat_ip|external_ip/, (s, p) => s.seed.publicIp(p)],
  [/(^|_)ip(_address)?$|^address$/, (s, p) => s.seed.privateIp(p)],
  [/issuer/, (s, p) => `https://issuer.example.com/${s.seed.hex(16, p)}`],
  [/(url|uri|self_link|endpoint)$/, (s, p) => `https://${s.seed.hex(12, p)}.example.com`],
  [/fqdn|dns_name|hostname|domain_name$/, (s, p) => `${s.seed.hex(12, p)}.example.com`],
  [/fingerprint|etag|checksum|sha256|hash/, (s, p) => s.seed.hex(40, p)],
  [/thumbprint/, (s, p) => s.seed.hex(40, p)],
  [/(tenant|principal|object|client)_id$/, (s, p) => s.seed.uuid(p)],
  [/(time|timestamp|date|created|created_at|updated_at|_at)$/, () => CREATED],
  [/(password|secret|token|access_key|connection_string|key_base64)$/, (s, p) => s.seed.hex(32, p)],
  [/^region$/, (s) => text(s.provider, "region", "us-east-1")],
  [/^project$/, (s) => text(s.provider, "project", "rehearsal-project")],
  [/^(status|state)$/, () => "ACTIVE"],
  [/^name$/, (s, p) => `${s.type.split("_").slice(1).join("-")}-${s.seed.hex(8, p)}`],
];

/** A string for an attribute of this name. */
export function genericString(subject: Subject, name: string, path: string): string {
  const rule = strings.find(([pattern]) => pattern.test(name));
  return rule ? rule[1](subject, path) : `${name.replaceAll("_", "-")}-${subject.seed.hex(12, path)}`;
}

/** A number for an attribute of this name. */
export function genericNumber(name: string): number {
  return /port/.test(name) ? 443 : /(count|size|version|generation|number)/.test(name) ? 1 : 0;
}
