import * as z from "zod";
import { CONTINENTS, isFree, key, NOT_FREE, text } from "./common";

/** How a public name chooses among its members; the words are Route53's. */
export const POLICIES = ["simple", "weighted", "latency", "geolocation", "geoproximity", "failover", "multivalue"] as const;
export type Policy = (typeof POLICIES)[number];

/** The services that can carry a name's policy. */
export const ENGINES = ["route53", "traffic-manager"] as const;
export type Engine = (typeof ENGINES)[number];

/** Where clients are, for geolocation: everybody else, a continent, a country, or a state of the USA. */
export const clientLocation = z
  .union(
    [
      z.literal("default"),
      z.strictObject({ continent: z.enum(CONTINENTS).describe("Continent by Route53's codes.") }),
      z.strictObject({
        country: z
          .string()
          .regex(/^[A-Z]{2}$/, "two capital letters, ISO 3166-1, such as BR")
          .describe("Country, ISO 3166-1: two capital letters."),
        state: z
          .string()
          .regex(/^[A-Z]{2}$/, "two capital letters, such as CA")
          .optional()
          .describe("State of the USA: two capital letters. Only with country US. @default the whole country"),
      }),
    ],
    {
      error:
        "a location is `default`, {continent: EU}, {country: BR} or {country: US, state: CA}; continents are AF, AN, AS, EU, NA, OC, SA",
    },
  )
  .describe("Clients of one place: `default` (all that no other location covers), a continent, a country or a state of the USA.");
export type ClientLocation = z.output<typeof clientLocation>;

const place = z
  .strictObject({
    awsRegion: text.optional().describe("AWS region whose latency stands for the member's."),
    azureRegion: text.optional().describe("Azure region whose latency stands for the member's."),
    latitude: z.number().min(-90).max(90).optional().describe("Degrees north."),
    longitude: z.number().min(-180).max(180).optional().describe("Degrees east."),
  })
  .describe(
    "Where the member is, for latency and geoproximity. @default where its cluster is; of a nested policy, its first cluster",
  );

/** Fields of a member besides what it is: each counts under one policy of the group that it is in. */
const memberFields = {
  weight: z
    .int()
    .min(0)
    .max(1000)
    .optional()
    .describe(
      "weighted: share of the answers in proportion to the others' weights; at most 255 on Route53. 0 takes no traffic: on Route53 it is the reserve that answers when every other member fails, in Traffic Manager it is switched off. @default 1",
    ),
  locations: z
    .array(clientLocation)
    .min(1)
    .optional()
    .describe("geolocation: whose clients it serves. @default the continent of the member's cluster"),
  bias: z
    .int()
    .min(-99)
    .max(99)
    .optional()
    .describe("geoproximity: above 0 draws clients from further away, below 0 from less far. @default 0"),
  place: place.optional(),
};

const clusterMember = z.strictObject({ cluster: text.describe("Name of a cluster."), ...memberFields });

/** A cluster by its name or with settings, or a policy over further members. */
export type MemberSpec = string | z.output<typeof clusterMember> | NestedSpec;
export interface NestedSpec extends Omit<z.output<typeof clusterMember>, "cluster"> {
  name: string;
  policy: Policy;
  members: MemberSpec[];
}

const members: z.ZodType<MemberSpec[]> = z
  .array(z.lazy(() => member))
  .min(1)
  .meta({ id: "members" });

const nestedMember = z.strictObject({
  name: key("member name", 20).describe("Name of the group; it becomes part of record names, so keep it."),
  policy: z
    .enum(POLICIES)
    .describe("Policy of the group: weighted, latency, geoproximity or failover. The others stand only at the top."),
  members: members.describe("Members of the group."),
  ...memberFields,
});

const member: z.ZodType<MemberSpec> = z
  .union([z.string(), clusterMember, nestedMember], {
    error:
      "a member is a cluster's name, {cluster, …} or {name, policy, members, …}; further fields: weight, locations, bias, place",
  })
  .meta({ id: "member" });

/** The question that decides whether a member is healthy. */
export const probe = z
  .strictObject({
    protocol: z
      .enum(["https", "http", "tcp"])
      .default("https")
      .describe("Protocol. Certificates are not checked by either service."),
    port: z.int().min(1).max(65535).optional().describe("Port. @default 443 for https and tcp, 80 for http"),
    path: z
      .string()
      .regex(
        /^\/[!-"$-~]*$/,
        "a path that starts with / and has no spaces, # or signs beyond ASCII, which an URL spells %20, %23 and so on",
      )
      .max(255)
      .optional()
      .describe(
        "Path that answers 200 when the member can serve. @default / on an application's host, /ping on the ingress's; none for tcp",
      ),
    host: z
      .enum(["ingress", "app"])
      .optional()
      .describe(
        "ingress: ingress.<cluster>.<zone>, the ingress controller alone. app: <app>.<cluster>.<zone>, so that a broken application counts as unhealthy. @default app where the name has an `app`, otherwise ingress",
      ),
    intervalSeconds: z
      .union([z.literal(30), z.literal(10)])
      .default(30)
      .describe("Seconds between probes: 30, or 10 at a higher price."),
    timeoutSeconds: z
      .int()
      .min(5)
      .max(10)
      .optional()
      .describe(
        "Traffic Manager: seconds until a probe counts as failed, at most 9 with an interval of 10. Route53 has a fixed time. @default 9",
      ),
    failureThreshold: z.int().min(1).max(10).default(3).describe("Failed probes in a row until a member counts as unhealthy."),
  })
  .describe("How a member's health is found out.");
export type Probe = z.output<typeof probe>;

export const name = z
  .strictObject({
    policy: z
      .enum(POLICIES)
      .describe(
        "simple: one cluster, always. weighted: by shares. latency: the fastest. geolocation: by the client's continent, country or state. geoproximity: the nearest by coordinates. failover: the first healthy in order. multivalue: several addresses at once.",
      ),
    engine: z
      .enum(ENGINES)
      .optional()
      .describe(
        "Service that carries the policy. Route53 needs the zone in Route53; Traffic Manager works with both. @default route53 for a Route53 zone, traffic-manager for an Azure zone",
      ),
    app: z
      .string()
      .optional()
      .describe(
        "Application that the name serves: the default members are the clusters that it runs on, and its host is probed.",
      ),
    members: members
      .optional()
      .describe(
        "Where the name leads, in order (failover: the first is the primary). @default every cluster that is not retired and runs `app`",
      ),
    default: z
      .string()
      .optional()
      .describe(
        "geolocation: the member that serves every client that no location covers. Or give a member the location `default`.",
      ),
    probe: probe.default(() => probe.parse({})),
    ttlSeconds: z
      .int()
      .min(10)
      .max(60)
      .default(60)
      .describe(
        "How long resolvers keep the answer, in seconds: multivalue, and everything in Traffic Manager. Route53's aliases have the TTL of the cluster's own records, dns.ttlSeconds.",
      ),
    recoverySeconds: z
      .int()
      .min(1)
      .optional()
      .describe(
        "Longest time, in seconds, that clients may go on being led to a cluster that has failed. The file is refused where probe.intervalSeconds × probe.failureThreshold + TTL is more. @default any time will do",
      ),
    trafficManagerName: key("Traffic Manager name", 40)
      .optional()
      .describe(
        "Start of the names of the Traffic Manager profiles, <it>-<policy>.trafficmanager.net; the whole world shares them. @default fleet, name and a hash of the zone",
      ),
  })
  .describe("A public name and the rule by which it leads to clusters. IPv4 only.");
export type NameSpec = z.output<typeof name>;

/** The key is relative to the zone: `app`, `a.b`, `*.apps` for a wildcard, `@` for the zone itself. */
export const names = z
  .record(
    z
      .string()
      .regex(
        /^(@|(\*|[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*)$/,
        "a name relative to the zone: lower-case letters, digits and hyphens, at most 63 in each part; * only as the whole first part; @ is the zone itself",
      )
      .max(120, "a name has at most 120 characters")
      .refine(isFree, NOT_FREE),
    name,
  )
  .describe("Public names by their part before the zone.");
export type Names = z.output<typeof names>;
