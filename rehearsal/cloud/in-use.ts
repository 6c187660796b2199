/** What a service does not delete while something else still uses it. */
import { isList, isObject, type Value, type ValueObject } from "../protocol/values";
import type { Cloud, CloudResource } from "./model";
import { awsUses } from "./uses/aws";
import { azureUses } from "./uses/azure";
import { googleUses } from "./uses/google";
import type { Use } from "./uses/use";

const uses: readonly Use[] = [...awsUses, ...azureUses, ...googleUses];

/** A resource that is asked about, and the account of the provider that asks. */
export interface Question {
  readonly cloud: Cloud;
  readonly type: string;
  readonly attributes: ValueObject;
  readonly account: string;
}

/** The first thing that still uses a resource, as the service's refusal to delete it. */
export function stillUsed(question: Question): string | undefined {
  const found = firstUser(question, ({ cascades }) => !cascades);
  return found
    ? `${question.type} ${found.name} is still used by ${found.user.type} ${called(found.user)} of stack ${found.user.stack}; destroy that first. (Source: ${found.use.source}.)`
    : undefined;
}

/**
 * Something that used a resource before it was made: it can do so only by a name that it knew, and the cloud would have
 * refused it then. The rehearsal can tell it from what exists outside the fleet only now.
 */
export function usedTooEarly(question: Question): string | undefined {
  const found = firstUser(question, ({ by }) => by !== undefined && by !== "id");
  return found
    ? `${question.type} ${found.name} is made only now, but ${found.user.type} ${called(found.user)} of stack ${found.user.stack} used it already: the cloud would have refused that. Let that stack depend on this one. (Source: ${found.use.source}.)`
    : undefined;
}

interface Used {
  readonly use: Use;
  readonly user: CloudResource;
  readonly name: string;
}

function firstUser({ cloud, type, attributes, account }: Question, counts: (use: Use) => boolean): Used | undefined {
  for (const use of uses.filter(({ of }) => of === type).filter(counts)) {
    const name = attributes[use.by ?? "id"];
    if (typeof name !== "string" || name === "") continue;
    const provider = `${type.split("_")[0]}_`;
    const user = cloud.all(use.user === "*" ? undefined : use.user).find(
      (other) =>
        (use.user !== "*" || (other.type.startsWith(provider) && other.type !== type)) &&
        // An id is unique in the world, a name only in its account.
        ((use.by ?? "id") === "id" || other.account === account) &&
        (use.alike ?? []).every((attribute) => other.attributes[attribute] === attributes[attribute]) &&
        names(other, use.at, name),
    );
    if (user) return { use, user, name };
  }
  return undefined;
}

/** What people call a resource. */
export function called({ attributes }: CloudResource): string {
  for (const name of ["name", "cluster_name", "id"]) if (typeof attributes[name] === "string") return attributes[name];
  return "without a name";
}

function names({ attributes }: CloudResource, path: string, name: string): boolean {
  let values: Value[] = [attributes];
  for (const step of path.split("."))
    values = values
      .flatMap((value) => (isList(value) ? value : [value]))
      .flatMap((value) => (isObject(value) ? [value[step] ?? null] : []));
  return values.some((value) => value === name || (isList(value) && value.includes(name)));
}
