/** What a Kubernetes API server and Helm decide. */
import { first, type Inventor, text } from "./context";

/** An object of the API: its id is "namespace/name", or its name where it belongs to no namespace. */
const object: Inventor = (s) => {
  const meta = first(s.known, "metadata");
  const name = text(meta, "name", `${text(meta, "generate_name")}${s.seed.hex(5)}`);
  const namespace = text(meta, "namespace");
  return {
    id: namespace ? `${namespace}/${name}` : name,
    metadata: { uid: s.seed.uuid(), resource_version: "1000", generation: 1, name, self_link: "" },
  };
};

/** Every kubernetes_* type is made alike. */
export function kubernetesInventor(type: string): Inventor | undefined {
  return type.startsWith("kubernetes_") ? object : undefined;
}

/** Resource types of Helm. */
export const helmInventors: Readonly<Record<string, Inventor>> = {
  helm_release: (s) => ({
    id: text(s.known, "name"),
    status: "deployed",
    manifest: "{}",
    metadata: {
      name: text(s.known, "name"),
      namespace: text(s.known, "namespace", "default"),
      chart: text(s.known, "chart"),
      version: text(s.known, "version", "0.0.0"),
      revision: 1,
      values: "{}",
      app_version: "1.0.0",
      notes: "",
      first_deployed: 1767225600,
      last_deployed: 1767225600,
    },
  }),
};

/** Data sources of Kubernetes. */
export const kubernetesFixtures: Readonly<Record<string, Inventor>> = {
  kubernetes_service_v1: (s) => ({
    ...object(s),
    status: [{ load_balancer: [{ ingress: [{ hostname: `${s.seed.hex(32)}.elb.us-east-1.amazonaws.com`, ip: "" }] }] }],
  }),
};
