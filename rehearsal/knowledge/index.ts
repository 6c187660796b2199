/** The whole table, by resource type. */
import type { Line, Rule } from "./line";

/** All that is known of one type. */
export interface TypeKnowledge {
  readonly rules: readonly Rule[];
  readonly replaces: readonly string[];
  readonly recomputes: readonly string[];
}

/** Every line, in the order of the files. */
export const table: readonly Line[] = [];

const nothing: TypeKnowledge = { rules: [], replaces: [], recomputes: [] };
const byType = new Map<string, TypeKnowledge>();
for (const type of new Set(table.map((line) => line.type))) {
  const lines = table.filter((line) => line.type === type);
  byType.set(type, {
    rules: lines.filter((line): line is Rule => !("replaces" in line) && !("recomputes" in line)),
    replaces: lines.flatMap((line) => ("replaces" in line ? line.replaces : [])),
    recomputes: lines.flatMap((line) => ("recomputes" in line ? line.recomputes : [])),
  });
}

/** What the table knows of a resource type; empty lists for a type that it doesn't hold. */
export function knowledgeOf(type: string): TypeKnowledge {
  return byType.get(type) ?? nothing;
}
