import { TestCluster } from "../support/kubernetes/cluster";
import { missingPart } from "../support/kubernetes/parts";
import { existingFleet, LAB, synthesize } from "./fleets";

const missing = missingPart();
const say = (text: string) => process.stderr.write(`${text}\n`);

const image = { repository: "registry.example.com/shop", tag: "variable" };
const APPS = {
  shop: { image, colours: { blue: 90, green: 10 }, values: { port: 8080, env: { VERSION: "{colour}" } } },
  full: {
    image: { ...image, tag: "1.0.0" },
    namespace: "shop",
    values: {
      port: 8080,
      replicas: 3,
      autoscaling: { max: 9 },
      secretEnv: { PASSWORD: { secret: "grafana-admin", key: "admin-password" } },
      secretFiles: { "/etc/login": "grafana-admin" },
      volume: { path: "/data", size: "1Gi", shared: true, storageClass: "e2e-default" },
      migrate: { command: ["migrate"] },
    },
  },
};
const fleetWith = (colours: object) => ({
  apps: { ...APPS, shop: { ...APPS.shop, colours } },
  namespaces: { shop: { podSecurity: "restricted", access: { existing: { developers: ["dev"], viewers: ["all"] } } } },
});
const [BLUE, GREEN, ROUTES] = ["blue", "green", "routes"].map((part) => `e2e-lab-app-shop-${part}`) as [string, string, string];
const VARIABLE = "TF_VAR_image_tag";

if (missing !== undefined)
  test(`applications on a real API server: skipped, ${missing}`, () => {
    say(`e2e:kubernetes skipped: ${missing}`);
  });
else
  describe("on a real API server", () => {
    let cluster: TestCluster;
    const tag = process.env[VARIABLE];
    beforeAll(async () => {
      process.env[VARIABLE] = "1.0.0";
      cluster = await TestCluster.start();
    }, 180_000);
    afterAll(async () => {
      if (tag === undefined) delete process.env[VARIABLE];
      else process.env[VARIABLE] = tag;
      await cluster?.stop();
    }, 60_000);

    test("applications with colours, volumes and jobs run where only developers and viewers get in, and a shift changes the routes alone", async () => {
      const work = cluster.workspace("applications");
      await cluster.defaultClass(true);
      const synth = (colours: object) => {
        const addons = { certManager: { enabled: false }, storage: { enabled: false } };
        const fleet = existingFleet(cluster.api, { addons: { ...addons, guards: {} }, more: fleetWith(colours) });
        synthesize(work.root, fleet);
        for (const stack of [LAB.priming, LAB.apps, BLUE, GREEN, ROUTES]) work.prepare(stack);
      };
      synth(APPS.shop.colours);
      const stop = cluster.secretsByHand({ shop: ["grafana-admin"] });
      try {
        for (const stack of [LAB.priming, LAB.apps, BLUE, GREEN, ROUTES]) {
          await work.init(stack);
          say(`${stack}: ${/Apply complete![^\n]*/.exec(await work.apply(stack))?.[0]}`);
          expect(await work.plan(stack)).toBeUndefined();
        }
        const services = async () => {
          const [found] = await cluster.api.list("/apis/traefik.io/v1alpha1/namespaces/shop/traefikservices");
          return found?.spec.weighted.services.map(({ name, weight }: { name: string; weight: number }) => `${name} ${weight}`);
        };
        expect(await services()).toEqual(["shop-blue 90", "shop-green 10"]);
        const bindings = await cluster.api.list("/apis/rbac.authorization.k8s.io/v1/namespaces/shop/rolebindings");
        expect(bindings.map(({ metadata }) => metadata.name)).toEqual(["developers", "viewers"]);
        synth({ blue: 0, green: 1 });
        for (const stack of [LAB.apps, BLUE, GREEN]) expect(await work.plan(stack)).toBeUndefined();
        await work.apply(ROUTES);
        expect(await services()).toEqual(["shop-green 1"]);
        for (const stack of [ROUTES, GREEN, BLUE, LAB.apps, LAB.priming]) await work.destroy(stack);
      } finally {
        await stop();
      }
    }, 900_000);
  });
