import { identityOf } from "../../derived/app-rights";
import { appValues, placeholdersIn } from "../../derived/app-values";
import { logsInByIdentity, needsIdentity } from "../../derived/identity-logins";
import { appsOn, namespaceOf } from "../../derived/placement";
import type { Problem, Rule } from "../../problems/problem";
import type { App } from "../../schema/apps";
import type { Cluster } from "../../schema/cluster";
import type { Fleet } from "../../schema/fleet";
import type { Rights } from "../../schema/rights";

const CLOUDS = ["aws", "azure", "google"] as const;

/** Rights are given in clouds where the application runs, and its pods run as the account that has them, or that logs in to databases. */
export const appRights: Rule = (fleet) =>
  Object.entries(fleet.apps).flatMap(([name, app]) => {
    if (!needsIdentity(app)) return [];
    const clusters = fleet.clusters.filter((cluster) => appsOn(fleet, cluster.name)[name]);
    return [
      ...(app.rights ? nothingGiven(app.rights) : []),
      ...elsewhere(app, clusters),
      ...(app.chart === undefined ? accountProblems(app) : chartProblems(fleet, name, app, clusters)),
      ...taken(fleet, name, app),
    ].map((problem) => ({ ...problem, path: ["apps", name, ...problem.path] }));
  });

/** An identity that may do nothing is a slip: what was meant isn't there. */
function nothingGiven(rights: Rights): Problem[] {
  const given = CLOUDS.filter((cloud) => rights[cloud] !== undefined);
  if (given.length === 0)
    return [
      {
        path: ["rights"],
        message:
          "no right stands there: write what it may do, such as `aws: { buckets: { media: write } }`, or leave `rights` out",
      },
    ];
  return given
    .filter((cloud) => Object.values(rights[cloud]!).every((some) => Object.keys(some as object).length === 0))
    .map((cloud) => ({
      path: ["rights", cloud],
      message: `no right stands there: write ${EXAMPLE[cloud]}, or leave \`${cloud}\` out`,
    }));
}

const EXAMPLE = {
  aws: "`buckets`, `queues` or `policies`",
  azure: "a role and its scope",
  google: "`buckets` or `roles`",
} as const;

function elsewhere({ rights }: App, clusters: readonly Cluster[]): Problem[] {
  return CLOUDS.filter((cloud) => rights?.[cloud] && !clusters.some((cluster) => cluster.cloud === cloud)).map((cloud) => ({
    path: ["rights", cloud],
    message: `it runs on no cluster in cloud '${cloud}': take it out, or place the application there too`,
  }));
}

/** The chart's own account is not made where one with rights is there. */
function accountProblems({ values, perCluster }: App): Problem[] {
  const layers = [
    { path: ["values"], values },
    ...Object.entries(perCluster).map(([cluster, { values: own }]) => ({ path: ["perCluster", cluster, "values"], values: own })),
  ];
  return layers
    .filter(({ values: own }) => own.serviceAccountAnnotations !== undefined)
    .map(({ path }) => ({
      path: [...path, "serviceAccountAnnotations"],
      message: "it runs as the account that has its `rights`, which has annotations of its own: take out one of both",
    }));
}

function chartProblems(fleet: Fleet, name: string, app: App, clusters: readonly Cluster[]): Problem[] {
  const written = JSON.stringify([app.values, ...Object.values(app.perCluster).map(({ values }) => values)]);
  if (!placeholdersIn(written).includes("identity"))
    return [
      {
        path: [app.rights ? "rights" : "uses"],
        message:
          'nothing in `values` says {identity}, the name of its ServiceAccount: write it where the chart takes the name of one that exists, such as serviceAccount: { create: false, name: "{identity}" }',
      },
    ];
  const unlabelled = clusters.filter(
    (cluster) =>
      cluster.cloud === "azure" &&
      (app.rights?.azure || logsInByIdentity(app)) &&
      !JSON.stringify(appValues(fleet, cluster, name, app)).includes("azure.workload.identity/use"),
  );
  if (unlabelled.length === 0) return [];
  return [
    {
      path: app.rights?.azure ? ["rights", "azure"] : ["uses"],
      message: `AKS gives an identity to pods with the label azure.workload.identity/use, and nothing in \`values\` says it: write "azure.workload.identity/use": "true" where the chart takes labels of pods`,
    },
  ];
}

/** The account's name in its namespace. */
function taken(fleet: Fleet, name: string, app: App): Problem[] {
  const account = identityOf(name);
  const other = fleet.apps[account];
  if (other === undefined || namespaceOf(account, other) !== namespaceOf(name, app)) return [];
  const message = `'${account}' is an application in the same namespace, whose ServiceAccount would have that name too: call one of them otherwise`;
  return [{ path: [app.rights ? "rights" : "uses"], message }];
}
