import { type ApiObject, until } from "../support/kubernetes/api";
import { added, TestCluster } from "../support/kubernetes/cluster";
import { missingPart } from "../support/kubernetes/parts";
import { closedPorts } from "../support/kubernetes/policies";
import { BLIND_SPOTS } from "../support/kubernetes/stand-in";
import type { Workspace } from "../support/kubernetes/workspace";
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
};
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
      say(`not real, so not seen here:\n${BLIND_SPOTS.map((spot) => `  ${spot}`).join("\n")}`);
      cluster = await TestCluster.start();
    }, 180_000);
    afterAll(() => cluster?.stop(), 60_000);

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
      await work.destroy(stack);
      return added(before, await cluster.inventory());
    }
    const definitions = (left: readonly string[]) => left.filter((name) => !name.startsWith("customresourcedefinitions/"));

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
        expect(definitions(left)).toEqual([]);
      } finally {
        await stop();
      }
    }, 1_200_000);

    test.each(["ireland", "amsterdam", "belgium"])(
      "all add-ons of %s live and go",
      async (name) => {
        const work = cluster.workspace(name);
        synthesize(work.root, allOn());
        const stack = `allon-${name}-priming`;
        await cluster.defaultClass(name !== "ireland");
        say(
          `${stack}, cut out:\n${work
            .prepare(stack)
            .map((address) => `  ${address}`)
            .join("\n")}`,
        );
        const left = await life(work, stack, [], async () => {
          expect(await policiesAndPods()).toEqual([]);
        });
        expect(definitions(left)).toEqual([]);
      },
      1_200_000,
    );
  });

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
  const refused = await api.post(path, service("balanced", "LoadBalancer"));
  expect(refused).toMatchObject({ status: 422, body: { message: expect.stringContaining("loadBalancerNamespaces") } });
  expect((await api.post(path, service("plain", "ClusterIP"))).status).toBe(201);
  expect((await api.patch(`${path}/plain`, { spec: { type: "LoadBalancer" } })).status).toBe(422);
  await api.remove(`${path}/plain`);
}
