/** What a text or a list of arguments carries: secrets by form, and by the name that they are given under. */
import { isReference } from "../../catalog/secret-forms";
import { givenIn } from "./secret-lines";
import { holdsSecret, isPasswordName } from "./secret-names";
import { passwordWord } from "./secret-programs";

/** Whether a value is the thing itself: no switch, no reference, no address, no file. */
export function isLiteral(value: string): boolean {
  const text = unquoted(value.trim());
  if (/^(|true|false|on|off|yes|no|none|null|enabled|disabled|[01]|(string|str|text|bytes)[!?;]*)$/i.test(text)) return false;
  if (isReference(text) || /^([`@]|\$[A-Za-z_][\w.:-]*(\{[^}]*\})?[;|&)]*$)/.test(text) || /^\w[\w+.-]*:\/\/[^@]*$/.test(text))
    return false;
  return !isFile(text);
}

const unquoted = (word: string) => word.replace(/^["']|["']$/g, "");
const isFile = (text: string) =>
  /^(~|\.{1,2})?(\/[\w.-]+)+\/?$|^[A-Za-z]:\\|^[\w./-]+\.(pem|key|json|p12|pfx|jks|crt|der|txt|ya?ml|token)$/i.test(text);

/** The name under which a text gives a secret by value: `password` in `host=db password=…`. */
export function nameInText(written: string): string | undefined {
  // the name of a Secret, filled in (docs/apps.md)
  const text = written.replace(/\{secret:[a-z0-9-]+\}/g, "$NAME");
  const given = givenIn(text).find(
    ({ name, value, by }) => isLiteral(value) && !CALL.test(value) && (by === "certain" || isSecretName(name, value, by)),
  );
  if (given) return given.name;
  const [first] = secretsIn(wordsOf(text).map((word) => ({ word, index: 0 })));
  return first?.name;
}

/** What a program works out: `get_password()` */
const CALL = /^[A-Za-z_][\w.]*\(/;

const isSecretName = (name: string, value: string, by: "words" | undefined) =>
  by === "words" ? isPasswordName(name) : holdsSecret(name, unquoted(value));

/** Lists of arguments: which of them carries a secret, and under which flag. */
export function secretsInArguments(args: readonly unknown[]): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  const words = args.flatMap((arg, index) =>
    typeof arg === "string" || typeof arg === "number" ? wordsOf(String(arg)).map((word) => ({ word, index })) : [],
  );
  for (const { index, name } of secretsIn(words)) if (!found.has(index)) found.set(index, name);
  return found;
}

/** A text may be a line for a shell (sh -c "…"): the words that it is made of. */
const wordsOf = (text: string) => text.split(/\s+/).filter(Boolean).map(unquoted);

/** Flags for a key, or for a file that it is in. */
const KEY = /^--?((private|ssh|client)[-_]?)?key$/i;

interface Word {
  readonly word: string;
  readonly index: number;
}

interface Named {
  readonly index: number;
  readonly name: string;
}

/** Each `--flag value` with a secret, and what programs take in ways of their own: which program it is stands before all of it. */
function* secretsIn(words: readonly Word[]): Generator<Named> {
  for (const [place, { word, index }] of words.slice(1).entries()) {
    const flag = words[place]!.word;
    if (word.startsWith("-") || !isLiteral(word)) continue;
    const login =
      /^(-u|--user|-U|--proxy-user|-a|--auth)$/.test(flag) &&
      /^[^:\s$]+:[^:\s$]+$/.test(word) &&
      words.some((other) => (/^-a|--auth$/.test(flag) ? /(^|\/)https?$/ : /(^|\/)curl$/).test(other.word));
    if (login || (/^--?[A-Za-z][\w.-]*$/.test(flag) && (holdsSecret(flag, word) || KEY.test(flag)))) yield { index, name: flag };
  }
  yield* byPrograms(words);
}

function* byPrograms(words: readonly Word[]): Generator<Named> {
  let rest = words;
  const next = () =>
    passwordWord(
      rest.map(({ word }) => word),
      isLiteral,
    );
  for (let hit = next(); hit; hit = next()) {
    yield { index: rest[hit.place]!.index, name: hit.name };
    rest = rest.slice(hit.place + 1);
  }
}
