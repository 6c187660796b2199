/** Invented values that look real, stable for the same resource: all are cut from one hash. */
import { createHash } from "node:crypto";

/** A source of invented values. */
export interface Seed {
  /** Lower-case hex digits, 64 at most. */
  hex(length: number, salt?: string): string;
  /** Decimal digits, the first not zero; 30 at most. */
  digits(length: number, salt?: string): string;
  /** Upper-case letters and digits, 30 at most. */
  letters(length: number, salt?: string): string;
  uuid(salt?: string): string;
  /** An IPv4 address in 203.0.113.0/24, which RFC 5737 keeps for documentation. */
  publicIp(salt?: string): string;
  /** An IPv4 address in 10.0.0.0/8. */
  privateIp(salt?: string): string;
}

/** @param words what makes the resource different from others */
export function seed(...words: readonly string[]): Seed {
  const digest = (salt: string): Buffer =>
    createHash("sha256")
      .update([...words, salt].join("\u0000"))
      .digest();
  const pick = (alphabet: string, length: number, salt: string): string =>
    Array.from(digest(salt).subarray(0, length), (byte) => alphabet[byte % alphabet.length]).join("");
  const hex = (length: number, salt = ""): string => digest(salt).toString("hex").slice(0, length);
  return {
    hex,
    digits: (length, salt = "") => `${1 + ((digest(salt)[31] ?? 0) % 9)}${pick("0123456789", length - 1, salt)}`,
    letters: (length, salt = "") => pick("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", length, salt),
    uuid: (salt = "") => {
      const h = hex(32, salt);
      return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20, 32)}`;
    },
    publicIp: (salt = "") => `203.0.113.${1 + ((digest(salt)[0] ?? 0) % 254)}`,
    privateIp: (salt = "") => {
      const [a = 0, b = 0, c = 0] = digest(salt);
      return `10.${a}.${b}.${1 + (c % 254)}`;
    },
  };
}
