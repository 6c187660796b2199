import type { Release } from "@cdktf/provider-helm/lib/release";
import { dependable, type ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { shorten } from "../../model/derived/names";
import { entryAsSecret } from "../backing/entries/reader";
import { dockerSecret } from "../backing/registries/docker-secret";
import { objectsChart } from "../helm/chart-source";
import { kubectlJob } from "../helm/kubectl-job";
import { helmRelease } from "../helm/release";
import type { AppRelease } from "./app-release";

/** Helm's limit. */
const RELEASE_NAME_MAX = 53;

/** How long the store may take to answer, in seconds. */
const WAIT = 180;

/**
 * The Secrets of an application: a release of its own before it, which is done when the store has given them. A hook of
 * the application's own release would run before them.
 */
export function secretsRelease(
  scope: Construct,
  { name, namespace, secrets, failed }: AppRelease,
  after: ITerraformDependable,
): Release {
  const release = helmRelease(scope, `${name}-secrets`, {
    name: shorten(`${name}-secrets`, RELEASE_NAME_MAX),
    chart: objectsChart(scope),
    namespace,
    values: {
      objects: [
        ...secrets.map(({ secret, entry, store, host, fields }) =>
          host === undefined
            ? entryAsSecret(store, entry, namespace, secret, fields)
            : dockerSecret({
                name: secret,
                namespace,
                hosts: [host],
                refreshInterval: "1h",
                from: { secretStoreRef: { kind: "SecretStore", name: store }, dataFrom: [{ extract: { key: entry } }] },
              }),
        ),
        ...kubectlJob({
          name: `${name}-secrets`,
          namespace,
          hook: "post-install,post-upgrade",
          inside: "namespace",
          reads: { apiGroups: ["external-secrets.io"], resources: ["externalsecrets"] },
          retries: 2,
          steps: {
            ready: [
              "wait",
              `--timeout=${WAIT / 3}s`,
              "--for=condition=Ready",
              `--namespace=${namespace}`,
              ...secrets.map(({ secret }) => `externalsecret/${secret}`),
            ],
          },
        }),
      ],
    },
    timeoutSeconds: WAIT + 120,
    failed,
  });
  release.dependsOn = [dependable(after)];
  return release;
}
