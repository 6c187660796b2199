import type { ChartPin } from "../../../../model/add-ons/add-on";
import { CHARTS, installedCharts } from "../../../../model/add-ons/charts";
import { fleetWarnings } from "../../../../model/warnings";
import { chartValuesWarnings, chartWarnings } from "../../../../model/warnings/charts";
import { type CloudName, type FleetOptions, fleetText } from "../../../priming/fleets";
import { committedFleet, fleetOf, synthFleet } from "../../../support/fleet";
import { resources } from "../../../support/synth";

/** What is wrong with a fleet file, in one text; empty where nothing is. */
const problems = (clouds: readonly CloudName[], options: FleetOptions): string => problemsOf(fleetText(clouds, options));
function problemsOf(text: string): string {
  try {
    fleetOf(text);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}
const onAddons = (clouds: readonly CloudName[], addons: string, more: Omit<FleetOptions, "addons"> = {}) =>
  problems(clouds, { ...more, addons });

describe("add-ons", () => {
  test("that write the zone are refused where the cluster can't reach it, with the reason", () => {
    const asked = "{ externalDns: { enabled: true } }";
    expect(onAddons(["aws", "azure", "google"], asked)).toBe("");
    expect(onAddons(["azure"], asked, { engine: "azure" })).toBe("");
    expect(onAddons(["google"], asked, { engine: "azure" })).toMatch(/syd\.addons\.externalDns.*only AKS/s);
    expect(onAddons(["existing"], asked)).toMatch(/old\.addons\.externalDns.*oidcIssuer/s);
    expect(onAddons(["aws"], "{ certManager: { issuers: letsencrypt } }", { engine: "azure" })).toMatch(
      /certManager\.issuers.*issuers: none/s,
    );
    expect(onAddons(["aws"], "{ certManager: { enabled: true } }", { engine: "azure" })).toBe("");
  });

  test("of two GKE clusters in one project share one identity, so they share the prefix of secrets or a project apart", () => {
    const secrets = "{ externalSecrets: { enabled: true, prefix: prod } }";
    const second = (rest: string) =>
      onAddons(["google"], secrets, {
        more: `  box: { cloud: google, region: europe-west1, network: { cidr: 10.50.0.0/16 }, ${rest} }`,
      });
    expect(second("addons: { externalSecrets: { enabled: true, prefix: sandbox } }")).toMatch(
      /box\.addons\.externalSecrets\.prefix: 'sandbox' is another prefix than 'prod' of syd.*project of its own/s,
    );
    expect(second("addons: { externalSecrets: { enabled: true } }")).toMatch(/'test' is another prefix than 'prod'/);
    expect(second("addons: { externalSecrets: { enabled: true, prefix: prod } }")).toBe("");
    expect(second("addons: { externalSecrets: { enabled: true } }, google: { projectId: test-sandbox }")).toBe("");
  });

  test("of two GKE clusters in one project share one store of backups, or a project apart", () => {
    const backup = "{ externalSecrets: { enabled: true }, backup: { enabled: true, store: prod } }";
    const second = (store: string, project = "test-platform") =>
      onAddons(["google"], backup, {
        more: `  box: { cloud: google, region: europe-west1, network: { cidr: 10.50.0.0/16 }, google: { projectId: ${project} }, addons: { externalSecrets: { enabled: true }, backup: { enabled: true, store: ${store} } } }
backups: { prod: { cloud: google, region: europe-west1, google: { projectId: test-platform } }, box: { cloud: google, region: europe-west1, google: { projectId: ${project} } } }`,
      });
    expect(second("box")).toMatch(/box\.addons\.backup\.store: 'box' is another store than 'prod' of syd.*project of its own/s);
    expect(second("prod")).toBe("");
    expect(second("box", "test-sandbox")).toBe("");
  });

  test("say what else must be there", () => {
    expect(onAddons(["azure"], "{ externalSecrets: { enabled: true } }")).toMatch(/keyVaultId/);
    expect(onAddons(["existing"], "{ externalSecrets: { enabled: true } }")).toMatch(/externalSecrets/);
    expect(onAddons(["aws"], "{ certManager: { carryOver: true, ingressCertificate: production } }")).toMatch(
      /enable externalSecrets/,
    );
    expect(onAddons(["aws"], "{ certManager: { carryOver: true }, externalSecrets: { enabled: true } }")).toMatch(
      /'production'.*'staging'/s,
    );
    expect(onAddons(["aws"], "{ logging: { enabled: true } }")).toMatch(/needs `output`/);
    expect(onAddons(["aws"], "{ logging: { enabled: true, output: { to: graylog } } }")).toMatch(/enable graylog too/);
    expect(onAddons(["google"], "{ logging: { enabled: true, output: { to: cloud } } }")).toMatch(/Cloud Logging by itself/);
    expect(onAddons(["azure"], "{ logging: { enabled: true, output: { to: cloud } } }")).toMatch(/EKS alone/);
    expect(onAddons(["aws"], "{ logging: { enabled: true, output: { to: cloud, retentionDays: 31 } } }")).toMatch(/31 days/);
    expect(onAddons(["aws"], "{ logging: { enabled: true, output: { to: cloud } } }")).toBe("");
    expect(onAddons(["existing"], "{ storage: { enabled: true, shared: true } }")).toMatch(/storage\.nfs/);
  });

  test("put no more names into a certificate than one takes", () => {
    const many = `names:\n${Array.from({ length: 101 }, (_, index) => `  n${index}: { policy: simple, members: [gru] }`).join("\n")}`;
    expect(onAddons(["aws"], "{}", { more: many })).toMatch(/101 public names.*100/s);
    // whoever serves none asks for none
    expect(onAddons(["aws"], "{ ingress: { controller: none } }", { more: many })).not.toMatch(/certificate takes/);
    expect(onAddons(["aws"], "{ certManager: { issuers: none } }", { more: many })).not.toMatch(/certificate takes/);
    expect(onAddons(["aws"], "{ certManager: { ingressCertificate: none } }", { more: many })).toBe("");
  });

  test("put no name into a certificate that Let's Encrypt refuses, as it would refuse the whole order", () => {
    const named = (...names: string[]) =>
      onAddons(["aws"], "{}", {
        more: `names:\n${names.map((name) => `  "${name}": { policy: simple, members: [gru] }`).join("\n")}`,
      });
    expect(named("a.b.c.d.e.f.g.h")).toMatch(
      /names\["a\.b\.c\.d\.e\.f\.g\.h"\].*11 parts between dots.*takes 10.*The order of all public names/s,
    );
    expect(named("*.a.b.c.d.e.f.g", "b.c.d.e.f.g.h")).toBe("");
    expect(named("my--shop", "xn--bcher-kva")).toMatch(/'my--shop' has hyphens in its third and fourth place/);
    expect(named("my--shop", "*")).toBe("");
    expect(named("shop.xn--99999999")).toMatch(/is no punycode/);
    expect(
      onAddons(["aws"], "{ certManager: { ingressCertificate: none } }", {
        more: "names: { my--shop: { policy: simple, members: [gru] } }",
      }),
    ).toBe("");
  });

  test("ask no authority for certificates that the zone's own CAA record shuts out", () => {
    const caa = (authorities: string, addons = "{}") =>
      problemsOf(fleetText(["aws"], { addons }).replace(/^dns: \{/m, `dns: { caa: [${authorities}],`));
    expect(caa("digicert.com, amazon.com")).toMatch(
      /dns\.caa: the zone would let digicert\.com, amazon\.com alone.*add letsencrypt\.org/s,
    );
    expect(caa("digicert.com, letsencrypt.org")).toBe("");
    expect(caa("digicert.com", "{ certManager: { ingressCertificate: none } }")).toBe("");
    expect(caa("digicert.com", "{ certManager: { issuers: none } }")).toBe("");
  });

  test("and applications hold no secret in their values, but names of secrets", () => {
    expect(onAddons(["aws"], "{ monitoring: { enabled: true, values: { grafana: { adminPassword: hunter2 } } } }")).toMatch(
      /monitoring\.values\.grafana\.adminPassword.*externalSecrets/s,
    );
    expect(
      onAddons(
        ["aws"],
        "{ monitoring: { enabled: true, values: { grafana: { admin: { existingSecret: x, passwordKey: y } } } } }",
      ),
    ).toBe("");
    const app = (values: string) =>
      `apps: { shop: { chart: shop, repository: "oci://r.example.com/charts", version: 1.2.3, values: ${values} } }`;
    expect(problems(["aws"], { more: app("{ db: { password: x } }") })).toMatch(/apps\.shop\.values\.db\.password/);
    expect(
      problems(["aws"], { more: app('{ db: { password: "" }, serviceAccount: { automountServiceAccountToken: true } }') }),
    ).toBe("");
  });
});

describe("charts", () => {
  const app = (chart: string, repository: string, charts = "{}") =>
    problems(["aws"], {
      more: `charts: ${charts}\napps: { web: { chart: ${chart}, repository: "${repository}", version: 4.15.1 } }`,
    });

  test("that are retired are refused with what to take instead, unless the fleet accepts them", () => {
    const nginx = "https://kubernetes.github.io/ingress-nginx";
    expect(app("ingress-nginx", nginx)).toMatch(
      /apps\.web\.chart.*retired since 2026-03-24.*traefik.*acceptRetired: \[ingress-nginx\]/s,
    );
    expect(app("ingress-nginx", "oci://mirror.example.com/charts")).toMatch(/retired/);
    expect(app("ingress-nginx", nginx, "{ acceptRetired: [ingress-nginx] }")).toBe("");
    expect(app("kubernetes-dashboard", "https://kubernetes.github.io/dashboard")).toMatch(/headlamp/);
    expect(app("promtail", "https://grafana.github.io/helm-charts")).toMatch(/addons\.logging/);
    expect(app("wordpress", "oci://registry-1.docker.io/bitnamicharts")).toMatch(/bitnami.*own images/s);
    expect(app("shop", "oci://registry.example.com/charts")).toBe("");
    expect(app("shop", "oci://registry.example.com/charts", "{ acceptRetired: [ingress-ngin] }")).toMatch(
      /did you mean 'ingress-nginx'/,
    );
  });

  test("come from somewhere", () => {
    const source = (charts: string) => problems(["aws"], { more: `charts: ${charts}` });
    expect(source("{ source: mirror }")).toMatch(/charts\.source.*needs `mirror`/s);
    expect(source("{ mirror: oci://r.example.com/charts }")).toMatch(/charts\.mirror.*source: mirror/s);
    expect(source("{ source: mirror, mirror: oci://r.example.com/charts }")).toBe("");
    expect(source("{ source: mirror, mirror: https://r.example.com/charts }")).toMatch(/oci:\/\//);
  });

  test("that end within 90 days are a warning, and one day earlier are none", () => {
    const fleet = fleetOf(fleetText(["aws"]));
    const ending: ChartPin = { ...CHARTS.traefik, endOfLife: "2027-01-01" };
    const on = (day: string, pin = ending) => chartWarnings(fleet, new Date(`${day}T12:00:00Z`), { traefik: pin });
    expect(on("2026-10-02")).toEqual([]);
    expect(on("2026-10-03")).toEqual(["chart traefik 41.3.0 (gru): ends on 2027-01-01; plan the update"]);
    expect(on("2027-01-03", { ...ending, replacement: "envoy-gateway" })).toEqual([
      "chart traefik 41.3.0 (gru): ended on 2027-01-01; take envoy-gateway",
    ]);
    expect(on("2027-01-03", CHARTS.traefik)).toEqual([]);
  });

  test("accepted though retired, and dormant ones, are warnings", () => {
    const more = `charts: { acceptRetired: [promtail] }\napps: { logs: { chart: promtail, repository: "https://grafana.github.io/helm-charts", version: 6.17.1 } }`;
    const fleet = fleetOf(fleetText(["azure"], { addons: "{ storage: { nfsProvisioner: { enabled: true } } }", more }));
    const warnings = fleetWarnings(fleet, new Date("2026-09-01"));
    expect(warnings).toContainEqual(expect.stringMatching(/nfs-server-provisioner.*dormant since January 2024/));
    expect(warnings).toContainEqual(expect.stringMatching(/apps\.logs\.chart.*promtail.*retired/));
  });

  test("with values that they don't know are a warning, unless the version is another", () => {
    const warnings = (ingress: string) => chartValuesWarnings(fleetOf(fleetText(["aws"], { addons: `{ ingress: ${ingress} }` })));
    expect(warnings("{ values: { deploymnt: { replicas: 3 } } }")).toEqual([
      "clusters.gru.addons: values of chart traefik 41.3.0: deploymnt: the chart has no such value",
    ]);
    expect(warnings("{ values: { deployment: { replicas: 3 } } }")).toEqual([]);
    expect(warnings("{ values: { deploymnt: {} }, version: 40.0.0 }")).toEqual([]);
  });
});

test("the catalogue's idea of what a cluster installs is what its stack installs", () => {
  for (const file of ["fleets/all-on.yaml", "fleets/arctiq.yaml"]) {
    const fleet = committedFleet(file);
    const { stacks } = synthFleet(fleet);
    for (const cluster of fleet.clusters) {
      const releases = Object.values(resources(stacks[`${fleet.name}-${cluster.name}-priming`]!, "helm_release"));
      const installed = releases.map(({ chart }) => String(chart)).filter((chart) => !chart.startsWith("./"));
      expect(
        installedCharts(cluster)
          .map(([chart]) => String(chart))
          .sort(),
      ).toEqual(installed.sort());
    }
  }
});
