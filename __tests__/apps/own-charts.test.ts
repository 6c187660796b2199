import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check } from "../../cli/charts/check";
import { hasHelm } from "../../cli/charts/render";
import { appsText } from "./fleet";

const image = { repository: "ghcr.io/team/shop", tag: "1.2.3" };
const nothing = {
  ingress: { controller: "none" },
  certManager: { enabled: false },
  metricsServer: { enabled: false },
  clusterAutoscaler: { enabled: false },
  guards: { unplannedLoadBalancers: "allow", networkPolicies: false },
};

/** What `charts check` finds in a fleet with these applications on one cluster without add-ons. */
function checked(apps: object) {
  const folder = mkdtempSync(join(tmpdir(), "apps-"));
  try {
    const file = join(folder, "fleet.yaml");
    writeFileSync(file, appsText(apps, { defaults: { addons: nothing }, namespaces: { shop: { podSecurity: "restricted" } } }));
    return check({ charts: folder, fleet: file, helm: "helm" });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (!hasHelm("helm"))
  test("the project's own charts rendered by Helm: skipped, helm is not on PATH", () => {
    process.stderr.write("the project's own charts rendered by Helm: skipped, helm is not on PATH\n");
  });
else
  test.each([
    ["a service of ten lines", { port: 8080 }, 5],
    ["a worker", { replicas: 1, command: ["work"] }, 2],
    [
      "one with everything",
      {
        port: 8080,
        replicas: 3,
        env: { TEXT: "b: 'c\" ${x}" },
        secretEnv: { PASSWORD: { secret: "db", key: "password" } },
        secrets: ["shop"],
        secretFiles: { "/etc/other": "other", "/etc/db": "db" },
        autoscaling: { max: 9 },
        volume: { path: "/data", size: "8Gi", shared: true },
        migrate: { command: ["rake", "db:migrate"] },
      },
      8,
    ],
  ])("%s renders, and would run in a restricted namespace", (_, values, objects) => {
    const found = checked({ shop: { image, values, clusters: ["sydney"] } });
    expect(found.problems.filter((problem) => problem.includes("shop"))).toEqual([]);
    expect(found.objects).toBeGreaterThanOrEqual(objects);
  });
