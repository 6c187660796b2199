import { DataKubernetesNamespaceV1 } from "@cdktf/provider-kubernetes/lib/data-kubernetes-namespace-v1";
import { dependable } from "cdktf";
import { Construct } from "constructs";
import { objectsChart } from "../helm/chart-source";
import { helmRelease } from "../helm/release";
import type { Values } from "../helm/values";

export interface WeightedRoutesProps {
  /** Name of the application. */
  readonly name: string;
  readonly namespace: string;
  /** Hosts whose requests are shared out. */
  readonly hosts: readonly string[];
  /** By the name of each Service: what part of the requests it gets, at port 80. */
  readonly weights: Readonly<Record<string, number>>;
  /** Whose routes the ingress controller reads. */
  readonly route: "traefik" | "gateway";
}

/** Shares the requests to an application out among its versions, each a Service that is there already. */
export class WeightedRoutes extends Construct {
  constructor(scope: Construct, id: string, props: WeightedRoutesProps) {
    super(scope, id);
    const { name, namespace } = props;
    // fails a plan and a destroy when the API can't be reached, which to helm 3.1.1 means that nothing is installed
    const read = new DataKubernetesNamespaceV1(this, `namespace-${namespace}`, { metadata: { name: namespace } });
    const release = helmRelease(this, "routes", {
      name: `${name}-routes`,
      chart: objectsChart(this),
      namespace,
      values: { objects: props.route === "gateway" ? [httpRoute(props)] : traefikObjects(props) },
      timeoutSeconds: 300,
    });
    release.dependsOn = [dependable(read)];
  }
}

const backends = ({ weights }: WeightedRoutesProps) =>
  Object.entries(weights).map(([name, weight]) => ({ name, port: 80, weight }));

function httpRoute(props: WeightedRoutesProps): Values {
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: { name: props.name, namespace: props.namespace },
    spec: {
      parentRefs: [{ name: "ingress", namespace: "envoy-gateway" }],
      hostnames: [...props.hosts],
      rules: [{ backendRefs: backends(props) }],
    },
  };
}

/** An Ingress has no weights. */
function traefikObjects(props: WeightedRoutesProps): readonly Values[] {
  const { name, namespace, hosts } = props;
  const metadata = { name, namespace };
  return [
    {
      apiVersion: "traefik.io/v1alpha1",
      kind: "TraefikService",
      metadata,
      spec: { weighted: { services: backends(props) } },
    },
    {
      apiVersion: "traefik.io/v1alpha1",
      kind: "IngressRoute",
      metadata,
      spec: {
        entryPoints: ["websecure"],
        routes: [
          {
            kind: "Rule",
            match: hosts.map((host) => `Host(\`${host}\`)`).join(" || "),
            services: [{ kind: "TraefikService", name }],
          },
        ],
        // no secret: the ingress controller's own certificate serves them
        tls: {},
      },
    },
  ];
}
