import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { check } from "../../cli/charts/check";
import { hasHelm } from "../../cli/charts/render";
import { fleetText } from "./fleets";

const NOTHING =
  "{ ingress: { controller: none }, certManager: { enabled: false }, guards: { unplannedLoadBalancers: allow, networkPolicies: false } }";
const FLEET = fleetText(["google"], {
  addons: NOTHING,
  more: 'apps: { shop: { chart: web, version: 1.0.0, repository: "https://charts.example.com", clusters: [syd], values: { tag: "1.2.3", key: "a ${b}" } } }\n',
});

const deployment = (container: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: "{{ .Release.Name }}", annotations: { key: "{{ .Values.key }}" } }
spec: { template: { spec: { containers: [{ name: web, image: "r.example.com/web:{{ .Values.tag }}", ${container} }] } } }
`;
const GOOD = "resources: { requests: { cpu: 1m, memory: 1Mi }, limits: { memory: 1Mi } }";

/** Checks a fleet with one application whose chart is made of these files. */
function checked(files: Readonly<Record<string, string>>, helm?: string) {
  const folder = mkdtempSync(join(tmpdir(), "check-"));
  try {
    for (const [file, text] of Object.entries({ "fleet.yaml": FLEET, "charts/keep": "", ...files })) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    return check({ charts: join(folder, "charts"), fleet: join(folder, "fleet.yaml"), helm });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
const chart = (template: string, version = "1.0.0") => ({
  "charts/web/Chart.yaml": `apiVersion: v2\nname: web\nversion: ${version}\n`,
  "charts/web/templates/web.yaml": template,
});

test("without Helm the reason is said, and nothing passes for checked", () => {
  expect(() => checked({}, "no-such-helm")).toThrow(
    /'no-such-helm' can't be run: install Helm 3, or say where it is with --helm/,
  );
});

const missing = hasHelm("helm") ? undefined : "helm is not on PATH";
if (missing !== undefined)
  test(`charts rendered by Helm: skipped, ${missing}`, () => {
    process.stderr.write(`charts rendered by Helm: skipped, ${missing}\n`);
  });
else
  describe("charts rendered by Helm", () => {
    test("are fine where nothing is wrong, with the fleet's values in them", () => {
      expect(checked(chart(deployment(GOOD)))).toMatchObject({ objects: 1, rendered: 1, missing: [], problems: [] });
    });

    test("are judged by what they render", () => {
      const { problems } = checked(chart(deployment("command: [x]").replace("{{ .Values.tag }}", "latest")));
      expect(problems).toEqual([
        expect.stringMatching(/^test-syd-apps, release shop: Deployment shop, container web: image .* no fixed version/),
        expect.stringMatching(/no request of cpu, no request of memory, no limit of memory/),
      ]);
    });

    test("must be there, in the fleet's version, and take its values", () => {
      expect(checked({}).missing).toEqual(["web 1.0.0"]);
      expect(checked(chart(deployment(GOOD), "1.0.1")).problems).toEqual([
        expect.stringMatching(/the folder has 1\.0\.1, the fleet wants 1\.0\.0/),
      ]);
      const broken = checked(chart(deployment(GOOD).replace(".Values.tag", '.Values.tag.name | required "x"')));
      expect(broken).toMatchObject({ rendered: 0, problems: [expect.stringMatching(/release shop: .*tag/s)] });
    });
  });
