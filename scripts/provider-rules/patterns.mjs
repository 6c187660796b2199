/** Functions of Go that hold a text against patterns. */

/** A pattern of Go, as JavaScript writes it. */
export const flagsOf = (pattern) =>
  /^\(\?i\)/.test(pattern)
    ? { matches: pattern.slice(4), flags: "i" }
    : { matches: pattern.replace(/\\z/g, "$").replace(/\(\?P</g, "(?<") };

/** A pattern for exactly this text. */
export const literally = (text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/** A function that holds a text against patterns and lengths, and does nothing else. */
export function patternsIn(node, file) {
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
