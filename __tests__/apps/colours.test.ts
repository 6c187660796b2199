import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { rehearseIn } from "../../rehearsal/rehearse";
import { openWorkspace } from "../../rehearsal/runner/workspace";
import { describeWithTerraform } from "../rehearsal/engine";
import { fleetOf, root, synthFleet } from "../support/fleet";
import { resources } from "../support/synth";
import { appsOutput, problemsText, valuesIn } from "./fleet";

const VAULT =
  "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/v/providers/Microsoft.KeyVault/vaults/f-secrets";
const image = { repository: "ghcr.io/team/shop", tag: "variable" };
const shop = { image, values: { port: 8080, env: { VERSION: "{colour}" } }, colours: { blue: 90, green: 10 } };

describe("an application with colours", () => {
  const more = {
    names: { shop: { policy: "failover", app: "shop", members: ["toronto", "saopaulo"] } },
    defaults: { addons: { externalSecrets: { enabled: true, keyVaultId: VAULT } } },
  };
  const output = appsOutput(
    {
      shop: { ...shop, clusters: ["saopaulo", "toronto"], smoke: { path: "/up" } },
      api: {
        ...shop,
        clusters: ["saopaulo"],
        secrets: ["api", "mailer"],
        values: { port: 8080, secretEnv: { M: { secret: "mailer", key: "m" } } },
      },
      late: { image, clusters: ["saopaulo"], after: ["shop"] },
    },
    more,
  );
  const stack = (id: string) => output.stacks[`f-saopaulo-app-${id}`]!;

  test("has a stack and a tag for each of them, and one of routes without a tag, after which it serves", () => {
    expect(Object.keys(output.stacks).filter((id) => id.includes("toronto-app"))).toEqual([
      "f-toronto-app-shop-blue",
      "f-toronto-app-shop-green",
      "f-toronto-app-shop-routes",
    ]);
    expect(Object.keys(stack("shop-green").variable!)).toEqual(["image_tag"]);
    expect(stack("shop-routes")).not.toHaveProperty("variable");
    expect(output.dependencies["f-toronto-app-shop-routes"]).toEqual([
      "f-toronto-app-shop-blue",
      "f-toronto-app-shop-green",
      "f-toronto-cluster",
      "f-toronto-priming",
    ]);
    expect(output.dependencies["f-route53"]).toEqual(
      expect.arrayContaining(["f-saopaulo-app-shop-routes", "f-toronto-app-shop-routes"]),
    );
    expect(output.dependencies["f-saopaulo-app-late"]).toContain("f-saopaulo-app-shop-routes");
  });

  test("is asked, and can be looked at, by each colour's own host before that gets traffic", () => {
    expect(valuesIn(stack("shop-green"), "shop-green")).toMatchObject({
      hosts: ["shop-green.saopaulo.k8s.example.com"],
      env: { VERSION: "green" },
      smoke: { host: "shop-green.saopaulo.k8s.example.com" },
    });
  });

  test("shares out its own host and its public names by weight", () => {
    expect(valuesIn(stack("shop-routes"), "shop-routes")).toEqual({
      objects: [
        expect.objectContaining({
          kind: "TraefikService",
          spec: {
            weighted: {
              services: [
                { name: "shop-blue", port: 80, weight: 90 },
                { name: "shop-green", port: 80, weight: 10 },
              ],
            },
          },
        }),
        expect.objectContaining({
          kind: "IngressRoute",
          spec: expect.objectContaining({
            routes: [expect.objectContaining({ match: "Host(`shop.saopaulo.k8s.example.com`) || Host(`shop.k8s.example.com`)" })],
          }),
        }),
      ],
    });
  });

  test("has Secrets for each colour, by its own name, and is told so", () => {
    expect(valuesIn(stack("api-blue"), "api-blue")).toMatchObject({
      secretEnv: { M: { secret: "api-blue-mailer", key: "m" } },
      secrets: ["api-blue-api"],
    });
    const { objects } = valuesIn(stack("api-blue"), "api-blue-secrets") as {
      objects: { kind: string; metadata: { name: string } }[];
    };
    expect(objects.filter(({ kind }) => kind === "ExternalSecret").map(({ metadata }) => metadata.name)).toEqual([
      "api-blue-api",
      "api-blue-mailer",
    ]);
  });
});

test("Gateway API shares out where the cluster has that, and a colour without weight is named nowhere, so that it can go", () => {
  const output = appsOutput(
    { shop: { ...shop, clusters: ["sydney"], colours: { blue: 1, green: 0 } } },
    { defaults: { addons: { ingress: { controller: "envoy-gateway" } } } },
  );
  expect(valuesIn(output.stacks["f-sydney-app-shop-routes"]!, "shop-routes").objects).toEqual([
    expect.objectContaining({
      kind: "HTTPRoute",
      spec: {
        parentRefs: [{ name: "ingress", namespace: "envoy-gateway" }],
        hostnames: ["shop.sydney.k8s.example.com"],
        rules: [{ backendRefs: [{ name: "shop-blue", port: 80, weight: 1 }] }],
      },
    }),
  ]);
});

test.each([
  [{ a: { ...shop, chart: "web", repository: "https://charts.example.com", version: "1.0.0" } }, "a chart has routes of its own"],
  [{ a: { ...shop, image: { ...image, tag: "1.2.3" } } }, "apps.a.colours: every colour would be the same version"],
  [{ a: { ...shop, colours: { blue: 1 } } }, "apps.a.colours: name two colours at least"],
  [{ a: { ...shop, colours: { blue: 0, green: 0 } } }, "apps.a.colours: nobody gets any traffic"],
  [{ a: { ...shop, colours: { blue: 1, routes: 1 } } }, "apps.a.colours.routes: 'routes' is taken"],
  [{ a: { ...shop, smoke: { host: "x.example.com" } } }, "apps.a.smoke.host: each colour is asked by a host of its own"],
  [{ a: { ...shop, values: {} } }, "apps.a.colours: without `values.port` it has no requests"],
  [
    { a: { ...shop, values: { port: 8080, replicas: 1, volume: { path: "/d", size: "1Gi" } } } },
    "apps.a.values.volume: each colour would have a volume",
  ],
  [{ a: shop, "a-blue": { image } }, "apps.a.colours: 'a-blue' is an application too"],
  [{ a: { image, values: { env: { V: "{colour}" } } } }, "'{colour}' stands for nothing"],
])("%j is refused where it is wrong", (apps, message) => {
  expect(problemsText(apps)).toContain(message);
});

const ROUTES = "sidebyside-dublin-app-shop-routes";

/** The committed fleet with these weights in its one line. */
function weighted(colours: string) {
  const text = readFileSync(join(root, "fleets/sidebyside.yaml"), "utf8");
  expect(text.match(/colours: \{ blue: 1, green: 0 \}/g)).toHaveLength(1);
  return synthFleet(fleetOf(text.replace("{ blue: 1, green: 0 }", colours)));
}

test("a shift changes the routes' stack and no other", () => {
  const [before, after] = ["{ blue: 1, green: 0 }", "{ blue: 90, green: 10 }"].map((colours) => weighted(colours).stacks);
  const changed = Object.keys(after!).filter((id) => JSON.stringify(before![id]) !== JSON.stringify(after![id]));
  expect(changed).toEqual([ROUTES]);
  expect(Object.keys(resources(after![ROUTES]!, "helm_release"))).toHaveLength(1);
});

describeWithTerraform("a shift from one colour to the other, and back", () => {
  test("is one release changed in place at each step, without a tag", async () => {
    const workspace = openWorkspace();
    const apply = (colours: string, stacks?: readonly string[]) => {
      const out = mkdtempSync(join(workspace.folder, "synthesized-"));
      for (const [path, content] of Object.entries(weighted(colours).files)) {
        mkdirSync(dirname(join(out, path)), { recursive: true });
        writeFileSync(join(out, path), content);
      }
      return rehearseIn(workspace, out, { until: "apply", ...(stacks && { stacks }) });
    };
    try {
      expect((await apply("{ blue: 1, green: 0 }")).errors).toEqual([]);
      for (const colours of ["{ blue: 90, green: 10 }", "{ blue: 0, green: 1 }", "{ blue: 1, green: 0 }"]) {
        const { errors, stacks } = await apply(colours, [ROUTES]);
        const changes = stacks[ROUTES]!.plan.filter(({ actions }) => actions[0] !== "read" && actions[0] !== "no-op");
        expect({ colours, errors, changes: changes.map(({ address, actions }) => `${actions.join()} ${address}`) }).toEqual({
          colours,
          errors: [],
          changes: [expect.stringMatching(/^update helm_release\.routes/)],
        });
      }
    } finally {
      workspace.remove(false);
    }
  }, 120_000);
});
