import { stringify } from "yaml";
import { add } from "../../changes/generations/add";
import { nextFree, takenRanges, translated } from "../../changes/generations/free-range";
import { generationGroups, olderOf } from "../../changes/generations/groups";
import { drop, retire } from "../../changes/generations/leave";
import { rollback, shift } from "../../changes/generations/shift";
import type { Step } from "../../changes/generations/step";
import type { Lock } from "../../changes/lock/lock";
import { databaseWays } from "../../model/derived/shared-networks";
import { parseFleet } from "../../model/reading/load";
import type { Fleet } from "../../model/schema/fleet";
import { one, sideOf } from "./support";

const HEAD = `# our fleet
fleet: acme
dns: { zone: k8s.example.com }
defaults:
  api: { allowFrom: [203.0.113.0/24] }
  aws: { accountId: "111122223333", admins: ["arn:aws:iam::111122223333:role/a"], runner: "arn:aws:iam::111122223333:role/r" }
  google: { projectId: acme-platform, admins: ["group:a@example.com"], runner: "user:ci@example.com" }
clusters:
  old: # since May
    cloud: aws
    region: eu-west-1
    network: { cidr: 10.1.0.0/16 }
  far: { cloud: google, region: us-east1, network: { cidr: 10.2.0.0/16 } }
`;
const NAMES = `names:
  app: { policy: latency } # everybody
  one: { policy: simple, members: [old] }
  shares:
    policy: weighted
    members:
      - { cluster: old, weight: 3 } # most
      - far
  order: { policy: failover, members: [far, old] }
  places: { policy: geolocation, default: far, members: [{ cluster: old, locations: [{ continent: EU }] }, far] }
`;

const fleetOf = (text: string): Fleet => parseFleet(text, "f.yaml");
const step = (text: string, take: (text: string, fleet: Fleet) => Step): Step => {
  const taken = take(text, fleetOf(text));
  fleetOf(taken.text); // every step leaves a sound file
  return taken;
};
const added = step(HEAD + NAMES, (text, fleet) => add(text, fleet, "next", "old"));
const grouped = step(added.text, (text, fleet) => shift(text, fleet, "next", "old", 10));
const shares = (text: string) =>
  [...text.matchAll(/\{ cluster: old, weight: (\d+) \}, \{ cluster: next, weight: (\d+) \}/g)].map(
    ([, old, next]) => `${old} ${next}`,
  );

test("add: a copy with a range of its own, and names that leave their members open keep those that they had", () => {
  expect(added.text).toBe(
    (HEAD + NAMES)
      .replace(
        "    network: { cidr: 10.1.0.0/16 }\n",
        "    network: { cidr: 10.1.0.0/16 }\n  next: # since May\n    cloud: aws\n    region: eu-west-1\n    network: { cidr: 10.3.0.0/16 }\n",
      )
      .replace("app: { policy: latency }", "app: { policy: latency, members: [old, far] }"),
  );
  expect(added.next).toEqual(["shift", "next", "10"]);
});

test("add: applications that name the old one run on the new one too", () => {
  const apps = `apps:
  shop:
    image: { repository: ghcr.io/acme/shop, tag: "1" }
    clusters: [old]
    perCluster: { old: { values: { replicas: 2 } } }
`;
  const { text } = step(`${HEAD + apps}waves: { canary: [old], rest: [far] }\n`, (before, fleet) =>
    add(before, fleet, "next", "old"),
  );
  expect(fleetOf(text).waves).toEqual({ canary: ["old", "next"], rest: ["far"] });
  expect(fleetOf(text).apps.shop).toMatchObject({
    clusters: ["old", "next"],
    perCluster: { old: { values: { replicas: 2 } }, next: { values: { replicas: 2 } } },
  });
});

test("add: an application whose tag is a variable begins with the one that serves, by the output of its stack there", () => {
  const apps = (tag: string) => `apps: { shop: { image: { repository: ghcr.io/acme/shop, tag: "${tag}" }, clusters: [old] } }\n`;
  const check = (tag: string) => step(HEAD + apps(tag), (before, fleet) => add(before, fleet, "next", "old")).check.join("\n");
  expect(check("variable")).toContain('-var image_tag="$(terraform -chdir=stacks/acme-old-app-shop output -raw image_tag)"');
  expect(check("1.4.2")).not.toContain("image_tag");
});

test("add: ranges inside of the cluster's move with it, GKE's own ones are others", () => {
  const gke = HEAD.replace(
    "far: { cloud: google, region: us-east1, network: { cidr: 10.2.0.0/16 } }",
    "far: { cloud: google, region: us-east1, network: { cidr: 10.2.0.0/16, nodes: 10.2.64.0/19, pods: 10.64.0.0/14 } }",
  );
  const { text } = step(gke, (before, fleet) => add(before, fleet, "near", "far"));
  expect(fleetOf(text).clusters.find(({ name }) => name === "near")).toMatchObject({
    network: { cidr: "10.3.0.0/16", nodes: "10.3.64.0/19", pods: "10.68.0.0/14" },
  });
  expect(nextFree("10.255.0.0/16", ["10.0.0.0/15"])).toBe("10.2.0.0/16");
  expect(nextFree("192.168.0.0/16", ["192.168.0.0/16"])).toBeUndefined();
  expect(translated("10.2.128.0/17", "10.2.0.0/16", "10.9.0.0/16")).toBe("10.9.128.0/17");
});

test("add: a database's network isn't taken for the new cluster's, nor one that clouds take where the file names none", () => {
  const stock = "{ engine: postgres, cloud: google, region: us-east1, network: { cidr: 10.3.0.0/24 }, clusters: [far] }";
  const data = `${HEAD.replace("defaults:\n", "defaults:\n  addons: { externalSecrets: { enabled: true } }\n")}databases: { stock: ${stock} }\n`;
  const { text } = step(data, (before, fleet) => add(before, fleet, "next", "old"));
  expect(fleetOf(text).clusters.find(({ name }) => name === "next")).toMatchObject({
    network: { cidr: "10.4.0.0/16" },
  });
  expect(takenRanges(fleetOf(HEAD))).toContain("172.20.0.0/16");
  expect(takenRanges(fleetOf(HEAD))).not.toContain("203.0.113.0/24");
});

test("shift: first both stand in the old one's place with all for it, in every name, whatever its policy", () => {
  expect(shares(grouped.text)).toEqual(Array(5).fill("100 0"));
  expect(grouped.text).toContain(
    "- { name: old, policy: weighted, weight: 3, members: [{ cluster: old, weight: 100 }, { cluster: next, weight: 0 }] } # most\n",
  );
  expect(grouped.text).toContain(
    "one: { policy: weighted, members: [{ cluster: old, weight: 100 }, { cluster: next, weight: 0 }] }",
  );
  expect(grouped.text).toContain("  app: { policy: latency, members: [{ name: old,");
  expect(grouped.text).toContain(" # everybody\n");
  expect(grouped.next).toEqual(["shift", "next", "10"]);
});

test("shift, rollback, retire, and the group waits for the next generation", () => {
  const ten = step(grouped.text, (text, fleet) => shift(text, fleet, "next", olderOf(fleet, "next"), 10));
  expect(shares(ten.text)).toEqual(Array(5).fill("90 10"));
  const back = step(ten.text, (text, fleet) => rollback(text, fleet, "next", "old"));
  expect(back.text).toBe(grouped.text);
  expect(back.said).toContain("names.shares: old 100 %, next 0 %");
  expect(back.said).toHaveLength(5);
  expect(back.check.join("\n")).toMatch(/as before the shift, after its TTL[\s\S]*what next did wrong, before the next shift/);
  expect(back.next).toEqual(["shift", "next", "10"]);
  expect(() => retire(ten.text, fleetOf(ten.text), "old")).toThrow(
    "'old' still takes traffic of app, one, shares, order, places: shift it to another first",
  );
  const whole = step(back.text, (text, fleet) => shift(text, fleet, "next", "old", 100));
  expect(whole.next).toEqual(["retire", "old"]);
  const retired = step(whole.text, (text, fleet) => retire(text, fleet, "old"));
  expect(retired.text).toContain("    network: { cidr: 10.1.0.0/16 }\n    retired: true\n");
  expect(retired.text).toContain("one: { policy: weighted, members: [{ cluster: next, weight: 100 }] }");
  expect(retired.text).toContain(
    "order: { policy: failover, members: [far, { name: old, policy: weighted, members: [{ cluster: next, weight: 100 }] }] }",
  );
  const third = step(retired.text, (text, fleet) => add(text, fleet, "third", "next"));
  const joined = step(third.text, (text, fleet) => shift(text, fleet, "third", olderOf(fleet, "third"), 0));
  expect(joined.text).toContain(
    "order: { policy: failover, members: [far, { name: old, policy: weighted, members: [{ cluster: next, weight: 100 }, { cluster: third, weight: 0 }] }] }",
  );
});

test("shift: the next share is a quarter after less than one, then twice as much, and after all of it the old one retires", () => {
  const next = [1, 10, 24, 25, 30, 50, 60, 100].map((percent) =>
    shift(grouped.text, fleetOf(grouped.text), "next", "old", percent).next?.join(" "),
  );
  expect(next).toEqual([
    "shift next 25",
    "shift next 25",
    "shift next 25",
    "shift next 50",
    "shift next 60",
    "shift next 100",
    "shift next 100",
    "retire old",
  ]);
});

test("what can't be shifted is said, and what can't be known is asked", () => {
  const all = step(
    `${HEAD}names:\n  all: { policy: multivalue, members: [old, far] }\n  app: { policy: simple, members: [old] }\n`,
    (text, fleet) => add(text, fleet, "next", "old"),
  );
  const { said } = step(all.text, (text, fleet) => shift(text, fleet, "next", "old", 10));
  expect(said.at(-1)).toMatch(/^all stays: multivalue answers with addresses and knows no shares/);
  const twice = step(all.text, (text, fleet) => add(text, fleet, "third", "old")).text;
  expect(() => olderOf(fleetOf(twice), "third")).toThrow(
    "which cluster does 'third' follow? It could be old or next: name it with --from",
  );
  // once it shares a group with one of them it is asked no more
  const joined = step(twice, (text, fleet) => shift(text, fleet, "third", "old", 10));
  expect(olderOf(fleetOf(joined.text), "third")).toBe("old");
  expect(() => shift(HEAD, fleetOf(HEAD), "far", "old", 101)).toThrow("'101' is no whole number from 0 to 100");
  expect(() => add(HEAD, fleetOf(HEAD), "far", "old")).toThrow("there is a cluster 'far' already");
  expect(() => add(HEAD, fleetOf(HEAD), "next", "old", "10.7.0.0")).toThrow(
    "--cidr: '10.7.0.0' is no IPv4 range such as 10.7.0.0/16",
  );
  const aliased = HEAD.replace(
    "far: {",
    "same: &a { cloud: aws, region: eu-west-1, network: { cidr: 10.5.0.0/16 } }\n  far: {",
  ).replace("  old: # since May\n    cloud: aws\n    region: eu-west-1\n    network: { cidr: 10.1.0.0/16 }\n", "");
  expect(() => add(aliased, fleetOf(aliased), "Next_1", "same")).toThrow("'Next_1' can't be the name of a cluster");
});

test("shares are a generation's where a weighted group holds both and nobody else", () => {
  const names = `names:
  both: { policy: weighted, members: [old, far] }
  order: { policy: failover, members: [far, old] }
  three: { policy: weighted, members: [old, far, third] }
`;
  const third = "  third: { cloud: google, region: us-east1, network: { cidr: 10.3.0.0/16 } }\n";
  const groups = generationGroups(fleetOf(HEAD + third + names), "old", "far");
  expect(groups.map(({ policy, members }) => [policy, members.length])).toEqual([["weighted", 2]]);
});

test("drop: only what was retired in the committed lock and is destroyed, or whose states hold nothing", () => {
  const gke = { cloud: "google", region: "europe-west3", network: { cidr: "10.3.0.0/16" }, retired: true };
  const data = one("eks", {}, { clusters: { gke }, drain: ["gke"], waves: { first: ["gke"], rest: ["eks"] } });
  const text = stringify(data);
  const fleet = fleetOf(text);
  const { lock } = sideOf(data);
  expect(() => drop(text, fleet, "gke", undefined, [])).toThrow("'gke' is not retired in the committed lock file");
  const live: Lock = { ...lock, clusters: { ...lock.clusters, gke: { ...lock.clusters.gke!, retired: false } } };
  expect(() => drop(text, fleet, "gke", live, [])).toThrow("'gke' is not retired in the committed lock file");
  expect(() => drop(text, fleet, "gke", lock, ["acme-gke-priming"])).toThrow(
    /nothing says that the stacks of 'gke' are destroyed: acme-gke-cluster\.[\s\S]*\n {2}terraform -chdir=cdktf\.out\/stacks\/acme-gke-cluster state list$/,
  );
  const dropped = fleetOf(drop(text, fleet, "gke", lock, ["acme-gke-priming", "acme-gke-cluster"]).text);
  expect(dropped.clusters.map(({ name }) => name)).toEqual(["eks"]);
  expect(dropped.drain).toEqual([]);
  expect(dropped.waves).toEqual({ rest: ["eks"] });
  expect(dropped.destroyedStacks).toEqual(["acme-gke-cluster", "acme-gke-priming"]);
});

test("drop: an application that runs on it among others leaves it; one that runs nowhere else is asked for first", () => {
  const gke = { cloud: "google", region: "europe-west3", network: { cidr: "10.3.0.0/16" }, retired: true };
  const shop = (clusters?: readonly string[]) => ({ image: { repository: "ghcr.io/acme/shop", tag: "1.0.0" }, clusters });
  const data = one("eks", {}, { clusters: { gke }, apps: { both: shop(["eks", "gke"]), everywhere: shop() } });
  const { lock } = sideOf(data);
  const text = stringify(data);
  const destroyed = Object.keys(lock.stacks).filter((id) => id.startsWith("acme-gke-"));
  expect(destroyed).toContain("acme-gke-apps");
  const { apps } = fleetOf(drop(text, fleetOf(text), "gke", lock, destroyed).text);
  expect([apps.both?.clusters, apps.everywhere?.clusters]).toEqual([["eks"], undefined]);
  const alone = stringify({ ...data, apps: { ...(data.apps as object), alone: shop(["gke"]) } });
  expect(() => drop(alone, fleetOf(alone), "gke", lock, destroyed)).toThrow(
    "application 'alone' runs on 'gke' alone: place it elsewhere, or take it out of the file, first",
  );
});

test("drop: on Google Cloud the place in a database's clusters stays, since it decides on the others' addresses", () => {
  const gke = (cidr: string, more: object = {}) => ({ cloud: "google", region: "europe-west3", network: { cidr }, ...more });
  const stock = { engine: "postgres", cloud: "google", region: "europe-west3", network: { cidr: "10.251.0.0/24" } };
  const data = one("gke", undefined, {
    defaults: { addons: { externalSecrets: { enabled: true } } },
    clusters: { gke: gke("10.3.0.0/16", { retired: true }), next: gke("10.4.0.0/16") },
    databases: {
      stock: { ...stock, clusters: ["gke", "next"] },
      last: { ...stock, network: { cidr: "10.252.0.0/24" }, clusters: ["next", "gke"] },
    },
  });
  const text = stringify(data);
  const { databases } = fleetOf(
    drop(text, fleetOf(text), "gke", sideOf(data).lock, ["acme-gke-priming", "acme-gke-cluster"]).text,
  );
  expect([databases.stock?.clusters, databases.last?.clusters]).toEqual([["-", "next"], ["next"]]);
});

test("drop: the way into a network that exists stays where it is: the next cluster there takes the place of the first", () => {
  const shared = { existing: { network: "hub", subnetwork: "nodes", podsRange: "pods", servicesRange: "services" } };
  const gke = (network: object, more: object = {}) => ({ cloud: "google", region: "europe-west3", network, ...more });
  const data = one("gke", undefined, {
    defaults: { addons: { externalSecrets: { enabled: true } } },
    clusters: {
      gke: gke(shared, { retired: true }),
      own: gke({ cidr: "10.4.0.0/16" }),
      next: gke({ existing: { ...shared.existing, network: "projects/acme-platform/global/networks/hub" } }),
      more: gke({ cidr: "10.5.0.0/16" }),
    },
    databases: {
      stock: {
        engine: "postgres",
        cloud: "google",
        region: "europe-west3",
        network: { cidr: "10.251.0.0/24" },
        clusters: ["gke", "own", "next", "more"],
      },
    },
  });
  const text = stringify(data);
  const before = sideOf(data);
  const dropped = drop(text, fleetOf(text), "gke", before.lock, ["acme-gke-priming", "acme-gke-cluster"]).text;
  const after = fleetOf(dropped);
  expect(after.databases.stock?.clusters).toEqual(["next", "own", "-", "more"]);
  expect(before.lock.databases?.stock?.ways).toEqual(["projects/acme-platform/global/networks/hub 0"]);
  expect(databaseWays(after, after.databases.stock!)).toEqual(before.lock.databases?.stock?.ways);
});
