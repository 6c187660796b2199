import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fleetOf, root, synthFleet } from "../support/fleet";
import { appsOutput, appsText, chart, image, valuesIn } from "./fleet";

describe("an application from an image alone", () => {
  const output = appsOutput(
    {
      shop: {
        image,
        values: { port: 8080, env: { REGION: "{region}" } },
        clusters: ["sydney", "toronto"],
        smoke: { path: "/up" },
      },
    },
    {
      names: {
        shop: { policy: "latency", app: "shop" },
        "@": { policy: "failover", app: "shop", members: ["toronto", "sydney"] },
      },
    },
  );

  test("is installed by the project's own chart with every value written out", () => {
    expect(valuesIn(output.stacks["f-toronto-apps"]!, "shop")).toMatchObject({
      image: { repository: "ghcr.io/team/shop", tag: "1.2.3" },
      port: 8080,
      replicas: 2,
      env: { REGION: "canadacentral" },
      route: "traefik",
    });
  });

  test("answers to the cluster's own host for it and to every public name that leads there", () => {
    expect(valuesIn(output.stacks["f-sydney-apps"]!, "shop").hosts).toEqual([
      "shop.sydney.k8s.example.com",
      "shop.k8s.example.com",
      "k8s.example.com",
    ]);
  });

  test("asks itself after each release, inside its own release, so that a failure takes it back", () => {
    const stack = output.stacks["f-toronto-apps"]!;
    expect(valuesIn(stack, "shop").smoke).toMatchObject({ host: "shop.toronto.k8s.example.com", path: "/up", expect: 200 });
    expect(Object.keys(stack.resource!.helm_release!)).toHaveLength(1);
  });
});

test("every release waits for its namespace, and for the applications that come before it", () => {
  const output = appsOutput({ web: { ...chart, after: ["api"], smoke: {} }, api: { ...chart, smoke: {} } });
  const releases = Object.values(output.stacks["f-sydney-apps"]!.resource!.helm_release!) as unknown as {
    name: string;
    depends_on: string[];
  }[];
  const before = Object.fromEntries(
    releases.map(({ name, depends_on }) => [name, depends_on.map((one) => one.replace(/_[0-9A-F]{8}$/, ""))]),
  );
  expect(before).toEqual({
    api: ["data.kubernetes_namespace_v1.apps_namespace-api"],
    "api-smoke": ["helm_release.apps_api"],
    web: ["data.kubernetes_namespace_v1.apps_namespace-web", "helm_release.apps_api-smoke"],
    "web-smoke": ["helm_release.apps_web"],
  });
});

test("an application is asked with the header that the balancer of EKS sends to Envoy, and elsewhere without it", () => {
  const asked = (controller: string) => {
    const output = appsOutput({ api: { ...chart, smoke: {} } }, { defaults: { addons: { ingress: { controller } } } });
    return ["saopaulo", "sydney", "toronto"].map((name) =>
      /"proxyProtocol":true|--haproxy-protocol/.test(JSON.stringify(valuesIn(output.stacks[`f-${name}-apps`]!, "api-smoke"))),
    );
  };
  expect(asked("envoy-gateway")).toEqual([true, false, false]);
  expect(asked("traefik")).toEqual([false, false, false]);
});

test("an edit of a chart in a folder is a plan, and its way back one, too", () => {
  const folder = mkdtempSync(join(tmpdir(), "chart-"));
  try {
    cpSync(join(root, "fleets/arctiq/bot"), join(folder, "bot"), { recursive: true });
    const chartNow = (): unknown => {
      const fleet = fleetOf(appsText({ bot: { chart: "./bot", clusters: ["sydney"] } }));
      const [release] = Object.values(synthFleet({ ...fleet, folder }).stacks["f-sydney-apps"]!.resource!.helm_release!);
      return release!.chart;
    };
    const before = chartNow();
    const script = join(folder, "bot/bot.mjs");
    const text = readFileSync(script, "utf8");
    writeFileSync(script, `${text}// more\n`);
    expect(chartNow()).not.toBe(before);
    writeFileSync(script, text);
    expect(chartNow()).toBe(before);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("a folder without a chart is said at its place in the file, with what else shows in stacks", () => {
  const apps = {
    a: { chart: "./charts/nowhere", clusters: ["sydney"] },
    b: { chart: "./charts/none", image: { ...image, tag: "variable" } },
  };
  expect(() => appsOutput(apps)).toThrow(
    /^apps\.a\.chart: '\.\/charts\/nowhere': there is no chart in charts\/nowhere: a chart is a folder with a Chart\.yaml\napps\.b\.chart: '\.\/charts\/none': there is no chart/,
  );
});
