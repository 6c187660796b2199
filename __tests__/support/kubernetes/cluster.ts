import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { root } from "../fleet";
import { Api, type ApiObject, type Credential, pause, until } from "./api";
import { ControlPlane, kubeconfigText } from "./control-plane";
import { inventory, sweep } from "./inventory";
import { SECRET_KEYS } from "./operators";
import { controlPlanePrograms } from "./parts";
import { machineAddress, StandIn } from "./stand-in";
import { Workspace } from "./workspace";

/** A throw-away cluster: one that E2E_KUBECONFIG names, or a control plane of its own. */
export class TestCluster {
  private constructor(
    readonly folder: string,
    readonly api: Api,
    readonly standIn: StandIn,
    /** @default - the cluster is somebody else's */
    readonly plane?: ControlPlane,
    /** What somebody else's cluster had before. */
    private readonly before?: ReadonlySet<string>,
  ) {}

  static async start(): Promise<TestCluster> {
    const address = machineAddress();
    if (address === undefined) throw new Error("this machine has no address but loopback, which endpoints may not have");
    const folder = mkdtempSync(join(tmpdir(), "e2e-kubernetes-"));
    const { E2E_KUBECONFIG: config } = process.env;
    if (config) {
      const api = fromKubeconfig(config);
      const before = await inventory(api);
      return new TestCluster(folder, api, new StandIn(api.as(api.credential), folder, address), undefined, before);
    }
    const programs = controlPlanePrograms();
    if (typeof programs === "string") throw new Error(programs);
    const plane = await ControlPlane.start(programs, join(folder, "plane"), address);
    return new TestCluster(folder, plane.api(), new StandIn(plane.api("standIn"), folder, address), plane);
  }

  workspace(name: string): Workspace {
    return new Workspace(join(this.folder, name), this.api);
  }

  /** A file by which kubectl and helm reach it as its administrator. */
  kubeconfig(): string {
    const { endpoint, authority, credential } = this.api;
    const path = join(this.folder, "kubeconfig");
    writeFileSync(path, kubeconfigText(endpoint, authority, credential), { mode: 0o600 });
    return path;
  }

  async stop(): Promise<void> {
    try {
      if (this.before) await sweep(this.api, this.before);
    } finally {
      await this.standIn.stop();
      this.api.close();
      await this.plane?.stop();
    }
    if (process.env.E2E_KEEP) process.stderr.write(`kept: ${this.folder}\n`);
    else rmSync(this.folder, { recursive: true, force: true });
  }

  /** Makes the secrets that people make by hand, as soon as their namespaces are there. @returns how to end it */
  secretsByHand(places: Readonly<Record<string, readonly string[]>>): () => Promise<void> {
    let on = true;
    const loop = (async () => {
      while (on) {
        for (const [namespace, names] of Object.entries(places))
          for (const name of names)
            await this.api.post(`/api/v1/namespaces/${namespace}/secrets`, {
              apiVersion: "v1",
              kind: "Secret",
              metadata: { name },
              data: Object.fromEntries((SECRET_KEYS[name] ?? []).map((key) => [key, "eA=="])),
            });
        await pause(1000);
      }
    })().catch(() => undefined);
    return async () => {
      on = false;
      await loop;
    };
  }

  /** The default class that AKS, GKE and an existing cluster have of their own; EKS gets Meridian's. */
  async defaultClass(there: boolean): Promise<void> {
    const path = "/apis/storage.k8s.io/v1/storageclasses";
    if (!there) await this.api.remove(`${path}/e2e-default`);
    else
      await this.api.post(path, {
        apiVersion: "storage.k8s.io/v1",
        kind: "StorageClass",
        metadata: { name: "e2e-default", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
        provisioner: "e2e.example",
      });
  }

  /** Gateway API's definitions as GKE has them: there before anything is installed, and nobody else's. */
  async googleDefinitions(): Promise<void> {
    const path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    const file = join(root, "charts/definitions/gateway-api/charts/definitions/templates/definitions.yaml");
    for (const text of readFileSync(file, "utf8").split("---\n").filter(Boolean)) {
      const definition = JSON.parse(text);
      await this.api.remove(`${path}/${definition.metadata.name}`);
      delete definition.metadata.annotations["helm.sh/resource-policy"];
      const { name } = definition.metadata;
      await until(`${name} made`, 60, async () => (await this.api.post(path, definition)).status === 201);
    }
  }

  /** The definition of snapshot classes, which every cloud brings: as much of it as is needed to take one. */
  async snapshotDefinitions(): Promise<void> {
    await this.api.post("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: {
        name: "volumesnapshotclasses.snapshot.storage.k8s.io",
        annotations: { "api-approved.kubernetes.io": "https://github.com/kubernetes-csi/external-snapshotter/pull/814" },
      },
      spec: {
        group: "snapshot.storage.k8s.io",
        scope: "Cluster",
        names: { kind: "VolumeSnapshotClass", plural: "volumesnapshotclasses", singular: "volumesnapshotclass" },
        versions: [
          {
            name: "v1",
            served: true,
            storage: true,
            schema: {
              openAPIV3Schema: {
                type: "object",
                required: ["deletionPolicy", "driver"],
                properties: {
                  deletionPolicy: { type: "string", enum: ["Delete", "Retain"] },
                  driver: { type: "string" },
                  parameters: { type: "object", additionalProperties: { type: "string" } },
                },
              },
            },
          },
        ],
      },
    });
    const path = "/apis/snapshot.storage.k8s.io/v1/volumesnapshotclasses";
    await until("snapshot classes", 60, async () => (await this.api.get(path)).status === 200);
  }

  /** The version of each object of a list, which changes with every write but those of its status. */
  async generations(path: string, group: string): Promise<Readonly<Record<string, number>>> {
    const found = (await this.api.list(path)).filter(({ metadata }) => metadata.name.endsWith(group));
    return Object.fromEntries(found.map(({ metadata }) => [`${metadata.name} ${metadata.uid}`, metadata.generation ?? 0]));
  }

  /** Everything that lives outside namespaces, and the namespaces: kind/name. */
  inventory = (): Promise<ReadonlySet<string>> => inventory(this.api);

  namespaced = (path: string): Promise<readonly ApiObject[]> => this.api.list(path);
}

function fromKubeconfig(path: string): Api {
  const config = parse(readFileSync(path, "utf8"));
  const context = config.contexts.find(({ name }: { name: string }) => name === config["current-context"]).context;
  const { cluster } = config.clusters.find(({ name }: { name: string }) => name === context.cluster);
  const { user } = config.users.find(({ name }: { name: string }) => name === context.user);
  const data = (inline: string | undefined, file: string | undefined) =>
    inline ? Buffer.from(inline, "base64").toString("utf8") : file && readFileSync(file, "utf8");
  const credential: Credential = {
    token: user.token,
    certificate: data(user["client-certificate-data"], user["client-certificate"]),
    key: data(user["client-key-data"], user["client-key"]),
  };
  return new Api(cluster.server, data(cluster["certificate-authority-data"], cluster["certificate-authority"]) ?? "", credential);
}
