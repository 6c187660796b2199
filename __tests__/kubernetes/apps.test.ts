import { cpSync } from "node:fs";
import { join } from "node:path";
import { root } from "../support/fleet";
import { TestCluster } from "../support/kubernetes/cluster";
import { added } from "../support/kubernetes/inventory";
import { missingPart } from "../support/kubernetes/parts";
import { expectNothingPromised } from "./blind";
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
const coloured = (colours: object) => ({
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
    }, 180_000);

    const addons = { certManager: { enabled: false }, storage: { enabled: false }, guards: {} };

    test.each([
      ["traefik", "/apis/traefik.io/v1alpha1/namespaces/shop/traefikservices"],
      ["envoy-gateway", "/apis/gateway.networking.k8s.io/v1/namespaces/shop/httproutes"],
    ])(
      "behind %s applications with colours, volumes and jobs run where only developers and viewers get in, and a shift changes the routes alone; where the API is down nothing of them is promised",
      async (controller, routes) => {
        const work = cluster.workspace(`behind-${controller}`);
        await cluster.defaultClass(true);
        const synth = (colours: object) => {
          const more = coloured(colours);
          synthesize(work.root, existingFleet(cluster.api, { addons: { ...addons, ingress: { controller } }, more }));
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
            const [found] = (await cluster.api.list(routes)).filter(({ metadata }) => metadata.name === "shop");
            const { weighted, rules } = found!.spec;
            const shared: readonly { name: string; weight: number }[] = weighted?.services ?? rules[0].backendRefs;
            return shared.map(({ name, weight }) => `${name} ${weight}`);
          };
          expect(await services()).toEqual(["shop-blue 90", "shop-green 10"]);
          const bindings = await cluster.api.list("/apis/rbac.authorization.k8s.io/v1/namespaces/shop/rolebindings");
          expect(bindings.map(({ metadata }) => metadata.name)).toEqual(["developers", "viewers"]);
          // each of these stacks has nothing but releases: what they read of the API is what fails them
          if (controller === "traefik") {
            const untried = await expectNothingPromised(cluster, work, [LAB.apps, BLUE, ROUTES]);
            if (untried !== undefined) say(untried);
          }
          synth({ blue: 0, green: 1 });
          for (const stack of [LAB.apps, BLUE, GREEN]) expect(await work.plan(stack)).toBeUndefined();
          await work.apply(ROUTES);
          expect(await services()).toEqual(["shop-green 1"]);
          for (const stack of [ROUTES, GREEN, BLUE, LAB.apps, LAB.priming]) await work.destroy(stack);
        } finally {
          await stop();
        }
      },
      900_000,
    );

    test("who doesn't answer is asked for: the own chart's release is taken back, of a foreign chart the apply fails", async () => {
      const work = cluster.workspace("asked");
      const { ingress } = cluster.standIn.kubelets;
      cpSync(join(root, "fleets", "arctiq", "guestbook"), join(work.root, "guestbook"), { recursive: true });
      await cluster.defaultClass(true);
      const before = await cluster.inventory();
      const smoke = { path: "/", timeoutSeconds: 30 };
      const synth = (tag: string) => {
        const apps = {
          shop: { image: { ...image, tag }, values: { port: 8080 }, smoke },
          book: {
            chart: "./guestbook",
            image: { repository: "registry.example.com/book", tag },
            values: { hosts: ["{hosts}"] },
            after: ["shop"],
            smoke,
          },
        };
        synthesize(work.root, existingFleet(cluster.api, { addons, more: { apps } }));
        for (const stack of [LAB.priming, LAB.apps]) work.prepare(stack);
      };
      const apply = (tag: string) => {
        synth(tag);
        return work.terraform(LAB.apps, "apply", "-auto-approve", "-input=false");
      };
      /** What runs: the image of the Deployment, and what Helm says of the release. */
      const running = async (name: string) => {
        const { body } = await cluster.api.get(`/apis/apps/v1/namespaces/${name}/deployments/${name}`);
        const image: string | undefined = body.spec?.template.spec.containers[0].image;
        return [image?.split(":").at(-1), await statuses(name, name)];
      };
      const statuses = async (namespace: string, release: string) =>
        (await cluster.api.list(`/api/v1/namespaces/${namespace}/secrets?labelSelector=owner%3Dhelm,name%3D${release}`))
          .map(({ metadata }) => metadata.labels!)
          .sort((one, other) => Number(one.version) - Number(other.version))
          .at(-1)?.status;
      const hosts = { shop: "shop.lab.e2e.example", book: "book.lab.e2e.example" };

      synth("1.0.0");
      await work.init(LAB.priming);
      await work.apply(LAB.priming);
      await work.init(LAB.apps);
      ingress.answers.set(hosts.shop, 404);
      expect(await apply("1.0.0")).toMatchObject({ status: 1, text: expect.stringMatching(/release\s+shop\s+failed/) });
      expect(await running("shop")).toEqual([undefined, undefined]);

      ingress.answers.clear();
      expect(await apply("1.0.0")).toMatchObject({ status: 0 });
      expect(ingress.asked.slice(-2)).toEqual([`https://${hosts.shop}/ 200`, `https://${hosts.book}/ 200`]);
      expect(await work.plan(LAB.apps)).toBeUndefined();

      ingress.answers.set(hosts.shop, 404);
      expect(await apply("2.0.0")).toMatchObject({ status: 1, text: expect.stringMatching(/release\s+shop\s+failed/) });
      expect([await running("shop"), await running("book")]).toEqual([
        ["1.0.0", "deployed"],
        ["1.0.0", "deployed"],
      ]);

      ingress.answers.clear();
      ingress.answers.set(hosts.book, 404);
      expect(await apply("2.0.0")).toMatchObject({ status: 1, text: expect.stringMatching(/release\s+book-smoke\s+failed/) });
      expect([await running("shop"), await running("book")]).toEqual([
        ["2.0.0", "deployed"],
        ["2.0.0", "deployed"],
      ]);

      ingress.answers.clear();
      expect(await apply("2.0.0")).toMatchObject({ status: 0 });
      expect(await statuses("book", "book-smoke")).toBe("deployed");
      expect(await work.plan(LAB.apps)).toBeUndefined();
      for (const stack of [LAB.apps, LAB.priming]) await work.destroy(stack);
      expect(added(before, await cluster.inventory()).filter((one) => !one.startsWith("customresourcedefinitions/"))).toEqual([]);
    }, 900_000);
  });
