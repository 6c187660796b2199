import type { Problem, Rule } from "../../problems/problem";

/** Keys that hold a secret, not the name of one or of a key in one. */
export const SECRET = /(password|passwd|secretaccesskey|accesskeyid|apikey|api_key|clientsecret|privatekey|(^|[a-z_-])token)$/i;

/** Values of charts hold no secret: the synthesized JSON and the state would show it to everybody who reads them. */
export const plainSecrets: Rule = ({ apps, clusters }) => [
  ...Object.entries(apps).flatMap(([name, { values }]) => secretsIn(values, ["apps", name, "values"])),
  ...clusters.flatMap(({ name, addons }) => valuesIn(addons, ["clusters", name, "addons"])),
];

type Path = readonly (string | number)[];

/** The `values` of every chart among the add-ons' settings. */
function valuesIn(settings: unknown, path: Path): readonly Problem[] {
  if (settings === null || typeof settings !== "object") return [];
  return Object.entries(settings).flatMap(([key, inner]) =>
    key === "values" ? secretsIn(inner, [...path, key]) : valuesIn(inner, [...path, key]),
  );
}

function secretsIn(value: unknown, path: Path): readonly Problem[] {
  if (Array.isArray(value)) return value.flatMap((inner, index) => secretsIn(inner, [...path, index]));
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (typeof inner !== "string" || inner === "" || !SECRET.test(key)) return secretsIn(inner, [...path, key]);
    return [
      {
        path: [...path, key],
        message: `'${key}' looks like a secret, and what is in a fleet file everybody can read: put it into a Kubernetes secret (addons.externalSecrets brings one from the cloud's store) and give the chart its name`,
      },
    ];
  });
}
