import { stringify } from "yaml";
import { fleetWith, problemsOfText, problemsWith, SOUND } from "../../support";

/** The sound fleet with an application of these values. */
const app = (values: object) => ({
  apps: { shop: { chart: "shop", repository: "https://charts.example.com", version: "1.2.3", values } },
});

test("one detector looks at every free text, not only at values", () => {
  const token = "ghp_0123456789abcdefghijABCDEFGHIJ012345";
  const places = {
    tags: { password: "hunter2", key: "AKIAIOSFODNN7EXAMPLE" },
    clusters: {
      eks: { pools: { main: { labels: { "api-token": "abc" } } }, overrides: { "aws_db_instance.x": { password: "hunter2" } } },
      old: {
        cloud: "existing",
        region: "eu-west-2",
        existing: {
          endpoint: "https://old.example.com",
          exec: { command: "sh -c 'token --password hunter2'" },
          ingress: { ips: ["192.0.2.1"], serviceAnnotations: { note: token } },
        },
      },
    },
    // by form everywhere, also in fields of Meridian's own
    names: { www: { policy: "latency", probe: { path: `/?key=${token}` } } },
  };
  expect(problemsWith(places).map((problem) => problem.replace(/: .*/, ""))).toEqual([
    "clusters.eks.pools.main.labels.api-token",
    'clusters.eks.overrides["aws_db_instance.x"].password',
    "clusters.old.existing.exec.command", // as a secret, and for its spaces
    "clusters.old.existing.exec.command",
    "clusters.old.existing.ingress.serviceAnnotations.note",
    "tags.password",
    "tags.key",
    "names.www.probe.path",
  ]);
});

test("the fields that say where secrets are may be called what they like", () => {
  expect(() =>
    fleetWith({ clusters: { eks: { aws: { secretsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/1" } } } }),
  ).not.toThrow();
});

test("what only looks like a secret is allowed with its path and a reason; a path that allows nothing is refused", () => {
  const values = { demo: { password: "demo" } };
  const path = "apps.shop.values.demo.password";
  expect(problemsWith(app(values))[0]).toMatch(
    /^apps\.shop\.values\.demo\.password: .*Where it is none, say why: allow: \{ "<this path>": <reason> \}$/,
  );
  expect(() => fleetWith({ ...app(values), allow: { [path]: "the public demo's" } })).not.toThrow();
  expect(
    problemsWith({ ...app(values), allow: { [path]: "the public demo's", "apps.shop.values.other": "it was there" } }),
  ).toEqual([
    expect.stringContaining("nothing at 'apps.shop.values.other' looks like a secret: remove the entry, or mend its path"),
  ]);
  expect(problemsWith({ ...app(values), allow: { [path]: " " } })[0]).toContain("say why");
});

test("a secret beside the data, where only anchors stand, is one all the same, and said once where it is used", () => {
  const text = `${stringify(SOUND)}x-common: &c { password: hunter2 }\n`;
  const said = [expect.stringMatching(/^x\.yaml:\d+:\d+ x-common\.password: 'password' carries a secret/)];
  expect(problemsOfText(text)).toEqual(said);
  expect(problemsOfText(`${text}allow: { x-common.password: a demo }\n`).filter(Boolean)).toEqual([]);
  const used = `${text}${stringify(app({})).replace("values: {}", "values: *c")}`;
  expect(problemsOfText(used)).toEqual([expect.stringContaining("apps.shop.values.password: 'password' carries a secret")]);
});

test("what stands in the defaults is said and allowed there, once for all clusters", () => {
  const monitoring = { addons: { monitoring: { enabled: true, values: { grafana: { adminPassword: "hunter2" } } } } };
  const fleet = { ...SOUND, defaults: { ...(SOUND.defaults as object), ...monitoring } };
  const [problem, ...more] = problemsOfText(stringify(fleet));
  expect(more).toEqual([]);
  expect(problem).toMatch(/ defaults\.addons\.monitoring\.values\.grafana\.adminPassword: 'adminPassword' carries a secret/);
  const path = "defaults.addons.monitoring.values.grafana.adminPassword";
  expect(problemsOfText(stringify({ ...fleet, allow: { [path]: "a lab" } })).filter(Boolean)).toEqual([]);
});
