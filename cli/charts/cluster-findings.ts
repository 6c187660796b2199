import type { Cloud } from "../../model/schema/common";
import { podSpec } from "./objects";
import type { KubeObject } from "./render";

/** What only all objects of a cluster together show. */
export function clusterFindings(objects: readonly KubeObject[], cloud: Cloud): string[] {
  return [
    ...loadBalancers(objects),
    ...policyPorts(objects),
    ...defaultClasses(objects),
    ...ingressAddress(objects, cloud),
    ...issuers(objects),
    ...identities(objects, cloud),
  ];
}

/** Every LoadBalancer but the ingress would be refused by the cluster itself. */
function loadBalancers(objects: readonly KubeObject[]): string[] {
  const guard = objects.find(
    ({ kind, metadata }) => kind === "ValidatingAdmissionPolicyBinding" && metadata.name === "unplanned-load-balancers",
  );
  const spec = guard?.spec as { matchResources: { namespaceSelector: { matchExpressions: { values: string[] }[] } } } | undefined;
  if (!spec) return [];
  const allowed = spec.matchResources.namespaceSelector.matchExpressions[0]!.values;
  return objects
    .filter(({ kind, spec, metadata }) => isBalancer(kind, spec) && !allowed.includes(metadata.namespace ?? ""))
    .map(({ metadata }) => `Service ${metadata.namespace}/${metadata.name} is a load balancer that the guard refuses`);
}

const isBalancer = (kind: string, spec: unknown) => kind === "Service" && (spec as { type?: string }).type === "LoadBalancer";

/** A network policy opens ports by name: some pod must have a port of that name. */
function policyPorts(objects: readonly KubeObject[]): string[] {
  return objects.flatMap((object) => {
    if (object.kind !== "NetworkPolicy") return [];
    const { namespace } = object.metadata;
    const ports = objects
      .filter(({ metadata }) => metadata.namespace === namespace)
      .flatMap((other) => podSpec(other)?.containers.flatMap((container) => container.ports ?? []) ?? []);
    const rules = (object.spec as { ingress?: { ports?: { port: string | number }[] }[] }).ingress ?? [];
    return rules
      .flatMap((rule) => rule.ports ?? [])
      .filter(({ port }) => typeof port === "string" && !ports.some(({ name }) => name === port))
      .map(({ port }) => `NetworkPolicy ${namespace}/${object.metadata.name}: no pod has a port named ${port}`);
  });
}

function defaultClasses(objects: readonly KubeObject[]): string[] {
  const names = objects
    .filter(
      ({ kind, metadata }) =>
        kind === "StorageClass" && metadata.annotations?.["storageclass.kubernetes.io/is-default-class"] === "true",
    )
    .map(({ metadata }) => metadata.name);
  return names.length > 1 ? [`more than one default storage class: ${names.join(", ")}`] : [];
}

/** The annotation by which a cloud's controller finds the static address. */
const ADDRESS: Readonly<Partial<Record<Cloud, string>>> = {
  azure: "service.beta.kubernetes.io/azure-pip-name",
  google: "networking.gke.io/load-balancer-ip-addresses",
};

/** Name of the release, its namespace and its service. */
const TRAEFIK = "traefik";

interface ServiceSpec {
  readonly type?: string;
  readonly ports?: readonly { readonly port: number; readonly nodePort?: number }[];
}

/** The ingress controller's service is on the address that Terraform made. */
function ingressAddress(objects: readonly KubeObject[], cloud: Cloud): string[] {
  if (cloud === "existing") return [];
  const services = ingressServices(objects);
  const controller = objects.find((object) => object.metadata.namespace === TRAEFIK && podSpec(object));
  if (controller && services.length === 0)
    return [`${controller.kind} ${TRAEFIK}/${controller.metadata.name}: no service named ${TRAEFIK}`];
  return services.flatMap(({ name, spec, annotations }) => {
    if (cloud === "aws") {
      const ports = new Map((spec.ports ?? []).map(({ port, nodePort }) => [port, nodePort]));
      const fixed = spec.type === "NodePort" && ports.get(80) === 30080 && ports.get(443) === 30081;
      return fixed ? [] : [`${name}: EKS's load balancer sends to node ports 30080 and 30081, which this service has not`];
    }
    const annotation = ADDRESS[cloud]!;
    const bound = spec.type === "LoadBalancer" && Boolean(annotations[annotation]);
    return bound ? [] : [`${name}: not bound to the static address by ${annotation}`];
  });
}

function ingressServices(objects: readonly KubeObject[]) {
  return objects.flatMap((object) => {
    const name = `${object.kind} ${object.metadata.namespace}/${object.metadata.name}`;
    if (object.kind === "Service" && object.metadata.name === TRAEFIK)
      return [{ name, spec: object.spec as ServiceSpec, annotations: object.metadata.annotations ?? {} }];
    if (object.kind !== "EnvoyProxy") return [];
    // Envoy Gateway makes the service later, from this
    const service = (object.spec as { provider: { kubernetes: { envoyService: EnvoyService } } }).provider.kubernetes
      .envoyService;
    return [
      { name, spec: { type: service.type, ports: service.patch?.value.spec.ports }, annotations: service.annotations ?? {} },
    ];
  });
}
interface EnvoyService {
  readonly type: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly patch?: { readonly value: { readonly spec: ServiceSpec } };
}

interface Solver {
  readonly http01?: object;
  readonly dns01?: {
    readonly route53?: {
      readonly role?: string;
      readonly auth?: { readonly kubernetes?: { readonly serviceAccountRef?: object } };
    };
    readonly azureDNS?: { readonly managedIdentity?: { readonly clientID?: string } };
  };
}

/** Issuers prove names by DNS-01, with an identity and no key. */
function issuers(objects: readonly KubeObject[]): string[] {
  return objects.flatMap(({ kind, metadata, spec }) => {
    if (kind !== "ClusterIssuer") return [];
    const { solvers = [] } = (spec as { acme?: { solvers?: readonly Solver[] } }).acme ?? {};
    const keyless = ({ http01, dns01 }: Solver) =>
      http01 === undefined &&
      Boolean(
        (dns01?.route53?.role && dns01.route53.auth?.kubernetes?.serviceAccountRef) || dns01?.azureDNS?.managedIdentity?.clientID,
      );
    return solvers.length > 0 && solvers.every(keyless) ? [] : [`ClusterIssuer ${metadata.name}: no keyless DNS-01 solver`];
  });
}

/** Annotation of a service account that has an identity of its cloud. EKS associates one by the account's name alone. */
const IDENTITY: Readonly<Partial<Record<Cloud, string>>> = {
  azure: "azure.workload.identity/client-id",
  google: "iam.gke.io/gcp-service-account",
};

function identities(objects: readonly KubeObject[], cloud: Cloud): string[] {
  const account = (name: string, namespace: string) =>
    objects.find(
      (object) => object.kind === "ServiceAccount" && object.metadata.name === name && object.metadata.namespace === namespace,
    );
  const pods = (name: string) =>
    objects.flatMap((object) => (object.kind === "Deployment" && object.metadata.name === name ? [podSpec(object)!] : []));
  const found: string[] = [];
  const annotation = IDENTITY[cloud];
  // without a store of its own the namespaces' stores have their own accounts (docs/databases.md)
  if (objects.some(({ kind }) => kind === "ClusterSecretStore")) {
    const own = account("external-secrets", "external-secrets");
    if (!own || (annotation && !own.metadata.annotations?.[annotation]))
      found.push("external-secrets: its service account has no identity");
  }
  if (cloud === "aws" && pods("cluster-autoscaler").length > 0 && !account("cluster-autoscaler", "cluster-autoscaler"))
    found.push("cluster-autoscaler: the service account that has the role is not there");
  for (const { containers } of pods("external-dns")) {
    const environment = containers.flatMap((container) => (container as { env?: { name: string }[] }).env ?? []);
    const byToken = environment.some(({ name }) => name === "AWS_ROLE_ARN");
    const byAzure = account("external-dns", "external-dns")?.metadata.annotations?.["azure.workload.identity/client-id"];
    if (!byToken && !byAzure) found.push("external-dns: neither a role nor an Azure identity");
  }
  return found;
}
