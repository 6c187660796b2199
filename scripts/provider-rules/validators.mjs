/** What a validating function of Go stands for. */
import { calledName, dataOf, returnOf, UNKNOWN } from "./evaluate.mjs";

/** Validators that nothing here knows, and how often they are used: what the lines lack. */
export const unknownValidators = new Map();

const flagsOf = (pattern) =>
  /^\(\?i\)/.test(pattern)
    ? { matches: pattern.slice(4), flags: "i" }
    : { matches: pattern.replace(/\\z/g, "$").replace(/\(\?P</g, "(?<") };

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

const KNOWN = {
  ValidARN: [{ rule: "arn", orEmpty: true }],
  ValidAccountID: [{ matches: "^\\d{12}$", say: "an account id of twelve digits" }],
  ValidRegionName: [{ matches: "^[a-z]{2}(-[a-z]+)+-\\d{1,2}$", say: "a region such as eu-west-1" }],
  ValidIPv4CIDRNetworkAddress: [{ rule: "network4" }],
  ValidCIDRNetworkAddress: [{ rule: "network" }],
  ValidIPv6CIDRNetworkAddress: [{ rule: "network6" }],
  ValidIAMPolicyJSON: [{ rule: "jsonObject" }],
  ValidUTCTimestamp: [{ matches: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$", say: "a time such as 2026-01-31T04:00:00Z" }],
  ValidOnceADayWindowFormat: [
    { matches: "^([01]\\d|2[0-3]):[0-5]\\d-([01]\\d|2[0-3]):[0-5]\\d$", say: "a window such as 04:00-05:00" },
  ],
  ValidOnceAWeekWindowFormat: [
    {
      matches:
        "^(mon|tue|wed|thu|fri|sat|sun):([01]\\d|2[0-3]):[0-5]\\d-(mon|tue|wed|thu|fri|sat|sun):([01]\\d|2[0-3]):[0-5]\\d$",
      flags: "i",
      say: "a window such as sun:04:00-sun:05:00",
    },
  ],
  ValidateTypeStringNullableBool: [{ oneOf: ["true", "false", "1", "0"], orEmpty: true, anyCase: true }],
  ValidateTypeStringNullableInt: [{ matches: "^-?\\d+$", orEmpty: true }],
  validTargetGroupHealthInput: [{ matches: "^(off|[+-]?\\d+)$" }],
  validTargetGroupHealthPercentageInput: [{ matches: "^(off|[1-9]\\d?|100)$" }],
  validTargetGroupHealthCheckPort: [{ matches: "^(traffic-port|\\d{1,5})$" }],
  ValidDuration: [{ rule: "goDuration" }],
  NatGatewayName: [{ matches: "^[a-zA-Z\\d]([a-zA-Z\\d\\-_.]{0,78}[a-zA-Z\\d_])?$" }],
  PrivateLinkSubResourceName: [{ matches: "^[a-zA-Z0-9][\\w.-]{1,61}[a-zA-Z0-9]$", orEmpty: true }],
  LinuxComputerNameFull: [
    { length: [1, 64] },
    { matches: "^(?!_)(?!.*[.-]$)[^\\\\/\"\\[\\]:|<>+=;,?*@&~!#$%^()_{}']+$", say: "a host name without special characters" },
  ],
  VirtualMachineName: [
    { length: [1, 80] },
    { matches: "^[a-zA-Z0-9]([a-zA-Z0-9._-]*\\w)?$" },
    { matches: "^\\d+$", not: true, say: "more than digits" },
  ],
  SSHKey: [{ matches: "^ssh-(rsa|ed25519) [A-Za-z0-9+/]+={0,2}( .*)?\\s*$", say: "a public key such as ssh-ed25519 AAAA…" }],
  StorageAccountIpRule: [
    { matches: "^(\\d{1,3}\\.){3}\\d{1,3}(/(\\d|[12]\\d|30))?$" },
    { matches: "^(10|172\\.(1[6-9]|2\\d|3[01])|192\\.168)\\.", not: true },
  ],
  ISO8601RepeatingTime: [{ matches: "^R/[^/]+/P[^/]+$", say: "a repeating time such as R/2026-01-01T02:00:00+00:00/PT4H" }],
  ValidateWorkloadIdentityPoolId: [{ matches: "^(?!gcp-)[a-z0-9-]{4,32}$" }],
  ValidateWorkloadIdentityPoolProviderId: [{ matches: "^(?!gcp-)[a-z0-9-]{4,32}$" }],
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

const literally = (text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

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
  const texts = new Map();
  let orEmpty = false;
  let length = [0, null];
  for (let i = 0; i < body.length; i++) {
    const { name } = body[i];
    if (body[i + 1]?.sign === ":=" && body[i + 2]?.string !== undefined) texts.set(name, body[i + 2].string);
    if (name === "else" && body[i + 1]?.name === "if") continue;
    if (["for", "switch", "else", "func"].includes(name)) return undefined;
    if (name === "return" && body[i + 1]?.name === "validation") return undefined;
    if (name !== "if") continue;
    let end = i + 1;
    while (body[end] && !(body[end].sign === "{")) end += 1;
    const condition = body.slice(i + 1, end).map((token) => (texts.has(token.name) ? { string: texts.get(token.name) } : token));
    const text = condition
      .map((token) => token.name ?? token.sign ?? (token.string !== undefined ? "STRING" : token.number))
      .join(" ");
    const string = condition.find((token) => token.string !== undefined)?.string;
    if (/^! ok$|^err != nil$/.test(text)) continue;
    if (/^(len \( value \) == 0|value == STRING)$/.test(text) && !string && body[end + 1]?.name === "return") {
      orEmpty = true;
      continue;
    }
    const contains = /^(! )?strings \. (HasPrefix|HasSuffix|Contains) \( \w+ , STRING \)$/.exec(text);
    if (contains && string) {
      const literal = literally(string);
      const form = { HasPrefix: `^${literal}`, HasSuffix: `${literal}$`, Contains: literal }[contains[2]];
      rules.push({ matches: form, ...(!contains[1] && { not: true }) });
      continue;
    }
    if (
      /^! (?:regexp|regexache) \. MustCompile \( STRING \) \. (MatchString|Match) \(/.test(text) ||
      /:= (?:regexp|regexache) \. (MustCompile \( STRING \) \. Match|Match \( |MatchString \( ).*; (err == nil && )?! \w+$/.test(
        text,
      )
    )
      rules.push(flagsOf(string));
    else if (/^(?:regexp|regexache) \. MustCompile \( STRING \) \. MatchString \( \w+ \)$/.test(text))
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
  return rules.length ? rules.map((rule) => (orEmpty ? { ...rule, orEmpty } : rule)) : undefined;
}
