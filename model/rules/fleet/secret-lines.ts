/** How configuration files, programs and SQL give something under a name. */

/** `name=value` as shells, URLs, connection strings and Java have it; in PromQL `{name="value"}` selects by a label. */
const ASSIGNED =
  /(?:^|[\s;&?,|"'([/:])((?:--?)?(?:D(?=\w+\.))?[A-Za-z_][\w.-]*)=("[^"\n]*"|'[^'\n]*'|[^\s;&"',)\]]+)(?=([,}]?))/g;
/** A line of a configuration file: `name = value`, `name: value`, `"name": "value"`, `:name => 'value'`. */
const LINE =
  /(?:^|\n|[{,])[ \t-]*:?["']?([A-Za-z_][\w.-]*)["']?[ \t]*(?:[:=]|=>)[ \t]*("[^"\n]*"|'[^'\n]*'|[^\s"'{}[\],]+)[ \t]*(?=\r?\n|$|[,}])/g;
/** `User ID = sa; Password = x`, as connection strings have it. */
const SPACED = /(?:^|;)[ \t]*([A-Za-z][\w ]*?)[ \t]+=[ \t]*("[^"\n]*"|'[^'\n]*'|[^\s;"']+)[ \t]*(?=;|$)/g;
/** The same between brackets of a program, where what has no quotes is a name of its own: `f({ pwd: 'x' })`. */
const QUOTED = /[{,([][ \t]*:?["']?([A-Za-z_][\w.-]*)["']?[ \t]*(?:=>|:)[ \t]*("[^"\n]+"|'[^'\n]+')/g;
/** `ENV NAME x` of a Dockerfile, `SetEnv NAME x` of Apache, `fastcgi_param NAME x;` of nginx, `$env:NAME = "x"` of PowerShell. */
const VARIABLE =
  /(?:(?:^|\n)[ \t]*(?:ENV|SetEnv|(?:fastcgi|uwsgi|scgi)_param|setx)[ \t]+|\$env:)([A-Za-z_]\w*)(?:[ \t]*=[ \t]*|[ \t]+)("[^"\n]*"|'[^'\n]*'|[^\s;"']+)/gi;
/** `user default on >password` of Redis' access lists */
const REDIS_USER = /(?:^|\n)[ \t]*(user)[ \t]+\S+[ \t]+(?:on|off)[ \t]+(?:[^\s>]\S*[ \t]+)*>(\S+)/g;
const ELEMENT = /<([A-Za-z_][\w.-]*)>([^<>\n]+)<\//g;
/** `<add key="Password" value="x"/>` */
const ATTRIBUTES = /\b(?:key|name)="([\w.-]+)"\s+value="([^"\n]*)"/gi;
/** `define('DB_PASSWORD', 'x')` */
const DEFINED = /\bdefine\(\s*["']([\w.-]+)["']\s*,\s*("[^"\n]*"|'[^'\n]*')/g;
/** `X-Api-Key: x`, a header as curl takes it; `proxy_set_header X-Token "x"`, as proxies do. */
const HEADER = /(?:^|["'\n])[ \t]*([A-Za-z]\w*(?:-\w+)+|Cookie):[ \t]+([^\s"']+)(?=["'\s]|$)/g;
const SET_HEADER =
  /(?:set_header|add_header|set-header|RequestHeader\s+\w+)\s+["']?([\w-]+)["']?\s+("[^"\n]*"|'[^'\n]*'|[^\s;]+)/g;
/** `requirepass x`, as Redis, Fluent Bit and .netrc have it: two words, and the first is no heading. */
const WORDS = /(?:^|\n)[ \t]*((?![A-Z][a-z]+ )[A-Za-z][\w-]*)[ \t]+("[^"\n]*"|'[^'\n]*'|[^\s"']+)[ \t]*(?=\r?\n|$)/g;
/** `IDENTIFIED BY 'x'`, `WITH PASSWORD 'x'` */
const SQL = /\b(identified\s+by|password)\s+'([^'\n]*)'/gi;
/** `machine x login u password p` of .netrc, `user u insecure-password p` of HAProxy */
const AFTER_LOGIN = /\b(?:login|user)\s+\S+\s+((?:insecure-)?password)\s+([^\s;]+)/g;
/** `-passin pass:x` of openssl */
const PASS = /(?:^|[\s"'])(pass):([^\s"']+)/g;
/** `aws configure set aws_secret_access_key x` */
const CONFIGURED = /\bconfigure\s+set\s+([\w.-]+)\s+(\S+)/g;
/** `echo x | docker login --password-stdin` */
const PIPED = /\becho\s+(?:-n\s+)?("[^"\n]*"|'[^'\n]*'|[^\s|"']+)\s*\|[^|\n]*(--password-stdin|chpasswd|passwd --stdin)/g;

/** What is given in a text. */
export interface Given {
  readonly name: string;
  readonly value: string;
  /** certain: it is a secret by its place. words: only a name that is a password's counts, since prose has two words too. @default - by its name */
  readonly by?: "certain" | "words";
}

/** `--set=auth=password=x`: what is given inside of what is given. */
const DEEPEST = 4;

const unquoted = (word: string) => word.replace(/^["']|["']$/g, "");

/** All that a text gives under a name; a text of several lines, or in braces, is taken for a file. */
export function givenIn(text: string, depth = 0): readonly Given[] {
  const pairs = (form: RegExp, by?: Given["by"]): readonly Given[] =>
    [...text.matchAll(form)].map(([, name, value]) => ({ name: name!, value: value!, ...(by && { by }) }));
  const assigned = [...text.matchAll(ASSIGNED)]
    .filter(([, , value, after]) => after === "" || !/^["']/.test(value!))
    .map(([, name, value]) => ({ name: name!, value: value! }));
  const inside =
    depth < DEEPEST ? assigned.flatMap(({ value }) => (value.includes("=") ? givenIn(unquoted(value), depth + 1) : [])) : [];
  const isLines = text.includes("\n");
  return [
    ...assigned,
    ...inside,
    ...(isLines || /^\s*[{'"]/.test(text) ? pairs(LINE) : []),
    ...(isLines ? pairs(WORDS, "words") : []),
    ...[SPACED, QUOTED, VARIABLE, ELEMENT, ATTRIBUTES, DEFINED, HEADER, SET_HEADER, CONFIGURED].flatMap((form) => pairs(form)),
    ...[AFTER_LOGIN, REDIS_USER, SQL, PASS].flatMap((form) => pairs(form, "certain")),
    ...[...text.matchAll(PIPED)].map(([, value, name]) => ({ name: name!, value: value!, by: "certain" as const })),
  ];
}
