/** What a validating function of Go stands for. */
import { calledName, dataOf, UNKNOWN } from "./evaluate.mjs";

/** Validators that nothing here knows, and how often they are used: what the lines lack. */
export const unknownValidators = new Map();

const flagsOf = (pattern) =>
  /^\(\?i\)/.test(pattern)
    ? { matches: pattern.slice(4), flags: "i" }
    : { matches: pattern.replace(/\\z/g, "$").replace(/\(\?P</g, "(?<") };

/** The rules that a validating function stands for. */
export function validator(node, file) {
  if (!node) return [];
  if (node.kind === "call") {
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
      case "All":
        return args.flatMap((arg) => validator(arg, file));
      case "Any": {
        const each = args.map((arg) => validator(arg, file));
        if (each.some((rules) => rules.length === 0)) break;
        return [{ anyOf: each.flat() }];
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
      }
    }
    note(name, args.length ? "(…)" : "()");
    return [];
  }
  const name = node.kind === "select" ? `${node.of.name}.${node.name}` : node.kind === "name" ? node.name : "func";
  const last = name.replace(/^.*\./, "");
  const known = KNOWN[last];
  if (known) return known;
  const id = resourceId(node, file);
  if (id) return [{ id }];
  const patterns = patternsIn(node, file);
  if (patterns) return patterns;
  note(name, "");
  return [];
}

function note(name, suffix) {
  unknownValidators.set(name + suffix, (unknownValidators.get(name + suffix) ?? 0) + 1);
}

const KNOWN = {
  Validate: [],
  StringIsNotEmpty: [{ rule: "notEmpty" }],
  NoZeroValues: [{ rule: "notEmpty" }],
  NoEmptyStrings: [{ rule: "notEmpty" }],
  StringIsNotWhiteSpace: [{ rule: "notBlank" }],
  StringIsEmpty: [{ rule: "empty" }],
  IsUUID: [{ rule: "uuid" }],
  IsRFC3339Time: [{ rule: "time" }],
  ValidateRFC3339Date: [{ rule: "time" }],
  IsIPv4Address: [{ rule: "ipv4" }],
  IPv4Address: [{ rule: "ipv4" }],
  IsIPAddress: [{ rule: "ip" }],
  ValidateIpAddress: [{ rule: "ip" }],
  CIDR: [{ rule: "cidr" }],
  IsCIDR: [{ rule: "cidr" }],
  ValidateIpCidrRange: [{ rule: "network" }],
  ValidateRFC1918Network: [{ rule: "cidr" }],
  IsPortNumber: [{ between: [1, 65535] }],
  IsPortNumberOrZero: [{ between: [0, 65535] }],
  IsURLWithHTTPS: [{ rule: "https" }],
  IsURLWithHTTPorHTTPS: [{ rule: "http" }],
  StringIsBase64: [{ rule: "base64" }],
  StringIsJSON: [{ rule: "json" }],
  ValidateResourceID: [{ rule: "resourceId" }],
  ISO8601Duration: [{ rule: "duration" }],
  ValidateName: [{ rule: "resourceGroupName" }],
  PortNumber: [{ between: [1, 65535] }],
  PortNumberOrZero: [{ between: [0, 65535] }],
  NestedItemIdWithOptionalVersion: [{ rule: "https" }],
  NestedItemID: [{ rule: "https" }],
  LowerCasedString: [{ matches: "^[^A-Z]*$", say: "in lower case" }],
  IsUUIDOrEmpty: [{ rule: "uuid", orEmpty: true }],
  KubernetesAdminUserName: [{ matches: "^[A-Za-z][-A-Za-z\\d_]*$" }],
  IntPositive: [{ between: [1, null] }],
  VersionlessNestedItemId: [{ rule: "https" }],
  IsIPv6Address: [{ rule: "ip" }],
  Duration: [{ rule: "goDuration" }],
  KubernetesDNSPrefix: [{ matches: "^[a-zA-Z\\d]([-a-zA-Z\\d]{0,52}[a-zA-Z\\d])?$" }],
  ClientID: [{ rule: "notBlank" }],
  ManagedDiskSizeGB: [{ between: [0, 65536] }],
  DiskSizeGB: [{ between: [0, 32767] }],
  SpotMaxPrice: [{ between: [-1, null] }],
  LinuxAdminUsername: [
    { length: [1, 64] },
    {
      notOneOf: [
        "administrator",
        "admin",
        "user",
        "user1",
        "test",
        "user2",
        "test1",
        "user3",
        "admin1",
        "1",
        "123",
        "a",
        "actuser",
        "adm",
        "admin2",
        "aspnet",
        "backup",
        "console",
        "david",
        "guest",
        "john",
        "owner",
        "root",
        "server",
        "sql",
        "support",
        "support_388945a0",
        "sys",
        "test2",
        "test3",
        "user4",
        "user5",
      ],
    },
  ],
  FlexibleServerAdministratorLogin: [
    { length: [1, 32] },
    { matches: "^[a-zA-Z0-9_]*$" },
    { notOneOf: ["azure_superuser", "admin", "administrator", "root", "guest", "public"] },
  ],
  AdminUsernames: [{ notOneOf: ["azure_superuser", "azure_pg_admin", "admin", "administrator", "root", "guest", "public"] }],
  FlexibleServerDatabaseName: [{ matches: "^[a-zA-Z_-][a-zA-Z0-9_-]*$" }, { length: [1, 63] }],
  RecoveryServicesVaultName: [{ matches: "^[a-zA-Z][-a-zA-Z0-9]{1,49}$" }],
  validateIAMMember: [
    { matches: "^deleted", not: true },
    {
      matches: "(.+:.+|projectOwners|projectReaders|projectWriters|allUsers|allAuthenticatedUsers)",
      say: "a member with its kind before a colon, such as user:me@example.com, or allUsers",
    },
  ],
  validateIamPolicy: [{ rule: "json" }],
  ValidateGCEName: [{ matches: "^(?:[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)$" }],
  ValidateHourlyOnly: [{ matches: "^([01]?\\d|2[0-3]):00$" }],
  ValidateRFC3339Time: [{ matches: "^([01]\\d|2[0-3]):[0-5]\\d$", say: "hours and minutes, 02:00" }],
  validateKmsCryptoKeyRotationPeriod: [
    { matches: "^(8[6-9][4-9]\\d\\d|8[7-9]\\d{3}|9\\d{4}|\\d{6,})(\\.\\d{1,9})?s$", say: "seconds, a day or more: 7776000s" },
  ],
  validateProjectServiceService: [{ matches: "\\.", say: "a service's domain such as container.googleapis.com" }],
  ValidateIAMCustomRoleID: [{ matches: "^[a-zA-Z0-9_\\.]{3,64}$" }],
  validateRecordNameTrailingDot: [{ matches: "\\.$" }],
  NestedItemId: [{ rule: "https" }],
};

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

/** A function that holds a text against patterns and lengths, and does nothing else. */
function patternsIn(node, file) {
  const found =
    node.kind === "func"
      ? node
      : node.kind === "name"
        ? file.pack.func(node.name)
        : node.kind === "select" && node.of.kind === "name"
          ? file.packageOf(node.of.name)?.func(node.name)
          : undefined;
  if (!found) return undefined;
  const { body } = found;
  const rules = [];
  let length = [0, null];
  for (let i = 0; i < body.length; i++) {
    const { name } = body[i];
    if (["for", "switch", "else", "func"].includes(name)) return undefined;
    if (name === "return" && body[i + 1]?.name === "validation") return undefined;
    if (name !== "if") continue;
    let end = i + 1;
    while (body[end] && !(body[end].sign === "{")) end += 1;
    const condition = body.slice(i + 1, end);
    const text = condition
      .map((token) => token.name ?? token.sign ?? (token.string !== undefined ? "STRING" : token.number))
      .join(" ");
    const string = condition.find((token) => token.string !== undefined)?.string;
    if (/^! ok$|^err != nil$/.test(text)) continue;
    if (
      /^! regexp \. MustCompile \( STRING \) \. (MatchString|Match) \(/.test(text) ||
      /:= regexp \. (MustCompile \( STRING \) \. Match|Match \( |MatchString \( ).*; (err == nil && )?! \w+$/.test(text)
    )
      rules.push(flagsOf(string));
    else if (/^regexp \. MustCompile \( STRING \) \. MatchString \( \w+ \)$/.test(text))
      rules.push({ ...flagsOf(string), not: true });
    else if (/^strings \. TrimSpace \( \w+ \) == STRING$/.test(text) && string === "") rules.push({ rule: "notBlank" });
    else {
      const parts = [];
      for (const word of text.split(" || ")) {
        const one = /^(?:len \( \w+ \)|length) (<|>|<=|>=) (\d+)$/.exec(word);
        const other = /^(\d+) (<|>|<=|>=) (?:len \( \w+ \)|length)$/.exec(word);
        if (!one && !other) return undefined;
        const number = Number(one ? one[2] : other[1]);
        const compare = one ? one[1] : { "<": ">", ">": "<", "<=": ">=", ">=": "<=" }[other[2]];
        parts.push([compare, number]);
      }
      for (const [compare, number] of parts) {
        if (compare === "<") length = [Math.max(length[0], number), length[1]];
        if (compare === "<=") length = [Math.max(length[0], number + 1), length[1]];
        if (compare === ">") length = [length[0], Math.min(length[1] ?? number, number)];
        if (compare === ">=") length = [length[0], Math.min(length[1] ?? number, number - 1)];
      }
    }
  }
  if (length[0] > 0 || length[1] !== null) rules.push({ length });
  return rules.length ? rules : undefined;
}
