import { Address4 } from "ip-address";

/**
 * Arithmetic on IPv4 ranges written as CIDR. Every function but `isCidr` takes ranges that `isCidr` accepts and throws
 * on others.
 */

/** Whether a text is an IPv4 range with a prefix length: 10.0.0.0/16. Host bits are allowed. */
export function isCidr(text: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/.test(text) && Address4.isValid(text);
}

/** The range without host bits: 10.0.0.5/16 becomes 10.0.0.0/16. */
export function canonical(cidr: string): string {
  return new Address4(cidr).networkForm();
}

/** Length of the prefix: 16 of 10.0.0.0/16. */
export function prefixLength(cidr: string): number {
  return new Address4(cidr).subnetMask;
}

/** How many addresses a range has. */
export function size(cidr: string): number {
  return 2 ** (32 - prefixLength(cidr));
}

/** Whether two ranges share an address. */
export function overlaps(one: string, other: string): boolean {
  return contains(one, other) || contains(other, one);
}

/** Whether a range lies within another, or is the same. */
export function contains(outer: string, inner: string): boolean {
  return new Address4(canonical(inner)).isInSubnet(new Address4(outer));
}

/**
 * A part of a range: with `bits` 3 the range is cut into eight, and `index` 0 is the first of them.
 * @throws RangeError where the range has no such part
 */
export function part(cidr: string, bits: number, index: number): string {
  const prefix = prefixLength(cidr) + bits;
  if (prefix > 32 || index < 0 || index >= 2 ** bits) throw new RangeError(`${cidr} has no part ${index} of ${2 ** bits}`);
  const start = new Address4(cidr).startAddress().bigInt() + BigInt(index) * 2n ** BigInt(32 - prefix);
  return `${Address4.fromBigInt(start).correctForm()}/${prefix}`;
}

/** The address at a distance from the start of a range: 10.0.0.10 is the tenth of 10.0.0.0/16. */
export function addressAt(cidr: string, offset: number): string {
  return Address4.fromBigInt(new Address4(cidr).startAddress().bigInt() + BigInt(offset)).correctForm();
}

/** Whether a range is for private networks: RFC 1918, or RFC 6598 (100.64.0.0/10). */
export function isPrivate(cidr: string): boolean {
  return ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"].some((range) => contains(range, cidr));
}
