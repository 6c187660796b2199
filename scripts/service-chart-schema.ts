import * as z from "zod";
import { placedValues, serviceValues } from "../model/schema/service";

/** JSON Schema of the values of charts/service, by which Helm refuses what the fleet file's rules refuse. */
export function serviceChartSchema(): unknown {
  const values = z.strictObject({ ...placedValues.shape, ...serviceValues.shape });
  const { $schema: _newer, ...schema } = z.toJSONSchema(values, { io: "input", target: "draft-7" }) as Record<string, unknown>;
  // `global` is Helm's own, given to every chart
  const properties = { ...(schema.properties as Record<string, unknown>), global: { type: "object" } };
  return { $schema: "http://json-schema.org/draft-07/schema#", ...schema, properties };
}
