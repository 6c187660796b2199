/** Words of a command that are a password by their place: after a program's short flag, or glued to it. */

/** One word of a command line, and what tells that it is a password. */
export interface PasswordWord {
  readonly place: number;
  readonly name: string;
}

/** The short flag of each program after which its password stands; each program's own manual. */
const FLAGS: readonly (readonly [program: RegExp, flag: RegExp])[] = [
  [
    /^(sshpass|mongo|mongosh|mongodump|mongorestore|cypher-shell|cqlsh|rabbitmqadmin|docker|podman|helm|az|oras|crane|skopeo)$/,
    /^-p$/,
  ],
  [/^(redis-cli|valkey-cli|keydb-cli)$/, /^-a$/],
  [/^(sqlcmd|bcp|osql)$/, /^-P$/],
  [/^(ldapsearch|ldapadd|ldapmodify|ldapdelete|ldappasswd|ldapwhoami)$/, /^-w$/],
  [/^(htpasswd|mosquitto_passwd)$/, /^-[A-Za-z]*b[A-Za-z]*$/],
  [/^(zip|unzip|ipmitool|mosquitto_(pub|sub|rr))$/, /^-P$/],
  [/^ssh-keygen$/, /^-N$/],
  [/^openssl$/, /^-k$/],
  [/^snmp(get|set|walk|bulkwalk|bulkget|trap|inform|table|status)$/, /^-[AX]$/],
];
/** Words of a program behind which the password stands some places on; each program's own manual. */
const BEHIND: readonly (readonly [program: RegExp, word: RegExp, places: number])[] = [
  [/^rabbitmqctl$/, /^(add_user|change_password)$/, 2],
  // mc alias set NAME URL ACCESS-KEY SECRET-KEY
  [/^(mc|mcli)$/, /^set$/, 4],
  [/^vault$/, /^login$/, 1],
  [/^npm$/, /:_(authToken|auth|password)$/, 1],
];
/** Logins as one word, and what is the password in them. */
const LOGIN_WORDS: readonly (readonly [program: RegExp, word: RegExp])[] = [
  [/^sqlplus$/, /^[\w.-]+\/([^\s@/]+)(?:@|$)/],
  [/^(smbclient|smbget|smbtree|rpcclient|net)$/, /^(?:-U|--user=)?[\w.\\@-]+%(\S+)/],
  [/^(nsupdate|dig)$/, /^hmac-\w+:[\w.-]+:(\S+)/],
  [/^curl$/, /^(?:-u|--user=|--proxy-user=|-U)[\w.@+-]+:([^\s:$]+)$/],
];
/** Programs that take it glued to the flag: mysql -phunter2. */
const GLUED = /^(7z[ar]?|7zz|mysql|mysqldump|mysqladmin|mysqlimport|mysqlcheck|mysqlshow|mariadb|mariadb-dump|mariadb-admin)$/;
const KUBECTL = /^(kubectl|oc|k)$/;
/** Programs without a short flag for it, or with another form besides. */
const OTHERS: readonly RegExp[] = [GLUED, KUBECTL, ...[...BEHIND, ...LOGIN_WORDS].map(([program]) => program)];
/** Of these it is the last word. */
const LAST = new Set(["htpasswd", "mosquitto_passwd"]);
/** These have -p for other things too. */
const ONLY_AT_LOGIN = new Set(["docker", "podman", "helm", "az"]);
/** What -p may be elsewhere: a port, a range of them, a time, an address, a path, or a plain word (protocol, profile, namespace). */
const OTHER_P = /^[\d:,./-]+$|^\d+(ms|[smhd])$|[/:=@\\]|^[A-Za-z]+([-_.][A-Za-z]+)*$/;

/** Words of one command that are looked at: a file is no command. */
const LONGEST = 100;

const programOf = (word: string) => word.slice(word.lastIndexOf("/") + 1);

/**
 * The password among the words of a command, or of a list of arguments.
 * @param isLiteral whether a word is the thing itself
 */
export function passwordWord(words: readonly string[], isLiteral: (word: string) => boolean): PasswordWord | undefined {
  const isValue = (place: number) => {
    const word = words[place];
    return word !== undefined && !word.startsWith("-") && isLiteral(word);
  };
  for (const [start, word] of words.entries()) {
    const program = programOf(word);
    const flag = FLAGS.find(([known]) => known.test(program))?.[1];
    if (flag === undefined && !OTHERS.some((known) => known.test(program))) continue;
    const own = ownWords(program, words.slice(start + 1, start + 1 + LONGEST));
    const other = literalOf(program, own, isLiteral) ?? behind(program, own, isLiteral) ?? loginOf(program, own, isLiteral);
    if (other !== undefined) return { place: start + 1 + other, name: `${program} ${own[other]!.replace(/[=:%/].*/, "")}` };
    if (GLUED.test(program)) {
      const glued = own.findIndex((other) => /^-p./.test(other) && isLiteral(other.slice(2)));
      if (glued >= 0) return { place: start + 1 + glued, name: `${program} -p` };
    }
    if (flag === undefined) continue;
    const at = own.findIndex((other) => flag.test(other));
    const place = start + 1 + (LAST.has(program) ? own.length - 1 : at + 1);
    const isLogin = !ONLY_AT_LOGIN.has(program) || own.includes("login");
    if (at >= 0 && isLogin && isValue(place)) return { place, name: `${program} ${own[at]}` };
  }
  const place = words.indexOf("-p") + 1;
  if (place === 0 || !isValue(place)) return undefined;
  const beside = words.some((word, at) => /^(-u|-U|--user|--username)$/.test(word) && isValue(at + 1));
  if (beside ? /^\d+$/.test(words[place]!) : OTHER_P.test(words[place]!)) return undefined;
  return isOther(words) ? undefined : { place, name: "-p" };
}

/** A program's own words: another command begins behind `|`, `&&` and `;`, or where its name stands again, as in a list of them. */
function ownWords(program: string, rest: readonly string[]): readonly string[] {
  const end = rest.findIndex((other) => /(\||&&|;)$/.test(other) || programOf(other) === program);
  return end < 0 ? rest : rest.slice(0, end + 1);
}

/** The first `--from-literal=name=value` of a `kubectl create secret`: whatever its name is. */
function literalOf(program: string, own: readonly string[], isLiteral: (word: string) => boolean): number | undefined {
  if (!KUBECTL.test(program) || own[0] !== "create" || own[1] !== "secret") return undefined;
  return placeIn(own, (word, place) => {
    const given = own[place - 1] === "--from-literal" ? word : /^--from-literal=(.+)/.exec(word)?.[1];
    return given !== undefined && isLiteral(/[^=]=(.+)/.exec(given)?.[1] ?? "");
  });
}

function behind(program: string, own: readonly string[], isLiteral: (word: string) => boolean): number | undefined {
  const [, before, places] = BEHIND.find(([known]) => known.test(program)) ?? [];
  if (before === undefined) return undefined;
  return placeIn(own, (word, place) => before.test(own[place - places!] ?? "") && !word.startsWith("-") && isLiteral(word));
}

function loginOf(program: string, own: readonly string[], isLiteral: (word: string) => boolean): number | undefined {
  const form = LOGIN_WORDS.find(([known]) => known.test(program))?.[1];
  return form === undefined ? undefined : placeIn(own, (word) => isLiteral(form.exec(word)?.[1] ?? ""));
}

const placeIn = (own: readonly string[], is: (word: string, place: number) => boolean): number | undefined => {
  const place = own.findIndex(is);
  return place < 0 ? undefined : place;
};

/** Programs for whom -p is something else whatever stands behind it. */
const isOther = (words: readonly string[]) =>
  words.some((word) =>
    /^(mkdir|cp|ssh|scp|nc|nmap|ps|psql|pg_\w+|mysql\w*|mariadb\S*|read|git|tar|iptables|redis-cli|docker|podman|kubectl|unzip|jq|perl|ls|test|python3?|node|java|make|patch|touch|chmod|install|lsof|time|pgbench|createdb|dropdb)$/.test(
      programOf(word),
    ),
  );
