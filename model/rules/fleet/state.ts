import { stacksOfApp } from "../../derived/app-colours";
import { stackIds } from "../../derived/names";
import { appsOn, hasTagVariable } from "../../derived/placement";
import { tokenPulls } from "../../derived/pulls";
import type { Problem, Rule } from "../../problems/problem";
import { ROLE_ARN, ROLE_ARN_WORDS } from "../../schema/clouds";
import type { Fleet } from "../../schema/fleet";
import type { State } from "../../schema/state";

/** `destroyedStacks` names stacks of this fleet. */
export const stacks: Rule = (fleet) =>
  fleet.destroyedStacks.flatMap((id, index) =>
    id.startsWith(`${fleet.name}-`)
      ? []
      : [
          {
            path: ["destroyedStacks", index],
            message: `'${id}' is no stack of this fleet: their ids start with '${fleet.name}-'`,
          },
        ],
  );

/** No two stacks have one id: cluster `a` with application `b-cluster` and cluster `a-app-b` both give F-a-app-b-cluster. */
export const stackIdentity: Rule = (fleet) => {
  const owners = new Map<string, string>();
  return stacksOf(fleet).flatMap(({ id, path }) => {
    const owner = owners.get(id);
    const own = path.join(".");
    if (owner === undefined) owners.set(id, own);
    return owner === undefined || owner === own
      ? []
      : [{ path, atKey: true, message: `its stack would be called ${id}, as one of ${owner} is; give one of them another name` }];
  });
};

/** Every id that a stack of the fleet can have, with what it comes from. */
function stacksOf(fleet: Fleet): readonly { readonly id: string; readonly path: readonly string[] }[] {
  const { name } = fleet;
  const whole = [stackIds.global(name), stackIds.route53(name), stackIds.trafficManager(name)].map((id) => ({
    id,
    path: ["fleet"],
  }));
  const data = Object.keys(fleet.databases).map((key) => ({ id: stackIds.data(name, key), path: ["databases", key] }));
  const registries = Object.keys(fleet.registries).map((key) => ({
    id: stackIds.registry(name, key),
    path: ["registries", key],
  }));
  const pulls = fleet.clusters.flatMap((cluster) =>
    tokenPulls(fleet, cluster).map(({ key }) => ({ id: stackIds.pull(name, cluster.name, key), path: ["registries", key] })),
  );
  const clusters = fleet.clusters.flatMap((cluster) => {
    const path = ["clusters", cluster.name];
    return [stackIds.cluster, stackIds.priming, stackIds.apps].map((id) => ({ id: id(name, cluster.name), path }));
  });
  const apps = fleet.clusters.flatMap((cluster) =>
    Object.entries(appsOn(fleet, cluster.name))
      .filter(([, app]) => hasTagVariable(app))
      .flatMap(([key, app]) => stacksOfApp(name, cluster.name, key, app).map((id) => ({ id, path: ["apps", key] }))),
  );
  return [...whole, ...data, ...registries, ...pulls, ...clusters, ...apps];
}

/** How stores of state are spelt. */
interface Spelling {
  readonly pattern: RegExp;
  readonly words: string;
}

/** S3: "Bucket naming rules"; Cloud Storage: "Bucket naming guidelines". */
const BUCKET: Spelling = {
  pattern: /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/,
  words: "3 or more lower-case letters, digits, dots, hyphens and underscores",
};
const SPELLINGS: Readonly<Record<string, Readonly<Record<string, Spelling>>>> = {
  s3: {
    bucket: {
      ...BUCKET,
      pattern: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
      words: "3 to 63 lower-case letters, digits, dots and hyphens",
    },
  },
  gcs: { bucket: BUCKET },
  azurerm: {
    subscriptionId: { pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, words: "a UUID" },
    storageAccount: { pattern: /^[a-z0-9]{3,24}$/, words: "3 to 24 lower-case letters and digits" },
    container: { pattern: /^[a-z0-9](-?[a-z0-9]){2,62}$/, words: "3 to 63 lower-case letters, digits and single hyphens" },
  },
};

/** Where state is kept is spelt as its service wants it, and no login stands in it. */
export const state: Rule = (fleet) => [
  ...spellingProblems(fleet.state),
  ...urlProblems(fleet.state),
  ...prefixProblems(fleet.state),
  ...roleProblems(fleet.state),
];

const at = (field: string, message: string): Problem => ({ path: ["state", field], message });

function spellingProblems(settings: State): readonly Problem[] {
  const given: Readonly<Record<string, unknown>> = settings;
  return Object.entries(SPELLINGS[settings.backend] ?? {}).flatMap(([field, { pattern, words }]) => {
    const value = String(given[field]);
    return pattern.test(value) ? [] : [at(field, `'${value}' can't be the ${field}: ${words}`)];
  });
}

function urlProblems(settings: State): readonly Problem[] {
  const urls: Readonly<Record<string, string | undefined>> =
    settings.backend === "http"
      ? { address: settings.address, lockAddress: settings.lockAddress }
      : settings.backend === "s3"
        ? { endpoint: settings.endpoint }
        : {};
  return Object.entries(urls).flatMap(([field, url]) => {
    if (url === undefined) return [];
    if (!URL.canParse(url)) return [at(field, `'${url}' is no URL`)];
    const { username, password } = new URL(url);
    return username || password
      ? [
          at(
            field,
            "the URL has a user or password in it, which would stand in every stack: remove them and set TF_HTTP_USERNAME and TF_HTTP_PASSWORD",
          ),
        ]
      : [];
  });
}

function prefixProblems(settings: State): readonly Problem[] {
  if (!("prefix" in settings) || settings.prefix === "") return [];
  if (settings.prefix.startsWith("/") || settings.prefix.includes("//"))
    return [at("prefix", `'${settings.prefix}' would make keys with empty parts: no slash at the start, no two in a row`)];
  return settings.prefix.endsWith("/")
    ? []
    : [at("prefix", `'${settings.prefix}' would run into the stack's id: end it with '/'`)];
}

/** Another S3 service (Ceph, MinIO) has roles of its own, some without an account. */
function roleProblems(settings: State): readonly Problem[] {
  if (settings.backend !== "s3" || settings.endpoint !== undefined || settings.assumeRoleArn === undefined) return [];
  const role = settings.assumeRoleArn;
  return ROLE_ARN.test(role) ? [] : [at("assumeRoleArn", `'${role}' can't be the assumeRoleArn: ${ROLE_ARN_WORDS}`)];
}
