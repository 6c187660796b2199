import { Construct } from "constructs";

/** The construct below `scope` whose path is `ids`, made where it isn't there yet: plans name constructs by their path. */
export function nestedScope(scope: Construct, ids: readonly string[]): Construct {
  return ids.reduce<Construct>(
    (parent, id) => (parent.node.tryFindChild(id) as Construct | undefined) ?? new Construct(parent, id),
    scope,
  );
}
