import * as z from "zod";
import { jsonLines } from "./json-lines";
import { FORMAT, type Lock } from "./lock";

const fact = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
const facts = z.record(z.string(), fact);
const strings = z.record(z.string(), z.string());

/** Fields that this Meridian doesn't know are let through: a newer one of the same format may have written them. */
const shape = z.looseObject({
  format: z.literal(FORMAT),
  fleet: z.string(),
  meridian: z.string(),
  unprotected: z.boolean().optional(),
  zone: facts,
  state: facts,
  clusters: z.record(
    z.string(),
    z.looseObject({
      cloud: z.string(),
      account: z.string().optional(),
      tenant: z.string().optional(),
      region: z.string().optional(),
      retired: z.boolean().optional(),
      kubernetes: z.string().optional(),
      channel: z.string().optional(),
      secretsKey: z.string().optional(),
      logs: z.string().optional(),
      flowLogs: z.string().optional(),
      zones: z.array(z.string()).optional(),
      certificate: z.string().optional(),
      certificateNames: z.array(z.string()).optional(),
      ranges: facts.optional(),
      pools: z.record(z.string(), facts).optional(),
      servers: z.record(z.string(), facts).optional(),
      objects: z.array(z.string()).optional(),
      charts: strings.optional(),
      apps: strings.optional(),
      egress: z.array(z.string()).optional(),
      given: z.array(z.string()).optional(),
      namespaces: strings.optional(),
      eksAddons: strings.optional(),
    }),
  ),
  names: z.record(z.string(), facts),
  registries: z.record(z.string(), facts).optional(),
  databases: z.record(z.string(), facts).optional(),
  backups: z.record(z.string(), facts).optional(),
  stacks: z.record(
    z.string(),
    z.looseObject({
      digest: z.string(),
      protected: z.array(z.string()),
      data: z.array(z.string()).optional(),
      fixed: z.record(z.string(), facts),
      providers: z.record(z.string(), z.array(z.string())).optional(),
    }),
  ),
  knows: z.number().int().positive().optional(),
});

const MEND = "Put its last good version back (git checkout), run synth and commit what it writes";

/**
 * Reads the text of a lock file.
 * @param name what messages call it
 * @throws one clear sentence with the line: conflict markers, cut off, a key twice, a newer format, no lock at all
 */
export function parseLock(given: string, name: string): Lock {
  // what some editors put in front
  const text = given.replace(/^\uFEFF/, "");
  const conflict = text.split("\n").findIndex((line) => /^(<{7}|={7}|>{7})(\s|$)/.test(line));
  if (conflict >= 0)
    throw new Error(
      `${name}:${conflict + 1}: has conflict markers of a merge. Take one side (git checkout --ours or --theirs ${name}), merge the fleet file, run synth and commit what it writes`,
    );
  if (text.trim() === "") throw new Error(`${name}: is empty. ${MEND}`);
  const data = parsed(text, name);
  const format = typeof data === "object" && data !== null ? (data as { format?: unknown }).format : undefined;
  if (typeof format === "number" && format > FORMAT)
    throw new Error(
      `${name}: is of format ${format}, and this Meridian knows formats up to ${FORMAT}. Take the Meridian that wrote it, or a newer one`,
    );
  const lines = jsonLines(text);
  const [twice] = lines.twice;
  if (twice)
    throw new Error(
      `${name}:${twice.line}: has ${twice.path} a second time, as after a merge. Take one side (git checkout --ours or --theirs ${name}), run synth and commit what it writes`,
    );
  const read = shape.safeParse(data);
  if (read.success) return read.data as Lock;
  const { path, message } = read.error.issues[0]!;
  const line = lines.of.get(path.join("."));
  throw new Error(
    `${name}${line === undefined ? "" : `:${line}`}: is no lock file of Meridian (${path.join(".") || "the file"}: ${message}). ${MEND}`,
  );
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const said = (error as Error).message.replace(/\s+/g, " ");
    const position = Number(/position (\d+)/.exec(said)?.[1] ?? text.length);
    const line = text.slice(0, position).trimEnd().split("\n").length;
    const cut = position >= text.trimEnd().length ? "ends there as if it were cut off" : "is no JSON there";
    throw new Error(`${name}:${line}: ${cut} (${said}). ${MEND}`);
  }
}
