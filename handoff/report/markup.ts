/** HTML that was escaped already. */
export interface Markup {
  readonly markup: string;
}

type Part = string | number | undefined | Markup | readonly (string | Markup)[];

/** HTML from a template: what is put in is escaped, unless it is HTML already; a list is put in piece by piece. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { markup: strings.map((text, index) => (index === 0 ? "" : shown(parts[index - 1])) + text).join("") };
}

/** HTML from text that is HTML. */
export const raw = (markup: string): Markup => ({ markup });

function shown(part: Part): string {
  if (part === undefined) return "";
  if (typeof part === "object") return "markup" in part ? part.markup : part.map(shown).join("");
  return escaped(String(part));
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);

/** JSON for a script element: nothing in it ends the element. */
export const scriptJson = (value: unknown): Markup => raw(JSON.stringify(value).replaceAll("<", "\\u003c"));

/** A cell: text, or HTML. */
export type Cell = string | Markup;

/**
 * A table that becomes a list of blocks where the screen is narrow: each cell carries its column's name. Columns in which
 * nothing stands are left out.
 */
export function table(caption: string, head: readonly string[], rows: readonly (readonly Cell[])[]): Markup {
  const used = head.flatMap((_, index) => (index === 0 || rows.some((cells) => !isEmpty(cells[index]!)) ? [index] : []));
  return html`<table>
<caption>${caption}</caption>
<thead><tr>${used.map((index) => html`<th scope="col">${head[index]!}</th>`)}</tr></thead>
<tbody>
${rows.map((cells) => html`<tr>${used.map((index) => cellMarkup(head[index]!, cells[index]!, index === 0))}</tr>\n`)}</tbody>
</table>
`;
}

const isEmpty = (cell: Cell): boolean => (typeof cell === "string" ? cell : cell.markup) === "";

function cellMarkup(column: string, cell: Cell, isFirst: boolean): Markup {
  if (isEmpty(cell)) return html`<td class="none"></td>`;
  return isFirst ? html`<th scope="row">${cell}</th>` : html`<td data-column="${column}">${cell}</td>`;
}

/** Texts as a list of code words. */
export const codes = (texts: readonly string[]): Markup =>
  html`${texts.flatMap((text, index) => (index === 0 ? [html`<code>${text}</code>`] : [", ", html`<code>${text}</code>`]))}`;
