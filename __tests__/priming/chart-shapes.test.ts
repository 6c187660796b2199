import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { chartShape } from "../../cli/charts/chart-values";
import { templateReads } from "../../cli/charts/template-reads";
import type { ChartName } from "../../model/add-ons";
import { CHART_SHAPES } from "../../model/add-ons/charts";
import { chartValuesProblems, type ValueShape } from "../../model/catalog/chart-values";

/** Does something with a folder that has these files. */
function withFolder<T>(files: Readonly<Record<string, string>>, use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "chart-"));
  try {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
const shapeOf = (files: Readonly<Record<string, string>>) =>
  withFolder({ "Chart.yaml": "name: x\nversion: 1.0.0\n", ...files }, chartShape);
const reads = (template: string) => {
  const { whole, keyed, read, fields } = withFolder({ "t.yaml": template }, templateReads);
  const text = (paths: readonly (readonly string[])[]) => [...new Set(paths.map((path) => path.join(".")))].sort();
  return { whole: text(whole), keyed: text(keyed), read: text(read), fields: text(fields) };
};

describe("a template", () => {
  test("reads what it names, and gives on what it names whole", () => {
    expect(reads("{{ .Values.a.b }} {{ toYaml .Values.c }} {{ include `x` (dict `v` $.Values.d.e) }}")).toMatchObject({
      read: ["a.b", "c", "d.e"],
      whole: expect.arrayContaining(["c", "d.e"]),
    });
    expect(reads('{{ index .Values "sub-chart" "x" }} {{ if hasKey .Values.a "old" }}{{ end }}').read).toEqual([
      "a",
      "a.old",
      "sub-chart.x",
    ]);
  });

  test("only asks, where it has a condition or a comment", () => {
    expect(reads("{{ if .Values.a }}{{ else if and .Values.b .Values.c }}{{ end }}{{/* toYaml .Values.d */}}").whole).toEqual([]);
  });

  test("goes through maps whose keys are the user's", () => {
    expect(reads("{{ range $key, $value := .Values.args }}{{ end }}")).toMatchObject({ keyed: ["args"], whole: [] });
  });

  test("gives on a value with dots in its name, which only `index` reaches", () => {
    expect(reads('{{ range $section, $keys := index .Values "grafana.ini" }}{{ end }}').whole).toEqual(["grafana.ini"]);
  });

  test("reads fields in a `with` and of a variable, and gives the whole on where it stands alone", () => {
    expect(reads("{{ with .Values.a }}{{ .b }}{{ end }}")).toMatchObject({ fields: ["a.b"], whole: [] });
    expect(reads("{{ with .Values.a }}{{ toYaml . | nindent 2 }}{{ end }}").whole).toEqual(["a"]);
    expect(reads("{{ $a := .Values.a }}{{ $a.b }}{{ if $a }}{{ end }}")).toMatchObject({ fields: ["a.b"], whole: [] });
    expect(reads("{{ $a := .Values.a }}{{ toYaml $a }}").whole).toEqual(["a"]);
  });
});

describe("the shape of a chart's values", () => {
  test("has the kinds of values.yaml, what templates read besides, and keys of the user's where a map is given on", () => {
    expect(
      shapeOf({
        "Chart.yaml": "name: x\nversion: 1.0.0\ndependencies: [{ name: sub }, { name: other, alias: near }]\n",
        "charts/sub/Chart.yaml": "name: sub\nversion: 1.0.0\n",
        "charts/sub/values.yaml": "inner: 1\n",
        "values.yaml":
          "a: 1\nb: { c: text, d: [] }\nlabels: { x: y, deep: { z: 1 } }\nempty: {}\nnothing:\nargs: { one: { two: 1 } }\nsub: { more: true }\n",
        "templates/t.yaml":
          "{{ .Values.b.hidden }}{{ range $k, $v := .Values.args }}{{ end }}{{ toYaml .Values.labels }}{{ .Values.b.d }}",
      }),
    ).toEqual({
      a: "number",
      b: { c: "string", d: "list", hidden: "any" },
      labels: { x: "string", deep: { z: "number", "*": "any" }, "*": "any" },
      empty: "map",
      nothing: "any",
      args: { one: { two: "number" }, "*": "any" },
      sub: { inner: "number", more: "boolean" },
      near: { "*": "any" },
    });
  });

  test("follows the schema in kinds and in what it closes, and the templates in what it leaves open", () => {
    const object = (properties: object, rest?: unknown) => ({ type: "object", properties, additionalProperties: rest });
    const schema = object(
      {
        a: { type: ["integer", "string"] },
        closed: object({ c: { $ref: "#/$defs/flag" } }, false),
        open: object({ c: { type: "string" } }),
        any: object({ c: { type: "string" } }, true),
        ports: { type: "object", additionalProperties: object({ port: { type: "integer" } }, false) },
        "no-example": object({ c: object({ d: { type: "string" } }, false) }, false),
      },
      false,
    );
    expect(
      shapeOf({
        "values.yaml":
          "a: 1\nclosed: { c: 1, hidden: 1 }\nopen: { c: 1, d: 1 }\nany: { c: text }\nports: { web: { port: 80 } }\n",
        "templates/t.yaml": "{{ toYaml .Values.open }}{{ toYaml .Values.closed }}{{ .Values.any.c }}",
        "values.schema.json": JSON.stringify({ ...schema, $defs: { flag: { type: "boolean" } } }),
      }),
    ).toEqual({
      a: "number|string",
      closed: { c: "boolean", hidden: "number" },
      open: { c: "string", d: "number", "*": "any" },
      any: { c: "string" },
      ports: { web: { port: "number" }, "*": { port: "number" } },
      "no-example": { c: { d: "string" } },
    });
  });
});

test("slips that Helm would pass over in silence are found in the pinned charts, three levels down too", () => {
  const slips: [ChartName, object, string][] = [
    ["headlamp", { clusterRoleBinding: { creat: false } }, "clusterRoleBinding.creat"],
    ["traefik", { ports: { web: { redirections: {} } } }, "ports.web.redirections"],
    ["traefik", { ports: { mine: { nodePorts: 1 } } }, "ports.mine.nodePorts"],
    ["traefik", { deployment: { replica: 2 } }, "deployment.replica"],
    ["traefik", { ingressClass: { isDefault: true } }, "ingressClass.isDefault"],
    ["cert-manager", { webhook: { replicas: 3 } }, "webhook.replicas"],
    ["external-dns", { serviceAccount: { anotations: {} } }, "serviceAccount.anotations"],
    ["external-dns", { serviceMonitor: { enable: true } }, "serviceMonitor.enable"],
    ["metrics-server", { rbac: { creates: true } }, "rbac.creates"],
    ["cluster-autoscaler", { rbac: { serviceAccount: { annotation: {} } } }, "rbac.serviceAccount.annotation"],
    ["kube-prometheus-stack", { prometheus: { prometheusSpec: { retentions: "1d" } } }, "prometheus.prometheusSpec.retentions"],
    ["graylog", { graylog: { heapsize: "1g" } }, "graylog.heapsize"],
    ["mongodb", { settings: { rootPasswords: "x" } }, "settings.rootPasswords"],
    ["opensearch", { persistence: { sizes: "1Gi" } }, "persistence.sizes"],
  ];
  for (const [chart, values, path] of slips)
    expect({ chart, problems: chartValuesProblems(CHART_SHAPES[chart].values, values) }).toEqual({
      chart,
      problems: [`${path}: the chart has no such value`],
    });
});

test("a file of settings takes sections and keys of the user's, and a slip beside it is still found", () => {
  const settings = { "grafana.ini": { "auth.google": { enabled: true }, server: { root_url: "https://grafana.example.com" } } };
  const problems = (grafana: object) => chartValuesProblems(CHART_SHAPES["kube-prometheus-stack"]!.values, { grafana });
  expect(problems(settings)).toEqual([]);
  expect(problems({ ...settings, replicaz: 2 })).toEqual(["grafana.replicaz: the chart has no such value"]);
});

test("what a cluster gives its keys passes: annotations, labels, selectors, resources", () => {
  const free: [ChartName, object][] = [
    ["traefik", { service: { annotations: { "a.example.com/b": "c" }, spec: { loadBalancerClass: "x" } } }],
    ["external-secrets", { serviceAccount: { annotations: { a: "b" } }, nodeSelector: { a: "b" } }],
    ["fluent-bit", { resources: { limits: { "ephemeral-storage": "1Gi" } }, podLabels: { a: "b" } }],
    ["cluster-autoscaler", { extraArgs: { "any-flag": true } }],
    ["opensearch", { config: { "log4j2.properties": "x" } }],
  ];
  for (const [chart, values] of free) expect(chartValuesProblems(CHART_SHAPES[chart].values, values)).toEqual([]);
  const shape: ValueShape = { a: { "*": "number" } };
  expect(chartValuesProblems(shape, { a: { x: 1, y: null } })).toEqual([]);
  expect(chartValuesProblems(shape, { a: { x: "1" }, b: 1 })).toHaveLength(2);
});
