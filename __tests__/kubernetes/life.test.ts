import { existsSync } from "node:fs";
import { join } from "node:path";
import { CHARTS, releaseOf } from "../../model/add-ons/charts";
import { type ApiObject, until } from "../support/kubernetes/api";
import { CERT_MANAGER_WEBHOOK, hasRealWebhook } from "../support/kubernetes/cert-manager-webhook";
import { TestCluster } from "../support/kubernetes/cluster";
import { added } from "../support/kubernetes/inventory";
import { missingPart } from "../support/kubernetes/parts";
import { closedPorts } from "../support/kubernetes/policies";
import type { Workspace } from "../support/kubernetes/workspace";
import { openChallenge } from "./challenge";
import { allOn, existingFleet, LAB, synthesize } from "./fleets";

const missing = missingPart();
const say = (text: string) => process.stderr.write(`${text}\n`);

const EVERYTHING = {
  certManager: { issuers: "none" },
  gatewayApi: { enabled: true },
  storage: { nfs: { server: "nfs.e2e.example", share: "/exports/volumes" }, nfsProvisioner: { enabled: true } },
  monitoring: { enabled: true },
  logging: { enabled: true, output: { to: "graylog" } },
  graylog: { enabled: true },
  headlamp: { enabled: true },
  guards: { loadBalancerNamespaces: ["balanced"] },
};
const MOVED = Object.values(CHARTS).flatMap((pin) => (pin.previous === undefined ? [] : [{ ...pin, previous: pin.previous }]));
/** The version before the pinned one of each chart, by its release. */
const PREVIOUS = Object.fromEntries(MOVED.map((pin) => [releaseOf(pin), pin.previous]));
const absent = MOVED.map(({ chart, previous }) => `${chart}-${previous}.tgz`).find(
  (file) => !existsSync(join(process.env.E2E_CHARTS ?? "", file)),
);

/** Policies for pods that only a running operator makes: Envoy's own proxies. */
const MADE_BY_OPERATORS = ["envoy-gateway/allow-10080:", "envoy-gateway/allow-10443:"];
const BY_HAND = { monitoring: ["grafana-admin"], graylog: ["graylog", "graylog-mongodb"] };

if (missing !== undefined)
  test(`priming on a real API server: skipped, ${missing}`, () => {
    say(`e2e:kubernetes skipped: ${missing}`);
  });
else
  describe("on a real API server", () => {
    let cluster: TestCluster;
    beforeAll(async () => {
      cluster = await TestCluster.start();
    }, 180_000);
    afterAll(() => cluster?.stop(), 180_000);

    const policiesAndPods = async () => {
      const policies = await cluster.api.list("/apis/networking.k8s.io/v1/networkpolicies");
      const closed = closedPorts(policies, await cluster.api.list("/api/v1/pods"));
      return closed.filter((one) => !MADE_BY_OPERATORS.some((pod) => one.startsWith(pod)));
    };

    /** Init, apply, empty plan, what is in there, destroy, and what is left. */
    async function life(
      work: Workspace,
      stack: string,
      flags: readonly string[],
      there: () => Promise<void>,
    ): Promise<readonly string[]> {
      const before = await cluster.inventory();
      await work.init(stack);
      const begun = Date.now();
      const applied = await work.apply(stack, ...flags);
      const seconds = Math.round((Date.now() - begun) / 1000);
      say(`${stack}: ${/Apply complete![^\n]*/.exec(applied)?.[0]} in ${seconds} s`);
      expect(await work.plan(stack)).toBeUndefined();
      await there();
      const leaving = Date.now();
      await work.destroy(stack);
      say(`${stack}: destroyed in ${Math.round((Date.now() - leaving) / 1000)} s`);
      return added(before, await cluster.inventory());
    }
    const withoutDefinitions = (left: readonly string[]) => left.filter((name) => !name.startsWith("customresourcedefinitions/"));

    test("an existing cluster gets every add-on one after the other, and nothing but definitions stays", async () => {
      const work = cluster.workspace("existing");
      synthesize(work.root, existingFleet(cluster.api, { addons: EVERYTHING }));
      // only the states that it reads stand in for their producers
      expect(work.prepare(LAB.priming)).toEqual([]);
      await cluster.defaultClass(true);
      const stop = cluster.secretsByHand(BY_HAND);
      try {
        const left = await life(work, LAB.priming, ["-parallelism=1"], async () => {
          expect(await policiesAndPods()).toEqual([]);
          await guardHolds(cluster);
        });
        expect(withoutDefinitions(left)).toEqual([]);
        // Gateway API, Traefik, cert-manager, the Prometheus operator: as docs/add-ons.md says
        expect(left).toHaveLength(10 + 10 + 6 + 10);
      } finally {
        await stop();
      }
    }, 1_200_000);

    test("applications run beside add-ons that are switched on and off in one apply", async () => {
      const work = cluster.workspace("switched");
      await cluster.defaultClass(true);
      const apps = {
        shop: { image: { repository: "registry.example.com/shop", tag: "1.0.0" }, values: { port: 8080 } },
      };
      const before = await cluster.inventory();
      const synth = (addons: object) => {
        synthesize(
          work.root,
          existingFleet(cluster.api, { addons: { certManager: { issuers: "none" }, ...addons }, more: { apps } }),
        );
        for (const stack of [LAB.priming, LAB.apps]) work.prepare(stack);
      };
      synth({ headlamp: { enabled: true } });
      for (const stack of [LAB.priming, LAB.apps]) {
        await work.init(stack);
        await work.apply(stack);
        expect(await work.plan(stack)).toBeUndefined();
      }
      synth({ logging: { enabled: true, output: { to: "gelf", host: "gelf.e2e.example" } } });
      await work.init(LAB.priming);
      say(/Plan:[^\n]*/.exec(await work.apply(LAB.priming, "-parallelism=1"))?.[0] ?? "");
      for (const stack of [LAB.priming, LAB.apps]) expect(await work.plan(stack)).toBeUndefined();
      expect(await policiesAndPods()).toEqual([]);
      const there = added(before, await cluster.inventory());
      expect(there).toContain("namespaces/logging");
      expect(there).not.toContain("namespaces/headlamp");
      await work.destroy(LAB.apps);
      await work.destroy(LAB.priming);
      expect(withoutDefinitions(added(before, await cluster.inventory()))).toEqual([]);
    }, 900_000);

    test("every chart of an existing cluster moves from its previous version to the pinned one", async () => {
      if (absent !== undefined) return say(`no upgrades: ${absent} is not in E2E_CHARTS`);
      const work = cluster.workspace("upgraded");
      await cluster.defaultClass(true);
      const before = await cluster.inventory();
      synthesize(work.root, existingFleet(cluster.api, { addons: EVERYTHING }), PREVIOUS);
      work.prepare(LAB.priming);
      await work.init(LAB.priming);
      const stop = cluster.secretsByHand(BY_HAND);
      try {
        await work.apply(LAB.priming);
        synthesize(work.root, existingFleet(cluster.api, { addons: EVERYTHING }));
        say(/Plan:[^\n]*/.exec(await work.apply(LAB.priming))?.[0] ?? "");
        expect(await work.plan(LAB.priming)).toBeUndefined();
        expect(await policiesAndPods()).toEqual([]);
        await work.destroy(LAB.priming);
        expect(withoutDefinitions(added(before, await cluster.inventory()))).toEqual([]);
      } finally {
        await stop();
      }
    }, 1_200_000);

    test.each(["ireland", "amsterdam", "belgium"])(
      "all add-ons of %s live, move from their previous charts to the pinned ones, and go",
      async (name) => {
        const work = cluster.workspace(name);
        const stack = `allon-${name}-priming`;
        await cluster.defaultClass(name !== "ireland");
        const upgraded = absent === undefined;
        if (!upgraded) say(`${stack}: no upgrade, ${absent} is not in E2E_CHARTS`);
        synthesize(work.root, allOn(), upgraded ? PREVIOUS : {});
        say(
          `${stack}, cut out:\n${work
            .prepare(stack)
            .map((address) => `  ${address}`)
            .join("\n")}`,
        );
        if (name === "belgium") await cluster.googleDefinitions();
        await cluster.snapshotDefinitions();
        const googles = () => cluster.generations(DEFINITIONS, ".gateway.networking.k8s.io");
        const before = await googles();
        // one after the other is what an impatient operator tries when a plan fails: the order must hold without luck
        const flags = name === "amsterdam" ? ["-parallelism=1"] : [];
        const left = await life(work, stack, flags, async () => {
          if (upgraded) {
            synthesize(work.root, allOn());
            work.prepare(stack);
            const begun = Date.now();
            const moved = await work.apply(stack);
            say(`${stack}: ${/Plan:[^\n]*/.exec(moved)?.[0]} in ${Math.round((Date.now() - begun) / 1000)} s`);
            expect(await work.plan(stack)).toBeUndefined();
          }
          expect(await policiesAndPods()).toEqual([]);
          if (name !== "ireland") return;
          await certificatesAreJudged(cluster);
          await leaveOpen(cluster);
        });
        expect(withoutDefinitions(left)).toEqual([]);
        if (name === "belgium") expect(await googles()).toEqual(before);
        if (name === "ireland") {
          const used = await cluster.api.get(`${APPS_SECRETS}/in-use`);
          expect(used).toMatchObject({ status: 200, body: { metadata: { finalizers: [CLEANUP] } } });
        }
      },
      1_200_000,
    );
  });

const DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
const APPS_SECRETS = "/apis/external-secrets.io/v1/namespaces/default/externalsecrets";
const CLEANUP = "externalsecrets.external-secrets.io/externalsecret-cleanup";

/** A certificate without a name, which the definition takes and cert-manager's webhook refuses. */
async function certificatesAreJudged({ api }: TestCluster): Promise<void> {
  if (!hasRealWebhook()) {
    say(`${CERT_MANAGER_WEBHOOK} is neither in KUBEBUILDER_ASSETS nor on PATH: nobody judges`);
    return;
  }
  const certificate = {
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata: { name: "of-nobody" },
    spec: { secretName: "of-nobody", issuerRef: { name: "letsencrypt-production", kind: "ClusterIssuer" } },
  };
  const { status, body } = await api.post("/apis/cert-manager.io/v1/namespaces/traefik/certificates?dryRun=All", certificate);
  expect({ status: status >= 400, message: body.message }).toEqual({
    status: true,
    message: expect.stringMatching(/admission webhook "webhook.cert-manager.io" denied the request.*at least one of/),
  });
}

/** What is in use when everything is destroyed: a challenge that waits for its zone, an application's secret, somebody's restore. */
async function leaveOpen({ api }: TestCluster): Promise<void> {
  const [certificate] = await api.list("/apis/cert-manager.io/v1/namespaces/traefik/certificates");
  const { name, uid } = certificate!.metadata;
  const owner = { apiVersion: "cert-manager.io/v1", kind: "Certificate", name, uid };
  const challenge = await api.post("/apis/acme.cert-manager.io/v1/namespaces/traefik/challenges", openChallenge([owner]));
  expect(challenge).toMatchObject({ status: 201 });
  const secret = await api.post(APPS_SECRETS, {
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
    metadata: { name: "in-use", finalizers: [CLEANUP] },
    spec: {
      secretStoreRef: { kind: "ClusterSecretStore", name: "cloud" },
      target: { name: "in-use" },
      dataFrom: [{ extract: { key: "k" } }],
    },
  });
  expect(secret).toMatchObject({ status: 201 });
  const restore = await api.post("/apis/velero.io/v1/namespaces/velero/restores", {
    apiVersion: "velero.io/v1",
    kind: "Restore",
    metadata: { name: "by-hand", finalizers: ["restores.velero.io/external-resources-finalizer"] },
    spec: { backupName: "daily-1" },
  });
  expect(restore).toMatchObject({ status: 201 });
}

/** The guard refuses what makes a load balancer, and nothing else. */
async function guardHolds({ api }: TestCluster): Promise<void> {
  const path = "/api/v1/namespaces/default/services";
  const service = (name: string, type: string): ApiObject => ({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name },
    spec: { type, ports: [{ port: 80 }], selector: { a: "b" } },
  });
  await until(
    "guard in force",
    30,
    async () => (await api.post(`${path}?dryRun=All`, service("probe", "LoadBalancer"))).status === 422,
  );
  // where the fleet file lets them they are let, in dry runs too
  const allowed = "/api/v1/namespaces/balanced";
  await api.post("/api/v1/namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "balanced" } });
  for (const mode of ["?dryRun=All", ""])
    expect((await api.post(`${allowed}/services${mode}`, service("game", "LoadBalancer"))).status).toBe(201);
  await api.remove(allowed);
  await until("namespace of load balancers gone", 60, async () => (await api.get(allowed)).status === 404);
  const refused = await api.post(path, service("balanced", "LoadBalancer"));
  expect(refused).toMatchObject({ status: 422, body: { message: expect.stringContaining("loadBalancerNamespaces") } });
  expect((await api.post(path, service("plain", "ClusterIP"))).status).toBe(201);
  expect((await api.patch(`${path}/plain`, { spec: { type: "LoadBalancer" } })).status).toBe(422);
  await api.remove(`${path}/plain`);
}
