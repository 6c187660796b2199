/** The whole table, by resource type. What replaces a resource is in output/replaces, which the comparison of two folders reads too. */
import { replacements } from "../../output/replaces";
import { awsLines } from "./aws";
import { awsDatabaseLines } from "./aws-databases";
import { awsEksLines } from "./aws-eks";
import { awsRoute53Lines } from "./aws-route53";
import { awsServiceLines } from "./aws-services";
import { azurermLines } from "./azurerm";
import { azurermAksLines } from "./azurerm-aks";
import { azurermAksPoolLines } from "./azurerm-aks-pools";
import { azurermBackingLines } from "./azurerm-backing";
import { azurermDataLines } from "./azurerm-data";
import { googleLines } from "./google";
import { googleDatabaseLines } from "./google-databases";
import { googleGkeLines } from "./google-gke";
import { kubernetesLines } from "./kubernetes";
import type { Line, ReplacesIf, Rule } from "./line";

/** All that is known of one type. */
export interface TypeKnowledge {
  readonly rules: readonly Rule[];
  readonly replaces: readonly string[];
  readonly replacesIf: readonly ReplacesIf[];
  readonly recomputes: readonly string[];
}

/** Every line, in the order of the files. */
export const table: readonly Line[] = [
  ...awsLines,
  ...awsServiceLines,
  ...awsDatabaseLines,
  ...awsEksLines,
  ...awsRoute53Lines,
  ...azurermLines,
  ...azurermAksLines,
  ...azurermAksPoolLines,
  ...azurermDataLines,
  ...azurermBackingLines,
  ...googleLines,
  ...googleDatabaseLines,
  ...googleGkeLines,
  ...kubernetesLines,
  ...replacements,
];

const nothing: TypeKnowledge = { rules: [], replaces: [], replacesIf: [], recomputes: [] };
const byType = new Map<string, TypeKnowledge>();
for (const type of new Set(table.map((line) => line.type))) {
  const lines = table.filter((line) => line.type === type);
  byType.set(type, {
    rules: lines.filter((line): line is Rule => !("replaces" in line || "replacesIf" in line || "recomputes" in line)),
    replaces: lines.flatMap((line) => ("replaces" in line ? line.replaces : [])),
    replacesIf: lines.filter((line): line is ReplacesIf => "replacesIf" in line),
    recomputes: lines.flatMap((line) => ("recomputes" in line ? line.recomputes : [])),
  });
}

/** What the table knows of a resource type; empty lists for a type that it doesn't hold. */
export function knowledgeOf(type: string): TypeKnowledge {
  return byType.get(type) ?? nothing;
}
