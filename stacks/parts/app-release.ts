import type { AppChart, AppRelease, Smoke } from "../../constructs/apps/app-release";
import { CURL_IMAGE } from "../../constructs/helm/images";
import { releaseName } from "../../model/derived/app-colours";
import { clusterHost, hostsOf } from "../../model/derived/app-hosts";
import { identityOf } from "../../model/derived/app-rights";
import { appSecrets, serviceSecrets } from "../../model/derived/app-secrets";
import { appValues } from "../../model/derived/app-values";
import { logsInByIdentity, needsIdentity } from "../../model/derived/identity-logins";
import { hasTagVariable, namespaceOf } from "../../model/derived/placement";
import { pullSecret } from "../../model/derived/pulls";
import { imageRepository } from "../../model/derived/registries";
import { merge } from "../../model/reading/merge";
import type { App } from "../../model/schema/apps";
import type { Cluster } from "../../model/schema/cluster";
import type { Fleet } from "../../model/schema/fleet";
import { type PlacedValues, serviceValues } from "../../model/schema/service";
import { storeName } from "./app-secrets";

/** Services of the ingress controllers, as they are called in a cluster. */
const INGRESS_SERVICE = { traefik: "traefik.traefik", "envoy-gateway": "envoy-ingress.envoy-gateway" } as const;

/**
 * An application of the fleet file as it is installed on one cluster.
 * @param colour the one that is installed. @default - it has none
 */
export function appRelease(fleet: Fleet, cluster: Cluster, name: string, given: App, colour?: string): AppRelease {
  const app = pulledFrom(fleet, cluster, given);
  const chart = chartOf(app);
  const smoke = app.smoke && smokeOf(fleet, cluster, releaseName(name, colour), app.smoke);
  const common = {
    name: releaseName(name, colour),
    namespace: namespaceOf(name, app),
    chart,
    after: app.after,
    secrets: appSecrets(fleet, cluster, name, app, colour).map(({ secret, entry, store, host, fields }) => ({
      secret,
      entry,
      store: storeName(store),
      host,
      fields,
    })),
    failed: app.failed,
    timeoutSeconds: app.timeoutSeconds,
  };
  const values = appValues(fleet, cluster, name, app, colour);
  if (chart.from === "own") {
    const service = serviceValues.parse(values);
    // where no pod runs, nobody answers
    const placed = placedValues(fleet, cluster, name, app, service.replicas > 0 ? smoke : undefined, colour);
    return {
      ...common,
      values: { ...service, ...serviceSecrets(fleet, cluster, name, app, service, colour), ...placed },
      tagAt: hasTagVariable(app) ? ["image", "tag"] : undefined,
    };
  }
  if (!app.image) return { ...common, values, smoke };
  const at = app.image.at.split(".");
  return {
    ...common,
    values: withImage(withPullSecret(fleet, cluster, releaseName(name, colour), app, values), at, app.image),
    tagAt: hasTagVariable(app) ? [...at, "tag"] : undefined,
    smoke,
  };
}

/** The application with its image as this cluster pulls it. */
const pulledFrom = (fleet: Fleet, cluster: Cluster, app: App): App =>
  app.image ? { ...app, image: { ...app.image, repository: imageRepository(fleet, cluster, app.image) } } : app;

function chartOf({ chart, repository, version }: App): AppChart {
  if (chart === undefined) return { from: "own" };
  if (/^\.\.?\//.test(chart)) return { from: "folder", path: chart };
  return { from: "repository", chart, repository: repository!, version: version! };
}

function placedValues(
  fleet: Fleet,
  cluster: Cluster,
  name: string,
  app: App,
  smoke: Smoke | undefined,
  colour: string | undefined,
): PlacedValues {
  const { image, rights } = app;
  const { repository, tag, digest, pullSecrets } = image!;
  const login = pullSecret(fleet, cluster, releaseName(name, colour), app);
  return {
    image: { repository, tag, ...(digest !== undefined && { digest }), pullSecrets: [...pullSecrets, ...(login ? [login] : [])] },
    ...(needsIdentity(app) && { serviceAccount: identityOf(name) }),
    // by which AKS' webhook finds the pods that get an identity
    ...(cluster.cloud === "azure" &&
      (rights?.azure || logsInByIdentity(app)) && { podLabels: { "azure.workload.identity/use": "true" } }),
    // a colour answers by a host of its own; the others are shared out by the routes
    hosts:
      colour === undefined
        ? [...hostsOf(fleet, cluster.name, name)]
        : [clusterHost(fleet, cluster.name, releaseName(name, colour))],
    route: cluster.addons.ingress.controller === "envoy-gateway" ? "gateway" : "traefik",
    ...(smoke && { smoke }),
  };
}

function smokeOf(
  fleet: Fleet,
  cluster: Cluster,
  name: string,
  { path, host, expect, timeoutSeconds }: NonNullable<App["smoke"]>,
): Smoke {
  const { controller } = cluster.addons.ingress;
  if (controller === "none")
    throw new Error(`cluster ${cluster.name} has no ingress controller that application ${name} could be asked through`);
  return {
    host: host ?? clusterHost(fleet, cluster.name, name),
    path,
    expect,
    timeoutSeconds,
    ingress: INGRESS_SERVICE[controller],
    // its node ports are behind a balancer that sends the header; Traefik takes connections without it too
    proxyProtocol: controller === "envoy-gateway" && cluster.cloud === "aws",
    image: CURL_IMAGE,
  };
}

/** The values with the Secret that this cluster pulls with, where the chart takes it and the file says nothing else. */
function withPullSecret(
  fleet: Fleet,
  cluster: Cluster,
  release: string,
  app: App,
  values: AppRelease["values"],
): AppRelease["values"] {
  const secret = pullSecret(fleet, cluster, release, app);
  const at = app.image!.pullSecretsAt.split(".");
  return secret === undefined ? values : merge(under(at, [{ name: secret }]), values);
}

const under = ([key, ...rest]: readonly string[], value: unknown): AppRelease["values"] => ({
  [key!]: rest.length === 0 ? value : under(rest, value),
});

/** The values with the image's repository, and its tag where it is no variable, where the chart takes them. */
function withImage(
  values: AppRelease["values"],
  [key, ...rest]: readonly string[],
  image: NonNullable<App["image"]>,
): AppRelease["values"] {
  const below = values[key!];
  const inner = below !== null && typeof below === "object" && !Array.isArray(below) ? (below as AppRelease["values"]) : {};
  if (rest.length > 0) return { ...values, [key!]: withImage(inner, rest, image) };
  return {
    ...values,
    [key!]: { ...inner, repository: image.repository, ...(image.tag !== "variable" && { tag: image.tag }) },
  };
}
