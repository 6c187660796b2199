import { type Api, type ApiObject, pause } from "./api";

/** In the place of a cloud's controllers: volumes for claims, addresses for load balancers. */
const CLEANUP = "service.kubernetes.io/load-balancer-cleanup";

export async function bindClaims(api: Api): Promise<void> {
  for (const claim of await api.list("/api/v1/persistentvolumeclaims?resourceVersion=0")) {
    const { metadata, spec, status } = claim;
    if (status?.phase !== "Pending" || spec.volumeName || !spec.storageClassName || metadata.deletionTimestamp) continue;
    const { status: found, body: storage } = await api.get(`/apis/storage.k8s.io/v1/storageclasses/${spec.storageClassName}`);
    if (found !== 200) continue;
    const waits = storage.volumeBindingMode === "WaitForFirstConsumer";
    if (waits && !metadata.annotations?.["volume.kubernetes.io/selected-node"]) continue;
    await api.post("/api/v1/persistentvolumes", volume(claim, storage));
  }
  for (const { metadata, spec, status } of await api.list("/api/v1/persistentvolumes?resourceVersion=0"))
    if (status?.phase === "Released" && spec.persistentVolumeReclaimPolicy === "Delete")
      await api.remove(`/api/v1/persistentvolumes/${metadata.name}`);
}

function volume({ metadata, spec }: ApiObject, storage: ApiObject): object {
  const name = `pvc-${metadata.uid}`;
  return {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name, annotations: { "pv.kubernetes.io/provisioned-by": storage.provisioner } },
    spec: {
      accessModes: spec.accessModes,
      capacity: spec.resources.requests,
      persistentVolumeReclaimPolicy: storage.reclaimPolicy ?? "Delete",
      storageClassName: spec.storageClassName,
      claimRef: {
        apiVersion: "v1",
        kind: "PersistentVolumeClaim",
        name: metadata.name,
        namespace: metadata.namespace,
        uid: metadata.uid,
      },
      csi: { driver: String(storage.provisioner).replace("/", "."), volumeHandle: name },
    },
  };
}

/** Gives load balancers an address and the finalizer by which a cloud takes them back before the Service is gone. */
export async function balance(api: Api): Promise<void> {
  for (const { metadata, spec, status } of await api.list("/api/v1/services?resourceVersion=0")) {
    const path = `/api/v1/namespaces/${metadata.namespace}/services/${metadata.name}/status`;
    const finalizers = metadata.finalizers ?? [];
    if (metadata.deletionTimestamp && finalizers.includes(CLEANUP)) {
      // a cloud takes its time
      await pause(200);
      await api.patch(path, { metadata: { finalizers: finalizers.filter((one) => one !== CLEANUP) } });
    } else if (spec.type === "LoadBalancer" && !metadata.deletionTimestamp && !status?.loadBalancer?.ingress)
      await api.patch(path, {
        metadata: { finalizers: [...new Set([...finalizers, CLEANUP])] },
        status: { loadBalancer: { ingress: [{ ip: "203.0.113.10" }] } },
      });
  }
}
