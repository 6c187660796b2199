import { findRegion, noSuchRegion } from "../../catalog/regions";
import { selects } from "../../derived/placement";
import { CACHE_PREFIX, MULTI_REGIONS, OPEN_UPSTREAMS, PUSHERS, wantsLogin } from "../../limits/registries";
import type { Path } from "../../problems/paths";
import type { Problem, Rule } from "../../problems/problem";
import { didYouMean } from "../../problems/wording";
import type { Fleet } from "../../schema/fleet";
import type { Registry, RegistryCloud } from "../../schema/registries";

type Found = readonly (readonly [field: Path, message: string])[];

/** A registry is something that its cloud makes, with replicas, rights and settings that can be. */
export const registries: Rule = (fleet) =>
  Object.entries(fleet.registries).flatMap(([key, registry]): Problem[] =>
    [
      ...(registry.cloud === "external" ? notMade(registry) : made(registry)),
      ...settingsOfOthers(registry),
      ...cachesOf(registry),
      ...pullersOf(fleet, registry),
      ...secretOf(registry),
    ].map(([field, message]) => ({ path: ["registries", key, ...field], message })),
  );

/** Of a registry that is there already only the name of its images is known. */
function notMade(registry: Registry): Found {
  const { host, region, replicas, name, repositories, push } = registry;
  const set = { region, name, ...(replicas.length > 0 && { replicas }), ...(push.length > 0 && { push }) };
  const others = Object.entries(set).flatMap(
    ([field, value]): Found =>
      value === undefined ? [] : [[[field], "is for registries that are made here, and this one is there already: remove it"]],
  );
  const missing: Found = host === undefined ? [[["host"], "is missing: where its images are, such as host: ghcr.io/team"]] : [];
  return [...missing, ...others, ...twice("repositories", repositories)];
}

function made(registry: Registry): Found {
  const { host, push, repositories, cloud, replicas, caches } = registry;
  const where = regionProblems(registry);
  const named: Found =
    host === undefined ? [] : [[["host"], `is for \`cloud: external\`: ${cloud} says it by itself; remove it`]];
  const { pattern, words } = PUSHERS[cloud as Exclude<RegistryCloud, "external">];
  const pushers = push.flatMap(
    (who, index): Found =>
      pattern.test(who) && !(cloud === "aws" && !who.startsWith("arn:aws:"))
        ? []
        : [[["push", index], `'${who}' is nobody whom ${cloud} lets push: write ${words}`]],
  );
  const none: Found =
    cloud === "aws" && repositories.length === 0 && Object.keys(caches).length === 0
      ? [
          [
            ["repositories"],
            "is missing: ECR takes no image whose repository isn't there; list them, such as repositories: [shop]",
          ],
        ]
      : [];
  return [
    ...where,
    ...named,
    ...pushers,
    ...none,
    ...twice("push", cloud === "azure" ? push.map((id) => id.toLowerCase()) : push),
    ...twice("repositories", repositories),
    ...twice("replicas", replicas),
  ];
}

function regionProblems({ cloud, region, replicas }: Registry): Found {
  if (cloud === "external") return [];
  if (region === undefined)
    return [
      [["region"], `is missing: where ${cloud === "google" ? "it is, a region or us, europe, asia" : "its first copy is"}`],
    ];
  const home: Found =
    findRegion(cloud, region) || (cloud === "google" && MULTI_REGIONS.includes(region))
      ? []
      : [
          [
            ["region"],
            cloud === "google" && /^(eu|eur\d*|usa?|nam\d*|apac|global)$/i.test(region)
              ? `'${region}' is no place of Artifact Registry: a region such as europe-west3, or one of ${MULTI_REGIONS.join(", ")}`
              : noSuchRegion(cloud, region),
          ],
        ];
  if (cloud === "google")
    return replicas.length === 0
      ? home
      : [
          ...home,
          [
            ["replicas"],
            `Artifact Registry has none: a registry in several regions has \`region: ${MULTI_REGIONS.join("`, `")}\`, from the start`,
          ],
        ];
  return [
    ...home,
    ...replicas.flatMap((name, index): Found => {
      const field = ["replicas", index];
      if (name === region) return [[field, `'${name}' is the registry's own region: remove it`]];
      return findRegion(cloud, name) ? [] : [[field, noSuchRegion(cloud, name)]];
    }),
  ];
}

/** Fields that a cloud has nothing for. */
function settingsOfOthers({ cloud, immutableTags, scan, keep, replication, caches, replicas }: Registry): Found {
  const problems: (readonly [field: Path, message: string])[] = [];
  if (immutableTags !== undefined && (cloud === "azure" || cloud === "external"))
    problems.push([
      ["immutableTags"],
      cloud === "azure"
        ? "Azure locks single tags, after each push (az acr repository update --image <image> --write-enabled false): remove it, and release by tags that are never used twice"
        : "is for registries that are made here: remove it",
    ]);
  if (scan !== undefined && (cloud === "azure" || cloud === "external"))
    problems.push([
      ["scan"],
      cloud === "azure"
        ? "Defender for Containers scans what is in a subscription, and is on or off for all of it: switch it on there, and remove this"
        : "is for registries that are made here: remove it",
    ]);
  if (keep.newest !== undefined && (cloud === "azure" || cloud === "external"))
    problems.push([
      ["keep", "newest"],
      cloud === "azure"
        ? "Azure deletes no tagged images by itself: run `acr purge` as a task, and remove this"
        : "is for registries that are made here: remove it",
    ]);
  if (keep.newest !== undefined && cloud === "google" && (immutableTags ?? true))
    problems.push([
      ["keep", "newest"],
      "with immutable tags Artifact Registry deletes no image that has one: write `immutableTags: false`, or remove this",
    ]);
  if (replication !== "own" && (cloud !== "aws" || replicas.length === 0))
    problems.push([["replication"], "is for ECR with `replicas`: remove it"]);
  if (Object.keys(caches).length > 0 && cloud !== "aws") problems.push([["caches"], "is for ECR: remove it"]);
  return problems;
}

function cachesOf({ cloud, caches, repositories, region, aws }: Registry): Found {
  if (cloud !== "aws") return [];
  return Object.entries(caches).flatMap(([prefix, { from, secretArn }]): Found => {
    const field = ["caches", prefix];
    if (prefix.length < CACHE_PREFIX.min || prefix.length > CACHE_PREFIX.max)
      return [[field, `'${prefix}' has ${prefix.length} characters: ${CACHE_PREFIX.min} to ${CACHE_PREFIX.max}`]];
    if (repositories.some((repository) => repository.split("/")[0] === prefix))
      return [[field, `'${prefix}' is what a repository's name starts with: take another prefix`]];
    if (OPEN_UPSTREAMS.includes(from))
      return secretArn === undefined ? [] : [[[...field, "secretArn"], `${from} wants no login: remove it`]];
    if (!wantsLogin(from))
      return [
        [
          [...field, "from"],
          `'${from}' is no registry that ECR caches: ${OPEN_UPSTREAMS.join(", ")}, registry-1.docker.io, ghcr.io, registry.gitlab.com, cgr.dev, or an Azure registry`,
        ],
      ];
    if (secretArn === undefined)
      return [
        [[...field, "secretArn"], `is missing: ECR caches ${from} only with a login, in a secret called ecr-pullthroughcache/…`],
      ];
    const [, , , place, account] = secretArn.split(":");
    return aws === undefined || (place === region && account === aws.accountId)
      ? []
      : [
          [
            [...field, "secretArn"],
            `'${secretArn}': the secret must be in the registry's region and account, ${region} and ${aws.accountId}`,
          ],
        ];
  });
}

function pullersOf(fleet: Fleet, { pull = [], cloud, azure }: Registry): Found {
  return pull.flatMap((entry, index): Found => {
    const field = ["pull", index];
    if (pull.indexOf(entry) < index) return [[field, `'${entry}' is there twice`]];
    const clusters = fleet.clusters.filter((cluster) => selects(fleet, entry, cluster));
    if (clusters.length === 0) {
      const names = fleet.clusters.map(({ name }) => name);
      return [[field, `no cluster is '${entry}'${didYouMean(entry, names, "clusters")}`]];
    }
    const stranger = clusters.find(
      (cluster) => cloud === "azure" && cluster.cloud === "azure" && cluster.azure.tenantId !== azure?.tenantId,
    );
    return stranger
      ? [[field, `'${stranger.name}' is in another tenant than the registry, which gives rights to identities of its own alone`]]
      : [];
  });
}

/** A login that somebody keeps is for registries that give no other. */
function secretOf({ cloud, secret }: Registry): Found {
  if (secret?.startsWith("db-"))
    return [[["secret"], `'${secret}': entries that begin so are logins of databases: call it otherwise`]];
  if (secret === undefined || cloud === "external") return [];
  return [[["secret"], "is for `cloud: external`: clusters pull from this one without a login that anybody keeps; remove it"]];
}

const twice = (field: string, values: readonly string[]): Found =>
  values.flatMap((value, index): Found => (values.indexOf(value) < index ? [[[field, index], `'${value}' is there twice`]] : []));
