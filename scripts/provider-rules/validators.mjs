/** What a validating function of Go stands for. */
import { calledName, dataOf, returnOf, UNKNOWN } from "./evaluate.mjs";
import { KNOWN } from "./known.mjs";
import { flagsOf, literally, patternsIn } from "./patterns.mjs";

/** Validators that nothing here knows, and how often they are used: what the lines lack. */
export const unknownValidators = new Map();

/** The rules that a validating function stands for. */
export function validator(node, file, depth = 0) {
  if (!node) return [];
  if (node.kind === "call") {
    const values = node.of.kind === "index" && enumOf(node.of.index, file);
    if (values) return [{ oneOf: values, ...(/IgnoreCase$/.test(node.of.of.name) && { anyCase: true }) }];
    const name = calledName(node);
    const args = node.args;
    const value = (i) => dataOf(args[i], file);
    switch (name.replace(/^.*\./, "")) {
      case "StringInSlice": {
        const list = value(0);
        if (!Array.isArray(list)) break;
        return [{ oneOf: list, ...(value(1) === true && { anyCase: true }) }];
      }
      case "ValidateEnum": {
        const list = value(0);
        if (!Array.isArray(list)) break;
        return [{ oneOf: list, orEmpty: true }];
      }
      case "IntInSlice": {
        const list = value(0);
        if (!Array.isArray(list)) break;
        return [{ oneOf: list }];
      }
      case "IntBetween":
      case "FloatBetween":
        if (typeof value(0) !== "number" || typeof value(1) !== "number") break;
        return [{ between: [value(0), value(1)] }];
      case "IntAtLeast":
      case "FloatAtLeast":
        if (typeof value(0) !== "number") break;
        return [{ between: [value(0), null] }];
      case "IntAtMost":
      case "FloatAtMost":
        if (typeof value(0) !== "number") break;
        return [{ between: [null, value(0)] }];
      case "StringLenBetween":
        if (typeof value(0) !== "number" || typeof value(1) !== "number") break;
        return [{ length: [value(0), value(1)] }];
      case "IntDivisibleBy":
        break;
      case "StringMatch": {
        const pattern = args[0]?.kind === "call" ? dataOf(args[0].args[0], file) : UNKNOWN;
        const say = value(1);
        if (typeof pattern !== "string") break;
        return [{ ...flagsOf(pattern), ...(typeof say === "string" && say && { say }) }];
      }
      case "ValidateRegexp": {
        const pattern = value(0);
        if (typeof pattern !== "string") break;
        return [flagsOf(pattern)];
      }
      case "OrEmpty":
        return validator(args[0], file).map((rule) => ({ ...rule, orEmpty: true }));
      case "ToDiagFunc":
        return validator(args[0], file);
      case "StringDoesNotMatch": {
        const pattern = args[0]?.kind === "call" ? dataOf(args[0].args[0], file) : UNKNOWN;
        if (typeof pattern !== "string") break;
        return [{ ...flagsOf(pattern), not: true }];
      }
      case "StringDoesNotContainAny": {
        const signs = value(0);
        if (typeof signs !== "string") break;
        return [{ matches: `[${signs.replace(/[\]\\^-]/g, "\\$&")}]`, not: true }];
      }
      case "ValidateTypeStringNullableIntBetween":
        if (typeof value(0) !== "number" || typeof value(1) !== "number") break;
        return [{ between: [value(0), value(1)], orEmpty: true }];
      case "ValidateTypeStringNullableIntAtLeast":
        if (typeof value(0) !== "number") break;
        return [{ between: [value(0), null], orEmpty: true }];
      case "StringHasPrefix": {
        const start = value(0);
        if (typeof start !== "string") break;
        return [{ matches: `^${literally(start)}` }];
      }
      case "validResourceName":
        if (typeof value(0) !== "number") break;
        return [{ length: [1, value(0)] }, { matches: "^[\\w+=,.@-]*$" }];
      case "ValidARNCheck":
        return [{ rule: "arn", orEmpty: true }];
      case "AllDiag":
      case "All":
        return args.flatMap((arg) => validator(arg, file));
      case "Any": {
        const each = args.map((arg) => validator(arg, file));
        if (each.some((rules) => rules.length === 0)) break;
        return [{ anyOf: each.map((rules) => (rules.length === 1 ? rules[0] : { allOf: rules })) }];
      }
      case "IsDayOfTheWeek":
        return [{ oneOf: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"], anyCase: true }];
      case "IsCIDRNetwork":
        return [{ rule: "network" }];
      case "ValidateRFC1035Name":
        return [{ length: [value(0), value(1)] }, { matches: "^[a-z]([-a-z0-9]*[a-z0-9])?$" }];
      case "ValidateRFC1918Network":
        return [{ rule: "cidr" }];
      case "ValidateProjectID":
        return [{ matches: "^[a-z][a-z0-9-]{4,28}[a-z0-9]$" }];
      case "ValidateDuration":
        return [{ rule: "goDuration" }];
      case "StringNotInSlice": {
        const list = value(0);
        if (!Array.isArray(list)) break;
        return [{ notOneOf: list }];
      }
      default: {
        // a call that makes the validator: FloatInSlice(…), DatabaseName() …
        const back = depth < 4 ? returnOf(node, file) : undefined;
        const rules = back?.node && back.node.kind !== "func" ? validator(back.node, back.file, depth + 1) : [];
        if (rules.length > 0) return rules;
      }
    }
    note(name, args.length ? "(…)" : "()");
    return [];
  }
  const name = node.kind === "select" ? `${node.of.name}.${node.name}` : node.kind === "name" ? node.name : "func";
  const last = name.replace(/^.*\./, "");
  const known = KNOWN[last];
  if (known) return known;
  const named = node.kind === "name" && depth < 4 ? file.pack.constant(node.name) : undefined;
  if (named?.value?.kind === "call") return validator(named.value, named.file, depth + 1);
  const id = resourceId(node, file);
  if (id) return [{ id }];
  const patterns = patternsIn(node, file);
  if (patterns) return patterns;
  note(name, "");
  return [];
}

/** The values of a named type of texts, which `enum.Validate[T]()` takes. */
export function enumOf(type, file) {
  const pack = type.kind === "select" && type.of.kind === "name" ? file.packageOf(type.of.name) : file.pack;
  const form = type.name && new RegExp(`^\\s*\\w+\\s+${type.name}\\s*=\\s*"([^"]*)"`, "gm");
  const values = form ? (pack?.files ?? []).flatMap(({ text }) => [...text.matchAll(form)].map(([, value]) => value)) : [];
  return values.length > 0 ? values : undefined;
}

function note(name, suffix) {
  unknownValidators.set(name + suffix, (unknownValidators.get(name + suffix) ?? 0) + 1);
}

/** `/subscriptions/%s/resourceGroups/%s/…`, the form that an id's own ID() prints. */
function resourceId(node, file) {
  if (node.kind !== "select" || node.of.kind !== "name") return undefined;
  const what = /^(?:Validate)?(\w+?)(?:ID|Id)$/.exec(node.name)?.[1];
  const pack = file.packageOf(node.of.name);
  return what && pack ? idForm(pack, `${what}Id`) : undefined;
}

/** The form of ids of a type. */
export function idForm(pack, type) {
  const parse = pack.folder.endsWith("/validate") ? pack.checkout.package(pack.folder.replace(/validate$/, "parse")) : pack;
  for (const { text } of parse.files) {
    const body = new RegExp(`^func \\(id ${type}\\) ID\\(\\) string \\{([\\s\\S]*?)^\\}`, "m").exec(text)?.[1];
    const form = body && /"(\/[^"]*%s[^"]*)"/.exec(body)?.[1];
    if (form) return form;
  }
  return undefined;
}
