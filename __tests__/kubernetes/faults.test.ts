import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { main as recover } from "../../cli/recover";
import { root } from "../support/fleet";
import { type Api, pause, until } from "../support/kubernetes/api";
import { TestCluster } from "../support/kubernetes/cluster";
import { missingPart } from "../support/kubernetes/parts";
import { ended, type Workspace } from "../support/kubernetes/workspace";
import { expectNothingPromised } from "./blind";
import { openChallenge } from "./challenge";
import { existingFleet, LAB, synthesize } from "./fleets";

const missing = missingPart();
const say = (text: string) => process.stderr.write(`${text}\n`);
const PAGE = readFileSync(join(root, "docs", "add-ons.md"), "utf8");

/** The words of a command that docs/add-ons.md tells people to type, behind its program. */
function documented(command: RegExp, words: Readonly<Record<string, string>> = {}): readonly string[] {
  const [, rest] = command.exec(PAGE) ?? [];
  if (rest === undefined) throw new Error(`docs/add-ons.md has no command like ${command}`);
  return rest.split(" ").map((word) => words[word] ?? word);
}

/** Longer than anything here takes on a busy machine: a run that was killed is waited for by another clock. */
const TIMEOUT = 600;
const SMALL = { certManager: { enabled: false }, ingress: { timeoutSeconds: TIMEOUT } };

if (missing !== undefined)
  test(`faults on a real API server: skipped, ${missing}`, () => {
    say(`e2e:kubernetes, faults, skipped: ${missing}`);
  });
else
  describe("on a real API server", () => {
    let cluster: TestCluster;
    let work: Workspace;
    const { priming } = LAB;
    beforeAll(async () => {
      cluster = await TestCluster.start();
      await cluster.defaultClass(true);
      work = cluster.workspace("faults");
      // as an operator has the plugin on PATH
      process.env.PATH = `${work.bin}${delimiter}${process.env.PATH}`;
      synthesize(work.root, existingFleet(cluster.api, { addons: SMALL }));
      work.prepare(priming);
      await work.init(priming);
    }, 180_000);
    afterAll(() => cluster?.stop(), 180_000);

    /** What recover says, some seconds from now: nothing else runs meanwhile. */
    function recovered(seconds = 0): { readonly status: number; readonly text: string } {
      const said: string[] = [];
      jest.useFakeTimers({ now: Date.now() + seconds * 1000 });
      try {
        const status = recover([priming, "--out", work.out], (text) => said.push(text));
        return { status, text: said.join("\n") };
      } finally {
        jest.useRealTimers();
      }
    }

    /** What Helm says of a release, revision by revision: a killed one says for ever that it is pending. */
    const statuses = async (api: Api, namespace: string, release: string) =>
      (await api.list(`/api/v1/namespaces/${namespace}/secrets?labelSelector=owner%3Dhelm,name%3D${release}`))
        .map(({ metadata }) => metadata.labels!)
        .sort((one, other) => Number(one.version) - Number(other.version))
        .map(({ status }) => status);

    test("a namespace that is there already is said, nothing is made in it, and the page's import takes it over", async () => {
      const namespaces = "/api/v1/namespaces";
      await cluster.api.post(namespaces, { apiVersion: "v1", kind: "Namespace", metadata: { name: "traefik" } });
      const { status, text } = await work.terraform(priming, "apply", "-auto-approve", "-input=false");
      expect({ status, text }).toMatchObject({ status: 1, text: expect.stringContaining('namespaces "traefik" already exists') });
      expect(await statuses(cluster.api, "traefik", "traefik")).toEqual([]);
      const address = /with (kubernetes_namespace_v1\.[\w-]+),/.exec(text)![1]!;
      const [, shown, name] = documented(/`terraform (import kubernetes_namespace_v1[^`]*)`/);
      expect([address.startsWith(shown!.replace("…", "")), name]).toEqual([true, "traefik"]);
      expect(await work.terraform(priming, "import", "-input=false", address, name!)).toMatchObject({ status: 0 });
      await work.apply(priming);
      expect(await work.plan(priming)).toBeUndefined();
      const { labels } = (await cluster.api.get(`${namespaces}/traefik`)).body.metadata;
      expect(labels).toMatchObject({ "pod-security.kubernetes.io/enforce": "restricted" });
      await work.destroy(priming);
      expect((await cluster.api.get(`${namespaces}/traefik`)).status).toBe(404);
    }, 600_000);

    test("a run that is killed in the middle of an installation is recovered, and goes on", async () => {
      cluster.standIn.kubelets.held.add("traefik/");
      const run = work.start(priming, "apply", "-auto-approve", "-input=false");
      const gone = ended(run);
      await until("release pending", 120, async () =>
        (await statuses(cluster.api, "traefik", "traefik")).includes("pending-install"),
      );
      // a lock that is held stops everything
      expect(recovered(2 * TIMEOUT)).toEqual({
        status: 1,
        text: expect.stringMatching(/the state is locked by .* lock [0-9a-f-]{36}\n.*force-unlock/s),
      });
      await work.kill(run);
      await gone;
      cluster.standIn.kubelets.held.clear();
      const again = await work.terraform(priming, "apply", "-auto-approve", "-input=false");
      expect(again).toMatchObject({
        status: 1,
        text: expect.stringContaining("another operation (install/upgrade/rollback) is in progress"),
      });

      expect(recovered()).toEqual({
        status: 1,
        text: expect.stringMatching(/traefik\/traefik: revision 1 is pending-install since .*\n {2}left alone/),
      });
      expect(recovered(TIMEOUT)).toEqual({
        status: 0,
        text: expect.stringMatching(/not locked\n.*pending-install.*\n {2}the record is deleted/s),
      });
      await work.apply(priming);
      expect(await statuses(cluster.api, "traefik", "traefik")).toEqual(["deployed"]);
      expect(await work.plan(priming)).toBeUndefined();
    }, 600_000);

    test("a run that is killed in the middle of an upgrade is rolled back, and goes on", async () => {
      const more = { ...SMALL, ingress: { timeoutSeconds: TIMEOUT, replicas: 3 } };
      synthesize(work.root, existingFleet(cluster.api, { addons: more }));
      cluster.standIn.kubelets.held.add("traefik/");
      const run = work.start(priming, "apply", "-auto-approve", "-input=false");
      const gone = ended(run);
      await until("release pending", 120, async () =>
        (await statuses(cluster.api, "traefik", "traefik")).includes("pending-upgrade"),
      );
      await work.kill(run);
      await gone;
      cluster.standIn.kubelets.held.clear();
      expect(recovered(TIMEOUT)).toEqual({
        status: 0,
        text: expect.stringMatching(/revision 2 is pending-upgrade.*\n {2}rolled back to revision 1/s),
      });
      await work.apply(priming);
      expect(await work.plan(priming)).toBeUndefined();
    }, 600_000);

    test("a Service that was a load balancer before the guard can be changed and go; no other can become one", async () => {
      const { api } = cluster;
      const policies = "/apis/admissionregistration.k8s.io/v1";
      const binding = await api.get(`${policies}/validatingadmissionpolicybindings/unplanned-load-balancers`);
      await api.remove(`${policies}/validatingadmissionpolicybindings/unplanned-load-balancers`);
      await pause(3000);
      const path = "/api/v1/namespaces/default/services";
      const old = {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "old", finalizers: ["service.k8s.aws/resources"] },
        spec: { type: "LoadBalancer", ports: [{ port: 80 }], selector: { a: "b" } },
      };
      expect((await api.post(path, old)).status).toBe(201);
      const { name, labels, annotations } = binding.body.metadata;
      await api.post(`${policies}/validatingadmissionpolicybindings`, {
        apiVersion: "admissionregistration.k8s.io/v1",
        kind: "ValidatingAdmissionPolicyBinding",
        metadata: { name, labels, annotations },
        spec: binding.body.spec,
      });
      const fresh = { ...old, metadata: { name: "new" } };
      await until("guard in force", 30, async () => (await api.post(`${path}?dryRun=All`, fresh)).status === 422);
      expect(
        (await api.patch(`${path}/old`, { metadata: { annotations: { a: "b" } }, spec: { selector: { a: "c" } } })).status,
      ).toBe(200);
      expect((await api.post(path, fresh)).status).toBe(422);
      expect((await api.remove(`${path}/old`)).status).toBe(200);
      expect((await api.patch(`${path}/old`, { metadata: { finalizers: [] } })).status).toBe(200);
      await until("old Service gone", 30, async () => (await api.get(`${path}/old`)).status === 404);
    }, 120_000);

    test("a release that the API refuses fails the apply with its words, what was there stays, and the next apply goes on", async () => {
      const { api } = cluster;
      synthesize(work.root, existingFleet(api, { addons: SMALL }));
      await work.apply(priming);
      const deployment = "/apis/apps/v1/namespaces/traefik/deployments/traefik";
      const template = async () => (await api.get(deployment)).body.spec.template.spec;
      const before = await template();
      const refused = {
        ...SMALL,
        ingress: { timeoutSeconds: TIMEOUT, values: { deployment: { dnsPolicy: "Nonsense" } } },
      };
      synthesize(work.root, existingFleet(api, { addons: refused }));
      const { status, text } = await work.terraform(priming, "apply", "-auto-approve", "-input=false");
      expect({ status, text }).toMatchObject({
        status: 1,
        text: expect.stringMatching(/dnsPolicy:\s+Unsupported\s+value:\s+"Nonsense"/),
      });
      expect((await statuses(api, "traefik", "traefik")).slice(-2)).toEqual(["failed", "deployed"]);
      expect(await template()).toEqual(before);
      synthesize(work.root, existingFleet(api, { addons: SMALL }));
      await work.apply(priming);
      expect(await work.plan(priming)).toBeUndefined();
    }, 600_000);

    test("what is deleted by hand no plan sees, and the page's rollback puts it back", async () => {
      const { api } = cluster;
      const deleted = [
        ["traefik", "traefik", "/apis/apps/v1/namespaces/traefik/deployments/traefik"],
        ["network-policies", "priming", "/apis/networking.k8s.io/v1/namespaces/traefik/networkpolicies/default-deny"],
      ] as const;
      for (const [, , path] of deleted) {
        expect([path, (await api.remove(path)).status]).toEqual([path, 200]);
        await until(`${path} gone`, 30, async () => (await api.get(path)).status === 404);
      }
      expect(await work.plan(priming)).toBeUndefined();
      for (const [release, namespace, path] of deleted) {
        const words = { NAMESPACE: namespace, RELEASE: release };
        const history = JSON.parse(await work.helm(...documented(/`helm (-n \S+ history [^`]*)`/, words), "--output", "json"));
        const { revision } = history.find(({ status }: { status: string }) => status === "deployed");
        await work.helm(...documented(/`helm (-n \S+ rollback [^`]*)`/, { ...words, REVISION: String(revision) }));
        expect([path, (await api.get(path)).status]).toEqual([path, 200]);
      }
      expect(await work.plan(priming)).toBeUndefined();
    }, 300_000);

    test("an API that is down, or a token that is refused, fails plan, apply and destroy, and promises nothing", async () => {
      const untried = await expectNothingPromised(cluster, work, [priming]);
      if (untried !== undefined) say(untried);
    }, 600_000);

    test("a challenge that stays open stops a destroy while cert-manager is there, and once it is gone the next one ends", async () => {
      const { api, standIn } = cluster;
      await work.destroy(priming);
      const issuing = cluster.workspace("issuing");
      const existing = { oidcIssuer: "https://issuer.e2e.example" };
      synthesize(issuing.root, existingFleet(api, { addons: { certManager: { email: "ops@e2e.example" } }, existing }));
      say(
        `cut out:\n${issuing
          .prepare(priming)
          .map((address) => `  ${address}`)
          .join("\n")}`,
      );
      await issuing.init(priming);
      await issuing.apply(priming);
      const challenges = "/apis/acme.cert-manager.io/v1/namespaces/traefik/challenges";
      expect(await api.post(challenges, openChallenge())).toMatchObject({ status: 201 });
      standIn.operators.heldFinalizers.add("challenges");
      await api.remove(`${challenges}/open`);
      const stopped = await issuing.terraform(priming, "destroy", "-auto-approve", "-input=false");
      expect(stopped).toMatchObject({ status: 1, text: expect.stringContaining("no-open-challenges") });
      expect((await api.get("/apis/apps/v1/namespaces/cert-manager/deployments/cert-manager")).status).toBe(200);
      standIn.operators.heldFinalizers.clear();
      await until("challenge gone", 30, async () => (await api.get(`${challenges}/open`)).status === 404);
      await issuing.destroy(priming);
      expect((await api.get("/api/v1/namespaces/cert-manager")).status).toBe(404);
    }, 900_000);
  });
