/** Members of a public name as people write them, and how they are written. */
import { isMap } from "./merge";

type Data = Readonly<Record<string, unknown>>;

const FIELDS: readonly string[] = ["cluster", "name", "policy", "members", "weight", "locations", "bias", "place"];

const written = (cluster: string, value: unknown): string => {
  if (typeof value === "number") return `{ cluster: ${cluster}, weight: ${value} }`;
  const fields = isMap(value) ? Object.entries(value).map(([key, inner]) => `, ${key}: ${short(inner)}`) : [];
  return `{ cluster: ${cluster}${fields.join("")} }`;
};
const short = (value: unknown) => (typeof value === "object" ? "…" : String(value));

/** What to write instead of `{ e: 90 }`, of `{ e: { weight: 90 } }` and of a cluster that stands under `name`; undefined where it is something else. */
export function memberMeant(member: Data): string | undefined {
  const entries = Object.entries(member);
  const { name, policy, members, cluster, ...rest } = member;
  if (typeof name === "string" && policy === undefined && members === undefined && cluster === undefined)
    return `\`name\` is that of a group, which has a policy and members; a cluster is written ${written(name, rest)}`;
  if (
    entries.length === 0 ||
    entries.some(([key, value]) => FIELDS.includes(key) || !(typeof value === "number" || isMap(value)))
  )
    return undefined;
  const meant = entries.map(([key, value]) => written(key, value)).join(", ");
  return `a cluster's name is no field: write ${meant}${entries.length > 1 ? ", each as a member of its own" : ""}`;
}

/** What to write instead of a map of members. */
export const membersMeant = (members: Data): string =>
  `a map is not a list: write ${Object.entries(members)
    .slice(0, 3)
    .map(([key, value]) => `- ${written(key, value)}`)
    .join(" and ")}`;
