/** An API version that newer Kubernetes doesn't serve any more. */
export interface RemovedApi {
  readonly apiVersion: string;
  /** @default - all kinds */
  readonly kinds?: readonly string[];
  /** Minor version of Kubernetes that no longer has it. */
  readonly removedIn: string;
}

/** Kubernetes' deprecated API migration guide, from 1.22 on. */
export const REMOVED_APIS: readonly RemovedApi[] = [
  {
    apiVersion: "admissionregistration.k8s.io/v1beta1",
    kinds: ["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"],
    removedIn: "1.22",
  },
  { apiVersion: "apiextensions.k8s.io/v1beta1", removedIn: "1.22" },
  { apiVersion: "apiregistration.k8s.io/v1beta1", removedIn: "1.22" },
  { apiVersion: "extensions/v1beta1", removedIn: "1.22" },
  { apiVersion: "networking.k8s.io/v1beta1", kinds: ["Ingress", "IngressClass"], removedIn: "1.22" },
  { apiVersion: "rbac.authorization.k8s.io/v1beta1", removedIn: "1.22" },
  { apiVersion: "scheduling.k8s.io/v1beta1", removedIn: "1.22" },
  {
    apiVersion: "storage.k8s.io/v1beta1",
    kinds: ["CSIDriver", "CSINode", "StorageClass", "VolumeAttachment"],
    removedIn: "1.22",
  },
  { apiVersion: "batch/v1beta1", removedIn: "1.25" },
  { apiVersion: "discovery.k8s.io/v1beta1", removedIn: "1.25" },
  { apiVersion: "events.k8s.io/v1beta1", removedIn: "1.25" },
  { apiVersion: "autoscaling/v2beta1", removedIn: "1.25" },
  { apiVersion: "policy/v1beta1", removedIn: "1.25" },
  { apiVersion: "node.k8s.io/v1beta1", removedIn: "1.25" },
  { apiVersion: "autoscaling/v2beta2", removedIn: "1.26" },
  { apiVersion: "flowcontrol.apiserver.k8s.io/v1beta1", removedIn: "1.26" },
  { apiVersion: "storage.k8s.io/v1beta1", kinds: ["CSIStorageCapacity"], removedIn: "1.27" },
  { apiVersion: "flowcontrol.apiserver.k8s.io/v1beta2", removedIn: "1.29" },
  { apiVersion: "flowcontrol.apiserver.k8s.io/v1beta3", removedIn: "1.32" },
];
