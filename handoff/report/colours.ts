/** Ten hues that people with and without full colour vision tell apart, on white and on black. */
const HUES: readonly (readonly [light: string, dark: string])[] = [
  ["#3b6fd4", "#6f9bf0"],
  ["#e8a90c", "#f2bf3f"],
  ["#d9503f", "#f07a69"],
  ["#2f9e77", "#4cc79b"],
  ["#8a5ad0", "#b28cf0"],
  ["#5bb8d4", "#7fd4ec"],
  ["#c2529b", "#e67fc2"],
  ["#8c6a4a", "#bd9a78"],
  ["#7a9a2b", "#a8c957"],
  ["#6b7785", "#9aa7b5"],
];

/** A cluster's colour on light and on dark, by its place in the list; beyond ten they go round the circle of hues. */
export function colourOf(cluster: number): readonly [light: string, dark: string] {
  const hue = HUES[cluster];
  if (hue) return hue;
  // the golden angle: neighbours in the list are far apart
  const degrees = Math.round((cluster * 137.508) % 360);
  const shade = cluster % 3;
  return [`hsl(${degrees} 55% ${40 + shade * 8}%)`, `hsl(${degrees} 60% ${58 + shade * 8}%)`];
}

/** The colours as CSS: a variable for each cluster, and a class `k0` that uses it. */
export function colourRules(clusters: number): string {
  const list = Array.from({ length: clusters }, (_, index) => colourOf(index));
  const variables = (dark: 0 | 1) => list.map((pair, index) => `--c${index}:${pair[dark]}`).join(";");
  return [
    `:root{${variables(0)}}`,
    `@media (prefers-color-scheme:dark){:root{${variables(1)}}}`,
    `@media print{:root{${variables(0)}}}`,
    ...list.map((_, index) => `.k${index}{--k:var(--c${index})}`),
  ].join("\n");
}
