import type { Problem, Rule } from "../../problems/problem";

/** What a namespace that something else owns can't be given, and what would limit nothing. */
export const namespaces: Rule = (fleet) =>
  Object.entries(fleet.namespaces).flatMap(([name, namespace]): Problem[] => {
    const { existing, podSecurity, openTo, quota, defaults } = namespace;
    const written = {
      podSecurity: podSecurity !== "baseline",
      openTo: openTo.length > 0,
      quota: quota !== undefined,
      defaults: defaults !== undefined,
    };
    if (existing)
      return Object.entries(written)
        .filter(([, is]) => is)
        .map(([field]) => ({
          path: ["namespaces", name, field],
          message: "the namespace is another's, who says so there: nothing of it is changed here; take it out",
        }));
    return Object.entries({ quota, defaults })
      .filter(([, limits]) => limits !== undefined && Object.keys(limits).length === 0)
      .map(([field]) => ({ path: ["namespaces", name, field], message: "nothing is limited: write how much, or take it out" }));
  });
