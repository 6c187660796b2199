/** Drafts: fleet files in which `CHANGE-ME` stands for what nobody has given yet, as `npm run init` writes them. */
import type { Path } from "../problems/paths";
import type { Problem } from "../problems/problem";
import { isMap } from "./merge";

/** What stands where something is still to be given. */
export const CHANGE_ME = "CHANGE-ME";

const NOBODY = "00000000-0000-0000-0000-000000000000";
const ROLE = "arn:aws:iam::000000000000:role/change-me";

/** What belongs in a field, and what stands in for it in a draft: something of the right shape that nobody has. */
interface Blank {
  readonly what: string;
  readonly standIn: string;
}

const ADMINISTRATORS = {
  aws: { what: "the ARN of the IAM role that administers the cluster", standIn: ROLE },
  azure: { what: "the object id of the Entra group that administers the cluster", standIn: NOBODY },
  google: {
    what: "the IAM member that administers the cluster, such as group:platform@example.com",
    standIn: "group:change-me@example.com",
  },
};
const RUNNERS = {
  aws: { what: "the ARN of the IAM role that runs Terraform", standIn: ROLE },
  azure: { what: "the object id of the principal that runs Terraform", standIn: NOBODY },
  google: {
    what: "the IAM member that runs Terraform, such as serviceAccount:terraform@project.iam.gserviceaccount.com",
    standIn: "serviceAccount:change-me@change-me.iam.gserviceaccount.com",
  },
};
const BLANKS: Readonly<Record<string, Blank>> = {
  accountId: { what: "an AWS account id: twelve digits, in quotes", standIn: "000000000000" },
  subscriptionId: { what: "the id of an Azure subscription", standIn: NOBODY },
  tenantId: { what: "the id of the subscription's Entra tenant", standIn: NOBODY },
  projectId: { what: "the id of a Google Cloud project", standIn: "change-me" },
  zone: { what: "a DNS zone, such as k8s.example.com", standIn: "change-me.example" },
  allowFrom: { what: "an address range that may reach the Kubernetes API, such as 203.0.113.0/24", standIn: "192.0.2.0/24" },
};

/** Any region of a cloud. */
const REGIONS: Readonly<Record<string, Blank>> = {
  aws: { what: "a region of AWS, such as eu-west-1", standIn: "eu-west-1" },
  azure: { what: "a region of Azure, such as westeurope", standIn: "westeurope" },
  google: { what: "a region of Google Cloud, such as europe-west4", standIn: "europe-west4" },
};

/** A draft's data with stand-ins, and a problem for each thing that is still to be given. */
export function withStandIns(data: unknown): { readonly data: unknown; readonly missing: readonly Problem[] } {
  const missing: Problem[] = [];
  const walk = (value: unknown, path: Path, beside: Readonly<Record<string, unknown>> = {}): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => walk(item, [...path, index]));
    if (isMap(value))
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner, [...path, key], value)]));
    if (value !== CHANGE_ME) return value;
    const blank = blankAt(path, String(beside.cloud));
    missing.push({ path, message: `is still ${CHANGE_ME}: write ${blank?.what ?? "what belongs here"}` });
    return blank?.standIn ?? value;
  };
  return { data: walk(data, []), missing };
}

/** @param cloudBeside what is said beside the field, of a region */
function blankAt(path: Path, cloudBeside: string): Blank | undefined {
  const field = path.findLast((key) => typeof key === "string");
  if (field === "region") return Object.hasOwn(REGIONS, cloudBeside) ? REGIONS[cloudBeside] : undefined;
  const cloud = path.find((key): key is keyof typeof RUNNERS => typeof key === "string" && Object.hasOwn(RUNNERS, key));
  if (field === "admins") return cloud && ADMINISTRATORS[cloud];
  if (field === "runner") return cloud && RUNNERS[cloud];
  return typeof field === "string" && Object.hasOwn(BLANKS, field) ? BLANKS[field] : undefined;
}
