import { loginInWords } from "../logins";
import type { HandoffStack } from "../model";
import { codes, html, type Markup } from "./markup";
import type { Report } from "./model";

/** A level of more stacks than this opens when it is asked for. */
const LONG = 60;

/** The stacks by level, in the order in which they are applied. */
export function stacksSection({ handoff, keys }: Report): Markup {
  const { state, stacks, levels } = handoff;
  const login = state.login ? `, for which everybody needs ${plain(loginInWords(state.login))}` : "";
  const environment = state.environment.length > 0 ? `, with ${state.environment.join(" and ")} set` : "";
  return html`<p>${stacks.length} states in the backend <code>${state.backend}</code>${login}${environment}. A stack is planned when those before it are applied; those of one level need nothing of each other. Destroying goes the other way.</p>
<div class="levels">
${levels.map((ids, index) =>
  level(
    index + 1,
    stacks.filter(({ id }) => ids.includes(id)),
    keys,
  ),
)}</div>`;
}

function level(number: number, stacks: readonly HandoffStack[], keys: Report["keys"]): Markup {
  const open = stacks.length > LONG ? html`<details>` : html`<details open>`;
  return html`${open}<summary><b>Level ${number}</b> <small>${stacks.length} ${stacks.length === 1 ? "stack" : "stacks"}</small></summary>
<ol>
${stacks.map((stack) => card(stack, keys[stack.id] ?? ""))}</ol></details>
`;
}

function card(
  { id, after, resources, protected: kept, logins, programs, variables, secrets }: HandoffStack,
  key: string,
): Markup {
  const rows: readonly (readonly [string, Markup | string])[] = [
    ["after", html`${after.flatMap((other, index) => [index === 0 ? "" : ", ", html`<a href="#stack-${other}">${other}</a>`])}`],
    [
      "login",
      [...logins.map((login) => plain(loginInWords(login))), ...programs.map((program) => `${program} on PATH`)].join("; "),
    ],
    ["state", key === "" ? "" : html`<code>${key}</code>`],
    ["variables", variables.length === 0 ? "" : codes(variables.map(({ name }) => name))],
    ["plan", secrets.length === 0 ? "" : "only by who may apply: it reads secrets"],
  ];
  const shown = rows.filter(([, value]) => (typeof value === "string" ? value : value.markup) !== "");
  return html`<li id="stack-${id}"><h3>${id}</h3><p>${resources} resources${kept.length > 0 ? `, ${kept.length} protected` : ""}</p>
<dl>${shown.map(([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl></li>
`;
}

/** Without Markdown's marks. */
const plain = (markdown: string): string => markdown.replaceAll("`", "");
