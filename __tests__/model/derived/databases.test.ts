import { databaseEntries, databaseServers, serverRange, vaultName, wayRange } from "../../../model/derived/databases";
import { database } from "../../../model/schema/databases";

const read = (more: object) =>
  database.parse({ engine: "mysql", cloud: "azure", region: "eastus", databases: ["ghost"], ...more });
const roles = (more: object) => databaseServers(read(more)).map(({ key, role }) => `${key} ${role}`);

test("the first server is the primary, and a promotion fences every one before it", () => {
  expect(roles({ replicas: ["westeurope"] })).toEqual(["eastus primary", "westeurope replica"]);
  expect(roles({ replicas: ["westeurope"], primary: "westeurope" })).toEqual(["eastus fenced", "westeurope primary"]);
});

test("the way back is a new server in the old region, which is promoted in its turn", () => {
  const replicas = ["westeurope", "eastus"];
  expect(roles({ replicas, primary: "westeurope" })).toEqual(["eastus fenced", "westeurope primary", "eastus-2 replica"]);
  expect(roles({ replicas, primary: "eastus-2" })).toEqual(["eastus fenced", "westeurope fenced", "eastus-2 primary"]);
  expect(roles({ replicas, primary: "eastus-2", removed: ["eastus"] })).toEqual(["westeurope fenced", "eastus-2 primary"]);
});

test("each database has an entry for the primary and one for each replica, none for a fenced server", () => {
  const names = (more: object) => databaseEntries("acme", "blog", read(more)).map(({ name }) => name);
  expect(names({ replicas: ["westeurope"] })).toEqual(["acme-db-blog-ghost", "acme-db-blog-ghost-read-westeurope"]);
  expect(names({ replicas: ["westeurope"], primary: "westeurope" })).toEqual(["acme-db-blog-ghost"]);
});

test("ranges go by the place in the list, so that appending moves none", () => {
  const shop = read({ cloud: "google", network: { cidr: "10.250.0.0/24" }, replicas: ["b"], clusters: ["one", "two"] });
  const [first, second] = databaseServers(shop);
  expect(serverRange(shop, first!)).toBe("10.250.0.0/26");
  expect(serverRange(shop, second!)).toBe("10.250.0.64/26");
  expect(wayRange(shop, second!, "two")).toBe("10.250.0.72/29");
});

test("a vault's name fits its 24 characters and differs from database to database", () => {
  const long = "a-very-long-name-here";
  expect(vaultName("sixteencharacter", long).length).toBeLessThanOrEqual(24);
  expect(vaultName("acme", "blog")).not.toBe(vaultName("acme", "blag"));
});
