import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Api, type ApiObject, STRATEGIC } from "./api";
import { kubeconfigText } from "./control-plane";
import { Ingress } from "./ingress";
import { program } from "./parts";

const now = () => new Date().toISOString().replace(/\.\d+Z$/, "Z");
const ZONES = ["a", "b", "c"];

const isReady = ({ status: said }: ApiObject): boolean =>
  said?.conditions?.some(({ type, status }: { type: string; status: string }) => type === "Ready" && status === "True") ?? false;

/** In the place of kubelets: nodes that are there, and pods that become ready or are done. */
export class Kubelets {
  /** Why a pod is not ready, by namespace/name. */
  readonly waiting = new Map<string, string>();
  /** Prefixes of namespace/name of pods that never become ready. */
  readonly held = new Set<string>();
  private readonly running = new Set<string>();
  /** What answers jobs that ask an application. */
  readonly ingress: Ingress;

  constructor(
    private readonly api: Api,
    /** Every pod's address. */
    private readonly address: string,
  ) {
    this.ingress = new Ingress(api);
  }

  async nodes(): Promise<void> {
    for (const zone of ZONES) {
      const name = `e2e-node-${zone}`;
      const lease = `/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases`;
      const spec = { holderIdentity: name, leaseDurationSeconds: 40, renewTime: new Date().toISOString().replace("Z", "000Z") };
      if ((await this.api.patch(`${lease}/${name}`, { spec })).status === 404)
        await this.api.post(lease, { apiVersion: "coordination.k8s.io/v1", kind: "Lease", metadata: { name }, spec });
      const { status, body } = await this.api.get(`/api/v1/nodes/${name}`);
      if (status === 404) await this.makeNode(name, zone);
      // of an earlier suite, whose last heartbeat is long ago
      else if (!isReady(body)) await this.reportNode(name);
    }
  }

  private async makeNode(name: string, zone: string): Promise<void> {
    const labels = {
      "kubernetes.io/hostname": name,
      "kubernetes.io/os": "linux",
      "kubernetes.io/arch": "amd64",
      "topology.kubernetes.io/zone": `e2e-${zone}`,
      "topology.kubernetes.io/region": "e2e",
    };
    await this.api.post("/api/v1/nodes", { apiVersion: "v1", kind: "Node", metadata: { name, labels } });
    await this.reportNode(name);
  }

  private async reportNode(name: string): Promise<void> {
    const room = { cpu: "32", memory: "128Gi", pods: "250", "ephemeral-storage": "500Gi" };
    const conditions = [
      { type: "Ready", status: "True", reason: "StandIn", lastHeartbeatTime: now(), lastTransitionTime: now() },
      ...["MemoryPressure", "DiskPressure", "PIDPressure"].map((type) => ({ type, status: "False", reason: "StandIn" })),
    ];
    await this.api.patch(
      `/api/v1/nodes/${name}/status`,
      { status: { capacity: room, allocatable: room, conditions, addresses: [{ type: "InternalIP", address: this.address }] } },
      STRATEGIC,
    );
  }

  async pods(): Promise<void> {
    for (const pod of await this.api.list("/api/v1/pods?resourceVersion=0")) {
      const { name, namespace, deletionTimestamp } = pod.metadata;
      const key = `${namespace}/${name}`;
      const path = `/api/v1/namespaces/${namespace}/pods/${name}`;
      if (!pod.spec.nodeName) continue;
      if (deletionTimestamp) {
        await this.api.remove(path, { apiVersion: "v1", kind: "DeleteOptions", gracePeriodSeconds: 0 });
        continue;
      }
      const isJob = pod.metadata.ownerReferences?.[0]?.kind === "Job";
      const ready = isReady(pod);
      if (["Succeeded", "Failed"].includes(pod.status?.phase) || (ready && !isJob) || this.running.has(key)) continue;
      if ([...this.held].some((prefix) => key.startsWith(prefix))) continue;
      const reason = await this.missing(pod);
      if (reason !== undefined) {
        this.waiting.set(key, reason);
        continue;
      }
      this.waiting.delete(key);
      if (isJob) void this.runJob(pod, path, key);
      else await this.report(pod, path, "Running");
    }
  }

  private report(pod: ApiObject, path: string, phase: "Running" | "Succeeded" | "Failed"): Promise<unknown> {
    const up = phase === "Running";
    const state = up
      ? { running: { startedAt: now() } }
      : { terminated: { exitCode: phase === "Failed" ? 1 : 0, reason: "StandIn", startedAt: now(), finishedAt: now() } };
    const statuses = (containers: readonly ApiObject[] = []) =>
      containers.map(({ name, image }) => ({ name, image, imageID: "stand-in", ready: up, restartCount: 0, started: up, state }));
    const conditions = ["PodScheduled", "Initialized", "ContainersReady", "Ready"].map((type) => ({
      type,
      status: up || type === "PodScheduled" ? "True" : "False",
      lastTransitionTime: now(),
    }));
    const done = { terminated: { exitCode: 0, reason: "StandIn", startedAt: now(), finishedAt: now() } };
    const status = {
      phase,
      conditions,
      startTime: now(),
      podIP: this.address,
      podIPs: [{ ip: this.address }],
      hostIP: this.address,
      hostIPs: [{ ip: this.address }],
      containerStatuses: statuses(pod.spec.containers),
      initContainerStatuses: statuses(pod.spec.initContainers).map((one) => ({ ...one, ready: true, state: done })),
    };
    return this.api.patch(`${path}/status`, { status }, STRATEGIC);
  }

  /** Jobs are done at once, but those of kubectl and curl run: with the real programs, and kubectl with the pod's own rights. */
  private async runJob(pod: ApiObject, path: string, key: string): Promise<void> {
    this.running.add(key);
    try {
      await this.report(pod, path, "Running");
      let ok = true;
      for (const container of [...(pod.spec.initContainers ?? []), ...pod.spec.containers])
        if (ok && /\/kubectl[:@]/.test(container.image)) ok = await this.kubectl(pod, container);
        else if (ok && /\/curl[:@]/.test(container.image) && program("curl")) ok = await this.curl(container);
      await leaveBehind(this.api, pod);
      await this.report(pod, path, ok ? "Succeeded" : "Failed");
    } catch (error) {
      this.waiting.set(key, String(error));
    } finally {
      this.running.delete(key);
    }
  }

  private async kubectl(pod: ApiObject, container: ApiObject): Promise<boolean> {
    const { namespace } = pod.metadata;
    const account = pod.spec.serviceAccountName ?? "default";
    const { body, status } = await this.api.post(`/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`, {
      apiVersion: "authentication.k8s.io/v1",
      kind: "TokenRequest",
      spec: { expirationSeconds: 3600 },
    });
    if (status >= 300) throw new Error(`no token for ${namespace}/${account}: ${body.message}`);
    const folder = mkdtempSync(join(tmpdir(), "job-"));
    try {
      const config = join(folder, "kubeconfig");
      writeFileSync(config, kubeconfigText(this.api.endpoint, this.api.authority, { token: body.status.token }), { mode: 0o600 });
      return await new Promise<boolean>((resolve) => {
        const args = [`--kubeconfig=${config}`, ...(container.command ?? []).slice(1), ...(container.args ?? [])];
        spawn(program("kubectl")!, args, { stdio: "ignore" }).on("exit", (code) => resolve(code === 0));
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** A container's own script, by a shell and curl: what it connects to is the stand-in of the ingress controller. */
  private async curl({ command, args = [], env = [] }: ApiObject): Promise<boolean> {
    const said = Object.fromEntries(env.map(({ name, value }: { name: string; value: string }) => [name, value ?? ""]));
    const [shell, ...rest] = [...command, ...args];
    const environment = { PATH: process.env.PATH, CURL_HOME: await this.ingress.curlHome(), ...said };
    return new Promise((resolve) =>
      spawn(shell, rest, { env: environment, stdio: "ignore" }).on("exit", (code) => resolve(code === 0)),
    );
  }

  /** What a kubelet would wait for: a Secret or ConfigMap, or a key in it, that is not there. */
  private async missing(pod: ApiObject): Promise<string | undefined> {
    const { namespace } = pod.metadata;
    for (const { kind, name, keys } of references(pod)) {
      const { status, body } = await this.api.get(`/api/v1/namespaces/${namespace}/${kind}/${name}`);
      if (status === 404) return `${kind} ${name} is missing`;
      const there = { ...body.data, ...body.binaryData };
      const key = keys.find((one) => !(one in there));
      if (key !== undefined) return `${kind} ${name} has no key ${key}`;
    }
    return undefined;
  }
}

interface Reference {
  readonly kind: "secrets" | "configmaps";
  readonly name: string;
  readonly keys: readonly string[];
}

function references({ spec }: ApiObject): readonly Reference[] {
  const found: Reference[] = [];
  const add = (
    kind: Reference["kind"],
    source: ApiObject | undefined,
    name: string | undefined,
    keys: readonly string[] = [],
  ) => {
    if (source && !source.optional && name !== undefined) found.push({ kind, name, keys });
  };
  const items = (source: ApiObject | undefined) => (source?.items ?? []).map(({ key }: { key: string }) => key);
  for (const volume of spec.volumes ?? []) {
    add("secrets", volume.secret, volume.secret?.secretName, items(volume.secret));
    add("configmaps", volume.configMap, volume.configMap?.name, items(volume.configMap));
    for (const source of volume.projected?.sources ?? []) {
      add("secrets", source.secret, source.secret?.name, items(source.secret));
      add("configmaps", source.configMap, source.configMap?.name, items(source.configMap));
    }
  }
  for (const container of [...spec.containers, ...(spec.initContainers ?? [])]) {
    for (const { valueFrom } of container.env ?? []) {
      const { secretKeyRef, configMapKeyRef } = valueFrom ?? {};
      add("secrets", secretKeyRef, secretKeyRef?.name, [secretKeyRef?.key]);
      add("configmaps", configMapKeyRef, configMapKeyRef?.name, [configMapKeyRef?.key]);
    }
    for (const { secretRef, configMapRef } of container.envFrom ?? []) {
      add("secrets", secretRef, secretRef?.name);
      add("configmaps", configMapRef, configMapRef?.name);
    }
  }
  return found;
}

/** Secrets that jobs of charts make, by a part of the pod's name: the next pods wait for them. */
const MADE_BY_JOBS: readonly (readonly [string, Readonly<Record<string, readonly string[]>>])[] = [
  ["admission-create", { "kube-prometheus-stack-admission": ["ca", "cert", "key"] }],
  [
    "certgen",
    {
      "envoy-gateway": ["ca.crt", "tls.crt", "tls.key"],
      envoy: ["ca.crt", "tls.crt", "tls.key"],
      "envoy-rate-limit": ["ca.crt", "tls.crt", "tls.key"],
      "envoy-oidc-hmac": ["hmac-secret"],
    },
  ],
];

async function leaveBehind(api: Api, { metadata }: ApiObject): Promise<void> {
  for (const [part, secrets] of MADE_BY_JOBS)
    if (metadata.name.includes(part))
      for (const [name, keys] of Object.entries(secrets))
        await api.post(`/api/v1/namespaces/${metadata.namespace}/secrets`, {
          apiVersion: "v1",
          kind: "Secret",
          metadata: { name },
          data: Object.fromEntries(keys.map((key) => [key, "eA=="])),
        });
}
