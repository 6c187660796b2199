import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { App, type TerraformStack } from "cdktf";
import { stringify } from "yaml";
import { literal } from "../../constructs/cdktf/escape";
import { FleetError, StackProblems } from "../../model/problems/fleet-error";
import { parseFleet } from "../../model/reading/load";
import { rehearse } from "../../rehearsal";
import { buildFleet } from "../../stacks/build-fleet";
import { describeWithTerraform } from "../rehearsal/engine";
import { fleetOf, synthFleet } from "../support/fleet";
import { UNUSUAL } from "./unusual/fleets";

/** What Terraform would read as templates, and what is one escaped already. */
const HOSTILE = "${x}%{y}$${z}";
const mark = (index: number) => `m${index}m`;

/** Which forms of hostile text were refused at a place: after what stands there, before it. Then it stays as it is. */
type Refused = ReadonlyMap<number, number>;
type Path = readonly (string | number)[];
interface Made {
  readonly data: unknown;
  /** The place of each text and key by its number, as the data has it now. */
  readonly paths: readonly Path[];
}

/** Whether the keys below are the user's: elsewhere another key is another field. */
const hasFreeKeys = (path: Path) =>
  path.includes("values") || ["tags", "labels", "env", "serviceAnnotations"].includes(String(path[path.length - 1]));

/** The data with a numbered hostile text in every text and every key. Overrides are Terraform's own language. */
function hostile(data: unknown, refused: Refused): Made {
  const paths: Path[] = [];
  const changed = (text: string, path: Path): string => {
    const index = paths.push(path) - 1;
    return [`${text}-${mark(index)}${HOSTILE}`, `${mark(index)}${HOSTILE}${text}`, text][refused.get(index) ?? 0]!;
  };
  const visit = (value: unknown, path: Path): unknown => {
    if (typeof value === "string") return changed(value, path);
    if (Array.isArray(value)) return value.map((item, index) => visit(item, [...path, index]));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => {
        if (key === "overrides") return [key, inner];
        // a key that `allow` names stays as it is
        if (!hasFreeKeys(path) || /password/i.test(key)) return [key, visit(inner, [...path, key])];
        const name = changed(key, path);
        paths[paths.length - 1] = [...path, name];
        return [name, visit(inner, [...path, name])];
      }),
    );
  };
  return { data: visit(data, []), paths };
}

const startsWith = (path: Path, start: Path) => start.every((key, index) => path[index] === key);

function stacksOf(data: unknown): readonly TerraformStack[] {
  const app = new App({ stackTraces: false });
  buildFleet(app, parseFleet(stringify(data, { aliasDuplicateObjects: false }), "fleet.yaml"));
  return app.node.children as TerraformStack[];
}

/** Puts hostile text into every place that takes it: where a rule refuses one, that place goes back. */
function accepted(data: unknown): Made & { readonly refused: Refused; readonly stacks: readonly TerraformStack[] } {
  const refused = new Map<number, number>();
  for (let round = 0; round < 60; round += 1) {
    const made = hostile(data, refused);
    try {
      return { ...made, refused, stacks: stacksOf(made.data) };
    } catch (error) {
      if (!(error instanceof FleetError || error instanceof StackProblems)) throw error;
      const problems: readonly { readonly path: Path; readonly message: string }[] = error.problems;
      const open = made.paths.flatMap((path, index) => ((refused.get(index) ?? 0) < 2 ? [{ path, index }] : []));
      const named = new Set(
        problems.flatMap(({ message }) => [...message.matchAll(/m(\d+)m/g)].map(([, number]) => Number(number))),
      );
      const at = (is: (path: Path, place: Path) => boolean) =>
        open.filter(({ path }) => problems.some((problem) => is(path, problem.path)));
      const exact = at((path, place) => place.length === path.length && startsWith(path, place));
      const told = exact.length > 0 ? exact : open.filter(({ index }) => named.has(index));
      const back =
        told.length > 0 ? told : at((path, place) => place.length > 0 && (startsWith(path, place) || startsWith(place, path)));
      if (back.length === 0) throw error;
      for (const { index } of back) refused.set(index, (refused.get(index) ?? 0) + 1);
    }
  }
  throw new Error("no end of problems");
}

/** Every string of a stack, keys too. Text in text, such as Helm's values, is JSON and so the same but for its quotes. */
function strings(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === "//" ? [] : [key, ...strings(inner)]));
}

/**
 * What no stack has as text: words about changes and deletions, settings of what is off in the fleet, a fenced machine's
 * key, and what a machine's first start is given in base64.
 */
const NOWHERE = [
  /^x-/, // holds anchors
  /^destroyedStacks/,
  /^acceptChanges/,
  /^allow/,
  /^clusters\.full\.region$/,
  /^clusters\.(inside)\.addons\.storage\.nfs\./,
  /^clusters\.old\.servers\.db\.sshPublicKey$/,
  /^clusters\.new\.servers\.\w+\.sanitize/,
  /^clusters\.made\.addons\.guards\.loadBalancerNamespaces/,
];
let places = 0;

test.each(UNUSUAL.map(({ file, data }) => [file, data] as const))(
  "every text of %s arrives as it was written",
  (_file, plain) => {
    const { paths, refused, stacks } = accepted(plain);
    const seen = new Set<number>();
    const wrong = stacks
      .flatMap((stack) => strings(stack.toTerraform()))
      .flatMap((text) =>
        [...text.matchAll(/m(\d+)m(?=[$%{])/g)].flatMap(({ 0: found, 1: number, index }) => {
          seen.add(Number(number));
          const arrived = text.slice(index).startsWith(`${found}${literal(HOSTILE)}`);
          return arrived ? [] : [`${paths[Number(number)]!.join(".")}: ${text.slice(index, index + 40)}`];
        }),
      );
    expect(wrong).toEqual([]);
    const put = paths.flatMap((path, index) => ((refused.get(index) ?? 0) < 2 ? [{ path: path.join("."), index }] : []));
    const lost = put.filter(({ index }) => !seen.has(index)).map(({ path }) => path);
    expect(lost.filter((path) => !NOWHERE.some((field) => field.test(path)))).toEqual([]);
    places += seen.size;
  },
);

// a change that makes all of them refuse everything would pass above
test("many places take such text", () => expect(places).toBeGreaterThan(80));

describeWithTerraform("in Terraform's state", () => {
  test("text and keys are what the file says, byte for byte, in Helm's values too", async () => {
    const values = { logs: { [HOSTILE]: HOSTILE, list: [HOSTILE, `"${HOSTILE}"\\`] } };
    const { files } = synthFleet(
      fleetOf(
        stringify({
          fleet: "text",
          dns: { zone: "k8s.example.com", aws: { accountId: "111122223333" } },
          clusters: {
            old: {
              cloud: "existing",
              region: "eu-west-1",
              existing: {
                endpoint: "https://api.old.example.com",
                exec: { command: "login", args: [HOSTILE] },
                oidcIssuer: `https://issuer.example.com/${HOSTILE}`,
                ingress: { ips: ["192.0.2.1"], serviceAnnotations: { "example.com/address": "shop" } },
              },
              addons: {
                ingress: { controller: "traefik", values },
                certManager: { enabled: false },
                storage: { enabled: false },
              },
            },
          },
          apps: { web: { chart: "web", repository: "https://charts.example.com", version: "1.2.3", values } },
        }),
      ),
    );
    const folder = mkdtempSync(join(tmpdir(), "text-"));
    try {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      const report = await rehearse(folder, { until: "apply" });
      expect(report.errors).toEqual([]);
      const valuesOf = (stack: string, name: string) => {
        const release = report.stacks[stack]!.resources.find(
          (one) => one.type === "helm_release" && one.attributes.name === name,
        )!;
        return JSON.parse((release.attributes.values as string[])[0]!);
      };
      expect(valuesOf("text-old-apps", "web")).toEqual(values);
      expect(valuesOf("text-old-priming", "traefik")).toMatchObject(values);
      expect(report.stacks["text-old-cluster"]!.outputs).toMatchObject({
        oidc_issuer: `https://issuer.example.com/${HOSTILE}`,
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 120_000);
});
