import { isJsonObject, type Json } from "../../output/json";
import { SWITCHES } from "../../output/unprotected";

/** A change of a plan, as `terraform show -json` gives it. */
export interface ShownChange {
  readonly address: string;
  readonly mode: string;
  readonly change: { readonly actions: readonly string[]; readonly before: Json; readonly after: Json };
}

/** The switches of the clouds, and the providers' own: a bucket is deleted with what is in it. */
const FLAGS: ReadonlySet<string> = new Set([...SWITCHES, "force_destroy"]);

/** What a plan that lifts protection does besides: nothing, if it may be applied. */
export function besidesFlags(changes: readonly ShownChange[]): readonly string[] {
  return changes
    .filter(({ mode, change }) => mode === "managed" && change.actions.join() !== "no-op")
    .filter(
      ({ change: { actions, before, after } }) => actions.join() !== "update" || withoutFlags(before) !== withoutFlags(after),
    )
    .map(({ address, change: { actions } }) => `${actions.join(" then ")} ${address}`);
}

const withoutFlags = (value: Json): string =>
  JSON.stringify(value, (key, inner: Json) => {
    if (FLAGS.has(key)) return undefined;
    return isJsonObject(inner)
      ? Object.fromEntries(
          Object.keys(inner)
            .sort()
            .map((name) => [name, inner[name]]),
        )
      : inner;
  });
