import { stacksOfApp } from "../../model/derived/app-colours";
import { contains, isCidr } from "../../model/derived/cidr";
import { defaultMembers } from "../../model/derived/members";
import { appsOn, hasTagVariable } from "../../model/derived/placement";
import type { Cluster, MadeCluster } from "../../model/schema/cluster";
import type { Fleet } from "../../model/schema/fleet";
import { flow, nodeAt, replaced, withCopy, withEntry, withItem } from "../edit/yaml-text";
import { nextFree, takenRanges, translated } from "./free-range";
import { existing } from "./groups";
import { NoStep, type Step } from "./step";

/**
 * The next generation of a cluster beside it: a copy with ranges of its own, on which the same applications run. It is in
 * no public name yet: those that leave their members to Meridian get them written, as they are.
 * @param cidr range of the new one. @default - the next one of the same size that is free
 */
export function add(text: string, fleet: Fleet, fresh: string, old: string, cidr?: string): Step {
  const from = existing(fleet, old);
  if (fleet.clusters.some(({ name }) => name === fresh)) throw new NoStep(`there is a cluster '${fresh}' already`);
  if (!/^[a-z](?:-?[a-z0-9])*$/.test(fresh))
    throw new NoStep(`'${fresh}' can't be the name of a cluster: lower-case letters, digits and single hyphens`);
  if (from.cloud === "existing")
    throw new NoStep(
      `'${old}' is a cluster that something else made: its next generation too. Write it under clusters by hand, with members of every name, then shift`,
    );
  if (from.retired) throw new NoStep(`'${old}' is retired: a next generation follows one that serves`);
  const path = ["clusters", old];
  if (!nodeAt(text, path)) throw new NoStep(`clusters.${old} is not written in this file itself: add the next one where it is`);

  let after = withCopy(text, path, fresh);
  const said = [`clusters.${fresh}: a copy of ${old}`];
  for (const [field, range] of Object.entries(rangesFor(fleet, from, cidr))) {
    const at = ["clusters", fresh, ...field.split(".")];
    if (!nodeAt(after, at)) throw new NoStep(`clusters.${old}.${field} is not written in this file itself: write it there first`);
    after = replaced(after, at, range);
    said.push(`clusters.${fresh}.${field}: ${range}`);
  }
  after = placedLike(after, fleet, old, fresh);
  for (const [name, spec] of Object.entries(fleet.names)) {
    const members = defaultMembers(fleet, spec).map((cluster) => cluster.name);
    if (spec.members || !members.includes(old)) continue;
    after = withEntry(after, ["names", name], "members", flow(members));
    said.push(`names.${name}.members: ${members.join(", ")}, as they were: ${fresh} takes no traffic by itself`);
  }
  return {
    text: after,
    said: [...said, ...shared(from, fresh)],
    check: [
      `apply the stacks of ${fresh}, in the order above`,
      ...tags(fleet, fresh, old),
      `every application answers there: curl --resolve, or https://<app>.${fresh}.${fleet.dns.zone}`,
      "what the applications keep (volumes, queues) is where the new one finds it: nothing is copied",
    ],
    next: ["shift", fresh, "10"],
  };
}

/** Ranges of a copy that can't be the first one's. */
function rangesFor(fleet: Fleet, from: MadeCluster, given: string | undefined): Readonly<Record<string, string>> {
  const { cidr, nodes, pods, services } = from.network;
  const taken = [...takenRanges(fleet)];
  const free = (range: string): string => {
    const found = nextFree(range, taken);
    if (found === undefined) throw new NoStep(`no range of the size of ${range} is free beside it: name one with --cidr`);
    taken.push(found);
    return found;
  };
  if (given !== undefined && !isCidr(given)) throw new NoStep(`--cidr: '${given}' is no IPv4 range such as 10.7.0.0/16`);
  if (cidr === undefined) return {};
  const own = given ?? free(cidr);
  taken.push(own);
  const parts = { nodes, pods, services };
  return {
    "network.cidr": own,
    ...Object.fromEntries(
      Object.entries(parts).flatMap(([field, range]) => {
        if (range === undefined) return [];
        if (contains(cidr, range)) return [[`network.${field}`, translated(range, cidr, own)] as const];
        // ranges of Google's are its network's too; those of the other clouds' clusters are seen inside of them alone
        return from.cloud === "google" ? [[`network.${field}`, free(range)] as const] : [];
      }),
    ),
  };
}

/** Applications that name the old one run on the new one too, with what differs there; it is upgraded in the same wave. */
function placedLike(text: string, fleet: Fleet, old: string, fresh: string): string {
  let after = text;
  for (const [name, app] of Object.entries(fleet.apps)) {
    if (app.clusters?.includes(old)) after = withItem(after, ["apps", name, "clusters"], fresh);
    if (Object.hasOwn(app.perCluster, old)) after = withCopy(after, ["apps", name, "perCluster", old], fresh);
  }
  for (const [wave, clusters] of Object.entries(fleet.waves))
    if (clusters.includes(old)) after = withItem(after, ["waves", wave], fresh);
  for (const [name, database] of Object.entries(fleet.databases))
    if (database.clusters?.includes(old)) after = withItem(after, ["databases", name, "clusters"], fresh);
  return after;
}

/** With which tags applications begin whose tag is a variable: with those that serve, and no `latest`. */
function tags(fleet: Fleet, fresh: string, old: string): readonly string[] {
  const [first] = Object.entries(appsOn(fleet, old)).filter(([, app]) => hasTagVariable(app));
  if (!first) return [];
  const [stack] = stacksOfApp(fleet.name, old, ...first);
  return [
    `applications whose tag is a variable begin on ${fresh} with the one that they have on ${old}: a bundle's make takes it by itself; with Terraform alone -var image_tag="$(terraform -chdir=stacks/${stack} output -raw image_tag)"`,
  ];
}

/** What a copy shares with the first one, which the cloud may not allow. */
function shared(from: Cluster, fresh: string): readonly string[] {
  if (from.cloud === "existing") return [];
  const said: string[] = [];
  if (from.cloud === "azure" && Object.keys(from.servers).length > 0)
    said.push(
      `clusters.${fresh}.servers: a copy too; each begins with an empty disk unless disk.restoreFrom says { cluster: ${from.name} } (docs/servers.md)`,
    );
  if (from.network.existing) said.push(`clusters.${fresh}.network.existing: the same network and subnets as ${from.name}`);
  if (from.network.egressAddresses !== undefined)
    said.push(`clusters.${fresh}.network.egressAddresses: those of ${from.name}, which a cloud gives to one: write others`);
  return said;
}
