import * as z from "zod";

/** What is said of one thing. */
export const VERDICTS = ["as-expected", "differs", "not-judged"] as const;
export type Verdict = (typeof VERDICTS)[number];

const verdict = z.enum(VERDICTS).describe("not-judged: what was seen doesn't allow to say either.");

const country = z
  .strictObject({
    country: z.string().describe("ISO 3166-1."),
    verdict,
    expected: z.array(z.string()).describe("Clusters that its clients may be answered with."),
    answers: z.record(z.string(), z.int()).describe("How many of its networks were answered with what: a cluster, or in words."),
    why: z.string().optional().describe("What differs, or why it isn't judged."),
  })
  .describe("What the networks of a country were answered.");
export type CountryResult = z.output<typeof country>;

const result = z
  .strictObject({
    subject: z
      .enum(["network", "delegation", "name-servers", "soa", "caa", "name", "ingress", "public-name"])
      .describe(
        "network: the one that verify runs in. name: what the world is answered. ingress: a cluster by its own name. public-name: a public name at a cluster's address.",
      ),
    of: z.string().describe("Zone, name or cluster."),
    at: z.string().optional().describe("Address that was asked."),
    verdict,
    found: z.string().describe("What was seen, in words."),
    why: z.string().optional().describe("What differs, or why it isn't judged."),
    countries: z.array(country).optional().describe("name: each country."),
  })
  .describe("One thing that was looked at.");
export type Result = z.output<typeof result>;

/** What `verify --json` prints. */
export const report = z
  .strictObject({
    fleet: z.string(),
    zone: z.string(),
    networks: z
      .strictObject({
        source: z.string(),
        date: z.string(),
        missing: z.array(z.string()).describe("Countries without a network of their own: nothing is asked for them."),
      })
      .describe("The table of networks that clients are asked from."),
    recovery: z
      .record(z.string(), z.int().nullable())
      .describe("Seconds for which a failure can last for clients of each name; null where nothing leads away."),
    verdict,
    results: z.array(result),
  })
  .describe("What the world sees of a fleet, held against the fleet file.");
export type Report = z.output<typeof report>;

/** The verdict of several: what differs outweighs what isn't judged. */
export function together(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("differs")) return "differs";
  return verdicts.includes("not-judged") ? "not-judged" : "as-expected";
}
