import { spawnSync } from "node:child_process";
import type { Question } from "../../changes/upgrade/eks";

/**
 * The versions that were asked for, by cluster and key: as given, otherwise as AWS says.
 * @param given `key=version`
 * @throws the commands to ask with, where AWS can't be asked from here
 */
export function answers(questions: readonly Question[], given: readonly string[]): ReadonlyMap<string, string> {
  const known = new Map(given.map((text) => pair(text, questions)));
  const found = new Map<string, string>();
  const open: Question[] = [];
  for (const question of questions) {
    const version = known.size > 0 ? known.get(question.key) : asked(question);
    if (version !== undefined) found.set(`${question.cluster}/${question.key}`, version);
    else if (known.size === 0) open.push(question);
  }
  if (open.length > 0)
    throw new Error(
      [
        "AWS can't be asked from here (no aws command line, or no login). Ask it elsewhere, then give the versions with --set key=version:",
        ...open.map(({ cluster, key, ask }) => `  ${cluster}, ${key}: aws ${ask.map(quoted).join(" ")}`),
      ].join("\n"),
    );
  return found;
}

function pair(text: string, questions: readonly Question[]): readonly [string, string] {
  const [key = "", version = ""] = text.split("=");
  const keys = [...new Set(questions.map((question) => question.key))];
  if (!keys.includes(key) || version === "") throw new Error(`--set ${text}: give key=version; keys are ${keys.join(", ")}`);
  return [key, version];
}

function asked({ ask }: Question): string | undefined {
  const run = spawnSync("aws", [...ask], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], timeout: 30_000 });
  const answer = run.status === 0 ? run.stdout.trim() : "";
  return answer === "" || answer === "None" ? undefined : answer;
}

const quoted = (word: string): string => (/^[\w./:=,-]+$/.test(word) ? word : `'${word}'`);
