/** What DNS and the two services that answer public names allow. */

/** Longest name without its final dot, in characters, and longest part of one (RFC 1035, 2.3.4: 255 octets and 63). */
export const NAME_CHARACTERS = 253;
export const LABEL_CHARACTERS = 63;

/** What is wrong with a record's name; undefined where DNS takes it. */
export function nameProblem(name: string): string | undefined {
  if (name.length > NAME_CHARACTERS) return `${name.length} characters, and DNS takes ${NAME_CHARACTERS}`;
  const label = name.split(".").find((part) => part.length > LABEL_CHARACTERS);
  return label === undefined
    ? undefined
    : `'${label}' of ${label.length} characters between dots, and DNS takes ${LABEL_CHARACTERS}`;
}

/** Route 53 Developer Guide, Quotas. What `more` is true of, AWS raises on request. */
export const ROUTE53 = {
  /** Weighted, latency, geolocation and multivalue records of one name and type. */
  recordsOfOneName: 100,
  /** The same for geoproximity. */
  geoproximityOfOneName: 30,
  /** Record sets of a hosted zone; more on request. */
  recordsOfZone: 10_000,
  /** Health checks of an account; more on request. */
  healthChecks: 200,
  /** Requests to create a health check in 24 hours. */
  newHealthChecksADay: 1_000,
} as const;

/** Azure subscription and service limits, Traffic Manager; Microsoft, traffic-manager-nested-profiles. */
export const TRAFFIC_MANAGER = {
  endpointsOfProfile: 200,
  /** Profiles of a subscription; more on request. */
  profiles: 200,
  /** Levels of profiles, the top one included. */
  levels: 10,
} as const;

/** Route53 API, ResourceRecordSet: Weight; Traffic Manager docs, "Routing methods". */
export const LARGEST_WEIGHT = { route53: 255, "traffic-manager": 1000 } as const;

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));

/** Over how many shares weights must be spread for each of a member's addresses to have an equal one; a member without any (0) asks for nothing. */
export const leastCommonMultiple = (a: number, b: number): number => (b === 0 ? a : (a * b) / greatestCommonDivisor(a, b));
