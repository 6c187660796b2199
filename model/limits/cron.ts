/** Fields of a schedule and what may stand in them (robfig/cron v3, ParseStandard, which Velero 1.18 reads schedules by). */
const FIELDS: readonly (readonly [what: string, least: number, most: number, names: readonly string[]])[] = [
  ["minute", 0, 59, []],
  ["hour", 0, 23, []],
  ["day of the month", 1, 31, []],
  ["month", 1, 12, "jan feb mar apr may jun jul aug sep oct nov dec".split(" ")],
  ["day of the week", 0, 6, "sun mon tue wed thu fri sat".split(" ")],
];

/** What is wrong with a schedule: a cluster takes any text for one, and then never makes a backup. */
export function cronProblem(schedule: string): string | undefined {
  const parts = schedule.split(" ");
  for (const [place, [what, least, most, names]] of FIELDS.entries()) {
    const numberOf = (text: string): number => {
      const word = names.indexOf(text.toLowerCase());
      return word >= 0 ? least + word : /^\d+$/.test(text) ? Number(text) : Number.NaN;
    };
    const fits = (part: string): boolean => {
      const [, range = "", step] = /^([^/]+)(?:\/(\d+))?$/.exec(part) ?? [];
      if (step !== undefined && Number(step) < 1) return false;
      if (range === "*" || range === "?") return true;
      const [from = Number.NaN, to = from, ...more] = range.split("-").map(numberOf);
      return more.length === 0 && from >= least && to <= most && from <= to;
    };
    const part = parts[place] ?? "";
    if (!part.split(",").every(fits)) return `'${part}' is no ${what} of a schedule: ${least} to ${most}, *, */n, a-b or a,b`;
  }
  return undefined;
}
