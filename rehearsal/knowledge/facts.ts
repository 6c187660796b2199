/** Patterns and readers that several of the tables share. */
import { isObject, type Value, type ValueObject } from "../protocol/values";

/** An IPv4 network with its mask. */
export const IPV4_NETWORK = /^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/;
/** An Amazon Resource Name, as internal/verify.ValidARN of hashicorp/aws takes it. */
export const ARN = /^arn:[\w-]+:[\w-]+:[\w-]*:(\d{12}|aws|aws-managed)?:.+$/;
/** RFC 1035 label, the rule for names in Compute Engine. */
export const RFC1035 = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;
/** RFC 1123 label, the rule for names in Kubernetes. */
export const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** A member of a nested block: the first one, where there is a list. */
export function inner(config: ValueObject, ...path: readonly string[]): Value {
  let value: Value = config;
  for (const name of path) {
    const item: Value = Array.isArray(value) ? (value[0] ?? null) : value;
    value = isObject(item) ? (item[name] ?? null) : null;
  }
  return value;
}

/** Whether an IPv4 network has bits set behind its mask: "10.0.0.5/16". */
export function hasHostBits(network: string): boolean {
  const [address = "", mask = ""] = network.split("/");
  const bits = Number(mask);
  const number = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  return number % 2 ** (32 - bits) !== 0;
}

/** Size of the mask of a network, NaN where it isn't one. */
export function maskOf(network: Value): number {
  return typeof network === "string" && IPV4_NETWORK.test(network) ? Number(network.split("/")[1]) : Number.NaN;
}
