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
import { azurermCreateLines } from "./azurerm-create";
import { azurermDataLines } from "./azurerm-data";
import { azurermValidatorLines } from "./azurerm-validators";
import { googleLines } from "./google";
import { googleDatabaseLines } from "./google-databases";
import { googleGkeLines } from "./google-gke";
import { kubernetesLines } from "./kubernetes";
import type { Line, ReplacesIf, Rule } from "./line";
import { providerLines } from "./provider-rules";
import { registryLines } from "./registries";

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
  ...azurermCreateLines,
  ...azurermValidatorLines,
  ...googleLines,
  ...googleDatabaseLines,
  ...googleGkeLines,
  ...kubernetesLines,
  ...registryLines,
  ...replacements,
];

const byType = new Map<string, TypeKnowledge>();

/** What the tables and the provider's own source know of a resource type; empty lists for a type that neither holds. */
export function knowledgeOf(type: string): TypeKnowledge {
  const known = byType.get(type) ?? knowledge(type);
  byType.set(type, known);
  return known;
}

function knowledge(type: string): TypeKnowledge {
  const own = table.filter((line) => line.type === type);
  const said = new Set(own.flatMap(subjectOf));
  // What a table says of an argument it says better, and says it once.
  const lines = [...own, ...providerLines(type).filter((line) => !subjectOf(line).some((subject) => said.has(subject)))];
  return {
    rules: lines.filter((line): line is Rule => !("replaces" in line || "replacesIf" in line || "recomputes" in line)),
    replaces: [...new Set(lines.flatMap((line) => ("replaces" in line ? line.replaces : [])))],
    replacesIf: lines.filter((line): line is ReplacesIf => "replacesIf" in line),
    recomputes: lines.flatMap((line) => ("recomputes" in line ? line.recomputes : [])),
  };
}

/** What a line is about, where two of that kind would say the same. */
function subjectOf(line: Line): readonly string[] {
  if ("replacesIf" in line) return [`replaces ${line.at}`];
  if ("exactlyOne" in line) return [`group ${[...line.exactlyOne].sort().join(" ")}`];
  if ("atMostOne" in line) return [`group ${[...line.atMostOne].sort().join(" ")}`];
  return [];
}
