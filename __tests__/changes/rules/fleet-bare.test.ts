import type { Facts } from "../../../changes/lock/lock";
import { appsGone, appsMoved } from "../../../changes/rules/apps";
import { dataDropped, destroyedAndMade, destroyedPast, protectedDropped } from "../../../changes/rules/dropped";
import { everywhere } from "../../../changes/rules/everywhere";
import { storesMoved } from "../../../changes/rules/moved";
import { certificates, nameEngine, probes } from "../../../changes/rules/names";
import { clusterOfStack } from "../../../changes/rules/of-cluster";
import { cacheLogins, replicasAdded, replicasRemoved, replicationOwned } from "../../../changes/rules/registries";
import { keptClusters, keptMade, shown } from "../../../changes/rules/rule";
import { serverSourceUnknown, serversChanged } from "../../../changes/rules/servers";
import { stateMoved } from "../../../changes/rules/state";
import { waysMoved } from "../../../changes/rules/ways";
import { bare, heard, words } from "./bare";

const stack = { digest: "1", protected: [], fixed: {} };

test("a state is where its backend's words say, in their order; how one gets in is no place", () => {
  const moved = (was: Facts, is: Facts) => words(stateMoved, { state: was }, { state: is });
  const access = [
    "assumeRoleArn",
    "impersonateServiceAccount",
    "accountId",
    "kmsKeyId",
    "lockAddress",
    "lockMethod",
    "unlockMethod",
    "project",
  ];
  for (const field of access) expect([field, moved({ backend: "s3" }, { backend: "s3", [field]: "x" })]).toEqual([field, []]);
  expect(moved({ backend: "s3", region: "r", bucket: "b" }, { backend: "s3", bucket: "b", region: "r" })).toEqual([]);
  expect(moved({ backend: "s3", region: "r", bucket: "b" }, { backend: "gcs" })[0]).toMatch(
    /^the states would be looked for in gcs, and are in s3, bucket b, region r:/,
  );
  expect(moved({}, { backend: "gcs" })).toEqual([]);
});

test("only stacks of both sides move their states", () => {
  const [found] = stateMoved({
    before: bare({ state: { backend: "local" }, stacks: { a: stack, gone: stack } }),
    after: bare({ state: { backend: "gcs" }, stacks: { a: stack, fresh: stack } }),
    made: {},
  });
  expect(found!.commands).toEqual([
    "terraform -chdir=cdktf.out/stacks/a init",
    "terraform -chdir=cdktf.out/stacks/a init -migrate-state",
  ]);
});

test("a store of backups that is elsewhere is told by its field", () => {
  const moved = (was: Facts, is: Facts) => heard(storesMoved, { backups: { b: was } }, { backups: { b: is } });
  expect(moved({ region: "x" }, { region: "y" })).toEqual(["refused backup-moved backups.b.region"]);
  expect(moved({ cloud: "aws" }, { cloud: "google" })).toEqual(["refused backup-moved backups.b.cloud"]);
  expect(moved({ account: "1" }, { account: "2", cloud: "aws" })).toEqual(["refused backup-moved backups.b.aws"]);
  expect([moved({}, { region: "y" }), moved({ region: "x" }, {}), moved({ region: "x" }, { region: "x" })]).toEqual([[], [], []]);
});

test("a way into a network is anew where its spot is another one; a network that is new or another cloud's is not", () => {
  const moved = (was: Facts, is: Facts) => heard(waysMoved, { databases: { d: was } }, { databases: { d: is } });
  const cloud = "azure";
  expect(moved({ cloud, ways: ["my net a"] }, { cloud, ways: ["my net b"] })).toEqual(["refused way-moved databases.d.clusters"]);
  expect(moved({ cloud, ways: ["my net a"] }, { cloud, ways: ["my net a"] })).toEqual([]);
  expect(moved({ cloud, ways: ["n a"] }, { cloud, ways: ["n a", "m b"] })).toEqual([]);
  expect(moved({ cloud: "google", ways: ["n 0"] }, { cloud, ways: ["n 1"] })).toEqual([]);
  expect(moved({ cloud, ways: ["n a"] }, { cloud })).toEqual([]);
  const registries = (way: string) => ({ registries: { r: { cloud, ways: [way] } } });
  expect(heard(waysMoved, registries("n a"), registries("n b"))).toEqual(["refused way-moved registries.r.pull"]);
  expect(words(waysMoved, registries("n a"), registries("n b"))[0]).toContain("that subnet as `ci.subnetId`");
  const google = (way: string) => ({ databases: { d: { cloud: "google", ways: [way] } } });
  expect(words(waysMoved, google("n 0"), google("n 2"))[0]).toMatch(/place 1 in this list.*place 3: .*in place 1, /);
});

test("a name in another engine or of another record; a probe that changes with its engine is not said twice", () => {
  const names = (facts: Facts) => ({ names: { app: facts } });
  const azure = { engine: "traffic-manager", record: "A", probe: "p" };
  expect(heard(nameEngine, names(azure), names(azure))).toEqual([]);
  expect(heard(nameEngine, names(azure), names({ ...azure, record: "B" }))).toEqual(["refused name-record names.app.engine"]);
  expect(words(nameEngine, names(azure), names({ ...azure, record: "B" }))[0]).toMatch(/and apply acme-traffic-manager$/);
  expect(words(nameEngine, names(azure), names({ ...azure, engine: "route53" }))[0]).toMatch(
    /apply acme-traffic-manager first, acme-route53 right after it$/,
  );
  expect(heard(probes, names(azure), names(azure))).toEqual([]);
  expect(heard(probes, names(azure), names({ ...azure, probe: "q" }))).toEqual(["warning probe-everywhere names.app.probe"]);
  expect(heard(probes, names(azure), names({ engine: "route53", record: "A", probe: "q" }))).toEqual([]);
});

test("a certificate is asked for anew with each name that comes or goes, and by another way of asking", () => {
  const of = (certificate: string, certificateNames?: string[], retired = false) => ({
    clusters: { c: { cloud: "aws", certificate, retired, ...(certificateNames && { certificateNames }) } },
  });
  const asked = (was: Parameters<typeof of>, is: Parameters<typeof of>) =>
    words(certificates, of(...was), of(...is)).map((text) => /anew, (.*?);/.exec(text)?.[1]);
  expect(asked(["w", ["a"]], ["w", ["a"]])).toEqual([]);
  expect(asked(["w", ["a"]], ["w", ["a", "b", "d"]])).toEqual(["with b, d"]);
  expect(asked(["w", ["a", "b", "d"]], ["w", ["a"]])).toEqual(["without b, d"]);
  expect(asked(["w", ["a"]], ["v", ["a"]])).toEqual(["from w to v"]);
  expect(asked(["w", ["a"]], ["w", ["b"]])).toEqual(["with b, without a"]);
  expect(asked(["w", ["a"]], ["w", ["b"], true])).toEqual([]);
  expect(asked(["w"], ["w", ["b"]])).toEqual([]);
  expect(asked(["w", ["b"]], ["w"])).toEqual([]);
});

test("a replica is empty only for a cluster that was there and goes to a region that is new", () => {
  const of = (cloud: string, replicas: string[], near: string[]) => ({
    registries: { r: { cloud, region: "x", replicas, near } },
  });
  const added = (cloud: string, ...near: string[]) =>
    heard(replicasAdded, of(cloud, ["o"], ["a x"]), of(cloud, ["o", "n"], near));
  expect(added("aws", "a n")).toEqual(["refused replica-empty registries.r.replicas"]);
  expect([added("azure", "a n"), added("aws", "a o"), added("aws", "b n")]).toEqual([[], [], []]);
  expect(heard(replicasRemoved, of("aws", ["o"], []), of("aws", ["o", "n"], []))).toEqual([]);
  expect(words(replicasRemoved, of("aws", ["o", "n"], []), of("aws", [], []))[0]).toMatch(/^the repositories in o, n stay/);
  expect(words(replicasRemoved, of("azure", ["o"], []), of("azure", [], []))[0]).toMatch(/^the copy in o is deleted/);
  expect(heard(replicasRemoved, of("azure", ["o"], []), of("aws", [], []))).toEqual([]);
});

test("a cache's login is never taken away, and a registry's own replication is told once", () => {
  const of = (facts: Facts) => ({ registries: { r: { cloud: "aws", region: "x", ...facts } } });
  expect(heard(cacheLogins, of({ caches: ["a login", "b"] }), of({ caches: ["a", "b"] }))).toEqual([
    "refused cache-login registries.r.caches.a.secretArn",
  ]);
  expect(heard(replicationOwned, of({}), of({ replication: "own" }))).toEqual([
    "warning replication-owned registries.r.replication",
  ]);
  expect(heard(replicationOwned, {}, of({ replication: "own" }))).toEqual(["warning replication-owned registries.r.replication"]);
  expect(heard(replicationOwned, of({ replication: "own" }), of({ replication: "own" }))).toEqual([]);
  expect(heard(replicationOwned, of({ replication: "own" }), of({ replication: "external" }))).toEqual([]);
});

test("what hits every cluster is told where there are two that stay, and only of what is risky", () => {
  const lock = (versions: readonly (string | undefined)[], retired = false) =>
    bare({
      clusters: Object.fromEntries(
        versions.map((kubernetes, at) => [
          `c${at}`,
          { cloud: "aws", ...(kubernetes && { kubernetes }), ...(retired && at === 1 && { retired }) },
        ]),
      ),
    });
  const said = (was: readonly (string | undefined)[], is: typeof was, retired = false) =>
    everywhere({ before: lock(was), after: lock(is, retired), made: {} }, []).map(({ message }) => message.split(":")[0]);
  expect(said(["1", "1"], ["2", "2"])).toEqual(["another Kubernetes version on all 2 clusters at once (c0, c1)"]);
  expect([said(["1"], ["2"]), said(["1", "1"], ["2", "1"]), said(["1", "1"], ["2", "2"], true)]).toEqual([[], [], []]);
  expect([said(["1", undefined], ["2", "2"]), said(["1", "1"], ["2", undefined])]).toEqual([[], []]);
  for (const [id, count] of Object.entries({
    "pool-replaced": 1,
    "pool-rotated": 1,
    "addon-removed": 1,
    "zones-removed": 1,
    "chart-version": 1,
    "logs-moved": 0,
  })) {
    const findings = ["c0", "c1"].map((name) => ({ id, severity: "note" as const, path: ["clusters", name], message: "" }));
    const change = { before: lock(["1", "1"]), after: lock(["1", "1"]), made: {} };
    expect([id, everywhere(change, findings).length]).toEqual([id, count]);
    expect(everywhere(change, findings.slice(1))).toEqual([]);
    expect(
      everywhere(
        change,
        findings.map((one) => ({ ...one, path: ["names", one.path[1]!] })),
      ),
    ).toEqual([]);
  }
});

test("a cluster is kept but where a retired one's name is taken in another cloud", () => {
  const of = (cloud: string, retired = false) => bare({ clusters: { c: { cloud, retired } } });
  const kept = (was: ReturnType<typeof bare>, is: typeof was) => keptClusters({ before: was, after: is, made: {} }).length;
  expect(kept(of("aws", true), of("azure"))).toBe(0);
  expect([kept(of("aws", true), of("azure", true)), kept(of("aws", true), of("aws")), kept(of("aws"), of("azure"))]).toEqual([
    1, 1, 1,
  ]);
  expect(keptMade({ before: of("existing"), after: of("existing"), made: {} })).toEqual([]);
  expect(keptMade({ before: of("aws"), after: of("azure"), made: {} })).toEqual([]);
  expect([undefined, null, ["a", "b"], false].map(shown)).toEqual(["none", "none", "a, b", "false"]);
});

test("a stack's end is read whole, and a fleet's name that only begins alike is another", () => {
  const of = (id: string) => clusterOfStack("acme", id, (name) => ["c", "d-pull"].includes(name));
  expect(["acme-c-cluster", "acme-c-pull-r", "acme-c-apps", "acme-c-priming"].map(of)).toEqual(["c", "c", "c", "c"]);
  expect(["acme-c-appss", "acme-c-my-cluster", "acmes-c-cluster", "acme-c-app-", "acme-c"].map(of)).toEqual(
    Array(5).fill(undefined),
  );
});

test("applications leave with their namespace unless another is in it", () => {
  const of = (apps: Record<string, string>, namespaces: Record<string, string>, retired = false) => ({
    clusters: { c: { cloud: "aws", apps, namespaces, retired } },
  });
  const both = of({ a: "own", b: "own" }, { a: "n", b: "n" });
  expect(words(appsGone, both, of({ b: "own" }, { b: "n" }))[0]).not.toContain("is deleted");
  expect(words(appsGone, both, of({ b: "own" }, { b: "m" }))[0]).toContain("and namespace 'n' is deleted");
  expect(heard(appsGone, both, of({}, {}, true))).toEqual([]);
  expect(heard(appsGone, of({ a: "own" }, {}), of({ a: "own" }, { a: "n" }))).toEqual([]);
  expect(heard(appsGone, of({ a: "own" }, { a: "n" }), of({ a: "own" }, { a: "m" }))).toEqual([
    "refused app-namespace apps.a.namespace",
  ]);
  const moved = (more = {}) => heard(appsMoved, of({ a: "own" }, {}), of({ a: "together" }, {}), more);
  expect([moved(), moved({ destroyed: ["acme-c-app-a"] })]).toEqual([["refused app-moved apps.a"], []]);
  // that of them all is listed where it is emptied by hand too
  const parted = heard(appsMoved, of({ a: "together" }, {}), of({ a: "own" }, {}), { destroyed: ["acme-c-apps"] });
  expect(parted).toEqual(["refused app-moved apps.a"]);
  // who reads an output alone doesn't know the namespace
  const made = { "acme-c-app-a": ["helm_release.apps_a_0123ABCD"] };
  const [move] = appsMoved({ before: bare(of({ a: "together" }, {})), after: bare(of({ a: "own" }, {})), made });
  expect(move!.commands!.at(-1)).toMatch(/'helm_release\.apps_a_0123ABCD' NAMESPACE\/a$/);
});

test("servers: a disk as large, a password as new and a source that is there say nothing", () => {
  const of = (facts: Facts, cloud = "aws") => ({ clusters: { c: { cloud, servers: { s: facts } } } });
  const at = "clusters.c.servers.s";
  const changed = (was: Facts, is: Facts) => heard(serversChanged, of(was), of(is));
  expect(changed({ sizeGiB: 2 }, { sizeGiB: 1 })).toEqual([`refused server-disk-smaller ${at}.disk.sizeGiB`]);
  expect([changed({ sizeGiB: 1 }, { sizeGiB: 1 }), changed({ sizeGiB: 1 }, { sizeGiB: 2 })]).toEqual([[], []]);
  expect(changed({ passwordVersion: 2 }, { passwordVersion: 1 })).toEqual([`refused server-passwords ${at}.passwordVersion`]);
  expect([
    changed({ passwordVersion: 1 }, { passwordVersion: 1 }),
    changed({ passwordVersion: 1 }, { passwordVersion: 2 }),
  ]).toEqual([[], []]);
  expect(changed({ role: "nfs", version: "1" }, { role: "postgres", version: "2" })).toEqual([`refused server-role ${at}.role`]);
  expect(changed({ version: "1" }, { version: "2" })).toEqual([`refused server-version ${at}.version`]);
  const path = `refused server-source-unknown ${at}.disk.restoreFrom.cluster`;
  expect(heard(serverSourceUnknown, {}, of({ from: "gone s" }))).toEqual([path]);
  expect([heard(serverSourceUnknown, {}, of({ from: "c s" })), heard(serverSourceUnknown, {}, of({ from: "id" }))]).toEqual([
    [],
    [],
  ]);
  expect(heard(serverSourceUnknown, of({}), of({ from: "gone s" }))).toEqual([]);
});

test("what is destroyed by a stack that stays, and lists of what is destroyed", () => {
  const of = (facts: object) => ({ stacks: { s: { ...stack, ...facts } } });
  const made = { s: ["k"] };
  expect(heard(protectedDropped, of({ protected: ["k"] }), of({}), { made })).toEqual([]);
  expect(words(protectedDropped, of({ protected: ["a"] }), of({}), { made })[0]).toMatch(
    /a is protected from .* destroy it with/,
  );
  expect(words(protectedDropped, of({ protected: ["a", "b"] }), of({}), { made })[0]).toMatch(
    /2 resources .*\(a, b\).* destroy them with/,
  );
  expect(heard(protectedDropped, { ...of({ protected: ["a"] }), unprotected: true }, of({}), { made })).toEqual([]);
  expect(heard(dataDropped, of({ data: ["a"] }), of({}), { made })).toEqual(["warning data-dropped "]);
  expect([
    heard(dataDropped, of({ data: ["k"] }), of({}), { made }),
    heard(dataDropped, of({ data: ["a"] }), {}, { made }),
  ]).toEqual([[], []]);
  expect(heard(dataDropped, of({ data: ["a"], protected: ["a"] }), of({}), { made })).toEqual([]);
  expect(heard(dataDropped, { ...of({ data: ["a"], protected: ["a"] }), unprotected: true }, of({}), { made })).toHaveLength(1);
  const destroyed = ["x", "s"];
  expect(heard(destroyedPast, of({}), {}, { destroyed })).toEqual(["note destroyed-past destroyedStacks[0]"]);
  expect(heard(destroyedPast, {}, of({}), { destroyed })).toEqual(["note destroyed-past destroyedStacks[0]"]);
  expect(heard(destroyedAndMade, {}, of({}), { destroyed })).toEqual(["refused destroyed-stack-made destroyedStacks[1]"]);
});
