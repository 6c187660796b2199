import { type Data, over, problemsWith } from "../../support";

const sshPublicKey = "ssh-ed25519 AAAA somebody";
const db: Data = { role: "postgres", sshPublicKey, disk: { sizeGiB: 64 } };
const from = (restoreFrom: Data, more: Data = {}) => over(db, { disk: { restoreFrom }, ...more });
const snapshot = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/g/providers/Microsoft.Compute/snapshots/db";
const subscriptionId = "00000000-0000-0000-0000-000000000009";
/** Servers of the sound fleet's AKS cluster, and of another generation. */
const of = (aks: Data, next: Data, more: Data = {}) =>
  problemsWith({
    clusters: {
      aks: { servers: aks },
      next: { cloud: "azure", region: "uksouth", network: { cidr: "10.4.0.0/16" }, servers: next, ...more },
    },
  });
const fenced = over(db, { fenced: true });
const at = (field: string, message: string) => [`clusters.next.servers.db${field}: ${message}`];

test("a disk is of a snapshot or of a cluster, not of both and not of neither", () => {
  const either = at(".disk.restoreFrom", "names either a `snapshot` or a `cluster` whose server the data is of");
  expect(of({ db: fenced }, { db: from({ snapshot, cluster: "aks" }, { login: "b" }) })).toEqual(expect.arrayContaining(either));
  expect(of({ db: fenced }, { db: from({ server: "db" }, { login: "b" }) })).toEqual(expect.arrayContaining(either));
});

test("another fleet's cluster says its subscription and may be called as this one; this fleet's says neither", () => {
  const sanitize = "true";
  const prod = { fleet: "prod", cluster: "next", subscriptionId };
  expect(of({}, { db: from(prod, { sanitize }) })).toEqual([]);
  expect(of({ db: fenced }, { db: from({ cluster: "aks", subscriptionId }) })).toEqual(
    at(".disk.restoreFrom.subscriptionId", "goes with `fleet`: a cluster of this fleet says its own subscription"),
  );
  expect(of({ db: fenced }, { db: from({ fleet: "acme", cluster: "next" }, { sanitize }) })).toContain(
    at(".disk.restoreFrom.cluster", "'next' is this cluster: name another generation, or a snapshot")[0],
  );
});

test("data of a fleet that is named needs a script, and data of none may have one", () => {
  expect(of({ db: fenced }, { db: from({ fleet: "acme", cluster: "aks" }) })).toEqual([
    expect.stringMatching(/^clusters.next.servers.db.sanitize: is missing: data of fleet 'acme' is served only after/),
  ]);
  expect(of({ db: fenced }, { db: from({ cluster: "aks" }, { sanitize: "true" }) })).toEqual([]);
  expect(of({}, { db: from({ snapshot }, { sanitize: "true" }) })).toEqual([]);
});

test("the server of another generation may have another key", () => {
  expect(of({ main: fenced }, { db: from({ cluster: "aks", server: "main" }) })).toEqual([]);
  expect(of({ main: fenced }, { db: from({ cluster: "aks" }) })).toEqual(
    at(".disk.restoreFrom.server", "'aks' has no server 'db'; it has: main"),
  );
});

test("a cluster of another cloud has no server to restore from", () => {
  expect(of({}, { db: from({ cluster: "eks" }) })).toEqual([
    expect.stringMatching(/^clusters.next.servers.db.disk.restoreFrom.server: 'eks' has no server 'db'/),
  ]);
  const said = problemsWith({
    clusters: {
      eks: { servers: { db: fenced } },
      aks: { servers: { db: from({ cluster: "eks" }) } },
    },
  });
  expect(said).toContainEqual(
    expect.stringMatching(/^clusters.aks.servers.db.disk.restoreFrom.cluster: 'eks' has no server 'db'/),
  );
});

test("data is read by a server of its own kind, and the version of files is nobody's", () => {
  const files = { role: "nfs", sshPublicKey, disk: { sizeGiB: 64 } };
  const restored = { disk: { restoreFrom: { cluster: "aks" } } };
  expect(of({ db: over(files, { fenced: true }) }, { db: over(db, restored) })).toEqual(
    at(".role", "is 'postgres', and 'aks.db' is 'nfs': the data is not of that kind"),
  );
  expect(of({ db: over(db, { fenced: true, version: "16" }) }, { db: over(files, restored) })).toEqual(
    at(".role", "is 'nfs', and 'aks.db' is 'postgres': the data is not of that kind"),
  );
  expect(of({ db: over(files, { fenced: true }) }, { db: over(files, restored) })).toEqual([]);
  expect(of({ db: over(fenced, { version: "17" }) }, { db: over(db, restored) })).toEqual([]);
});

test("a disk is as large as the one that it is made from, or larger", () => {
  const sized = (own: number) => of({ db: fenced }, { db: over(from({ cluster: "aks" }), { disk: { sizeGiB: own } }) });
  expect(sized(64)).toEqual([]);
  expect(sized(65)).toEqual([]);
  expect(sized(63)).toEqual(at(".disk.sizeGiB", "63 is less than the 64 of 'aks.db': at least the same"));
});

test("clusters with servers in one region are of one subscription, tenant and runner, each of which is told", () => {
  const azure = {
    subscriptionId,
    tenantId: "00000000-0000-0000-0000-000000000008",
    runner: "00000000-0000-0000-0000-000000000007",
  };
  const said = (more: Data) =>
    of({ db: { ...db, login: "a" } }, { db: { ...db, login: "b" } }, more).filter((problem) => problem.includes("share a vault"));
  expect(said({ azure })).toEqual(
    ["subscriptionId", "tenantId", "runner"].map((field) =>
      expect.stringMatching(
        new RegExp(`^clusters.next.servers: share a vault with those of 'aks' in uksouth, whose azure.${field} is another`),
      ),
    ),
  );
  expect(said({ azure, region: "ukwest" })).toEqual([]);
  expect(said({})).toEqual([]);
});

test("two servers keep their passwords apart, unless both name them or one is made from the other", () => {
  const twice = /^clusters.next.servers.db: would have the passwords of 'aks.db', since both are kept as 'db'/;
  expect(of({ db }, { db })).toEqual([expect.stringMatching(twice)]);
  expect(of({ db: { ...db, login: "db" } }, { db })).toEqual([expect.stringMatching(twice)]);
  expect(of({ db }, { db: { ...db, login: "db" } })).toEqual([expect.stringMatching(twice)]);
  expect(of({ db: { ...db, login: "one" } }, { db: { ...db, login: "one" } })).toEqual([]);
  expect(of({ db: { ...db, login: "one" } }, { db })).toEqual([]);
  expect(of({ db: from({ cluster: "gone" }) }, { db })).toEqual([]);
  expect(of({ db }, { db: from({ cluster: "gone" }) })).toEqual([]);
  expect(of({ db: from({ snapshot }) }, { db })).toEqual([expect.stringMatching(twice)]);
  expect(of({ db }, { db }, { region: "ukwest" })).toEqual([]);
});

test("two servers of one cluster aren't generations of one another, and one of files has no password", () => {
  const same = { one: from({ cluster: "gone" }, { login: "two" }), two: db };
  expect(problemsWith({ clusters: { aks: { servers: same } } })).toEqual([
    expect.stringMatching(/^clusters.aks.servers.two: would have the passwords of 'aks.one', since both are kept as 'two'/),
  ]);
  const files = { role: "nfs", sshPublicKey, disk: { sizeGiB: 64 } };
  expect(of({ db: files }, { db })).toEqual([]);
  expect(of({ db }, { db: files })).toEqual([]);
});
