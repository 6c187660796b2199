import { cpSync } from "node:fs";
import { join } from "node:path";
import { describeUnless } from "../rehearsal/engine";
import { root } from "../support/fleet";
import { type ApiObject, pause, until } from "../support/kubernetes/api";
import { TestCluster } from "../support/kubernetes/cluster";
import { missingPart } from "../support/kubernetes/parts";
import { missingReloader, Reloader } from "../support/kubernetes/reloader";
import { synthesize } from "./fleets";

const ID = "00000000-0000-0000-0000-000000000001";
const VAULT = `/subscriptions/${ID}/resourceGroups/v/providers/Microsoft.KeyVault/vaults/e2e-secrets`;
const repository = "registry.example.com/shop";

/** One AKS cluster with nothing but what brings secrets, and what starts pods anew. */
const fleet = (tag: string) => ({
  fleet: "e2e",
  dns: { zone: "e2e.example", aws: { accountId: "111122223333" } },
  clusters: {
    west: {
      cloud: "azure",
      region: "westeurope",
      network: { cidr: "10.10.0.0/16" },
      api: { allowFrom: ["203.0.113.0/24"] },
      azure: { subscriptionId: ID, tenantId: ID, admins: [ID], runner: ID },
      addons: {
        ingress: { controller: "none" },
        certManager: { enabled: false },
        externalSecrets: { enabled: true, keyVaultId: VAULT },
        guards: { unplannedLoadBalancers: "allow", networkPolicies: false },
      },
    },
  },
  apps: {
    shop: { image: { repository, tag }, secrets: ["shop"] },
    // a chart that knows nothing of Reloader, as charts of others do
    bot: {
      chart: "./bot",
      secrets: ["bot"],
      values: { repository: "acme/fleet", room: "deployments", users: ["ann"], clusters: ["west"] },
    },
    calm: { image: { repository, tag }, secrets: ["calm"], values: { annotations: { "reloader.stakater.com/auto": "false" } } },
    // whose namespace names no entry: its Secret is somebody's own
    apart: { image: { repository, tag }, values: { secrets: ["by-hand"] } },
  },
});
const [PRIMING, APPS] = ["e2e-west-priming", "e2e-west-apps"];
const RELOADED = "reloader.stakater.com/last-reloaded-from";

describeUnless(missingPart() ?? missingReloader(), "Reloader's own program, on a real API server", () => {
  let cluster: TestCluster;
  beforeAll(async () => {
    cluster = await TestCluster.start();
    await cluster.defaultClass(true);
  }, 180_000);
  afterAll(() => cluster?.stop(), 180_000);

  const deployment = async (name: string): Promise<ApiObject> =>
    (await cluster.api.get(`/apis/apps/v1/namespaces/${name}/deployments/${name}`)).body;
  /** The Secret for whose sake the pods of a Deployment were started anew. */
  const reloadedFrom = async (name: string): Promise<string | undefined> => {
    const said = (await deployment(name)).spec.template.metadata.annotations?.[RELOADED];
    return said === undefined ? undefined : (JSON.parse(said) as { name: string }).name;
  };
  const change = async (namespace: string, secret: string, value: string) => {
    const data = { token: Buffer.from(value).toString("base64") };
    expect((await cluster.api.patch(`/api/v1/namespaces/${namespace}/secrets/${secret}`, { data })).status).toBe(200);
  };
  const pods = async (name: string) =>
    (await cluster.api.list(`/api/v1/namespaces/${name}/pods`))
      .filter(({ metadata, spec }) => !metadata.deletionTimestamp && spec.containers[0].image.startsWith(repository))
      .map(({ metadata }) => metadata.uid!);
  const rolledOut = async (name: string) => {
    const { metadata, spec, status } = await deployment(name);
    return (
      status.observedGeneration === metadata.generation &&
      status.updatedReplicas === spec.replicas &&
      status.readyReplicas === spec.replicas &&
      status.replicas === spec.replicas
    );
  };

  test("starts the pods of who has a changed Secret anew, of no other, and Helm's next upgrade leaves that where it is", async () => {
    const work = cluster.workspace("restarts");
    cpSync(join(root, "fleets/arctiq/bot"), join(work.root, "bot"), { recursive: true });
    synthesize(work.root, fleet("1.0.0"));
    const stop = cluster.secretsByHand({ apart: ["by-hand"] });
    let reloader: Reloader | undefined;
    try {
      for (const stack of [PRIMING, APPS]) {
        work.prepare(stack!);
        await work.init(stack!);
        await work.apply(stack!);
      }
      const before = await pods("shop");
      expect(before).toHaveLength(2);
      reloader = await Reloader.start(cluster.api, join(cluster.folder, "reloader"));

      // it has seen all Secrets when it acts on one: until then each further value is another change
      let value = 0;
      await until("the bot is started anew", 90, async () => {
        if (value++ % 12 === 0) await change("bot", "bot", `value ${value}`);
        return (await reloadedFrom("bot")) === "bot";
      });
      for (const [namespace, secret] of [["calm", "calm"] as const, ["apart", "by-hand"] as const, ["shop", "shop"] as const])
        await change(namespace, secret, "another");
      await until("the shop is started anew", 60, async () => (await reloadedFrom("shop")) === "shop");
      await until("the shop's pods are others", 90, () => rolledOut("shop"));
      const after = await pods("shop");
      expect(after).toHaveLength(2);
      expect(after.filter((uid) => before.includes(uid))).toEqual([]);
      await pause(3000);
      expect([await reloadedFrom("calm"), await reloadedFrom("apart")]).toEqual([undefined, undefined]);

      expect(await work.plan(APPS!)).toBeUndefined();
      synthesize(work.root, fleet("2.0.0"));
      for (const stack of [PRIMING, APPS]) work.prepare(stack!);
      await work.apply(APPS!);
      const { spec } = await deployment("shop");
      expect(spec.template.spec.containers[0].image).toBe(`${repository}:2.0.0`);
      expect(await reloadedFrom("shop")).toBe("shop");
      // what its account may not do it would have said
      expect(reloader.log).not.toMatch(/forbidden/i);
    } finally {
      await stop();
      await reloader?.stop();
    }
    for (const stack of [APPS, PRIMING]) await work.destroy(stack!);
  }, 900_000);
});
