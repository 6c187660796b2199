import { databaseWarnings } from "../../../model/warnings/databases";
import { regionWarnings } from "../../../model/warnings/regions";
import { type Data, fleetWith } from "../support";

const warned = (changes: Data) => regionWarnings(fleetWith(changes));
const rds = { engine: "postgres", cloud: "aws", region: "eu-west-1", network: { cidr: "10.250.0.0/24" } };
const azure = { engine: "postgres", cloud: "azure", region: "westeurope", size: "medium" };

test("a region that is off in a new account of AWS is warned of, wherever something would be made there", () => {
  const off = "is off in a new AWS account; switch it on there before the first apply";
  const parts = { cloud: "aws", region: "eu-west-1", repositories: ["shop"] };
  expect(warned({ registries: { parts: { ...parts, replicas: ["eu-central-1", "eu-south-2"] } } })).toEqual([
    `registries.parts.replicas: eu-south-2 ${off}`,
  ]);
  expect(
    warned({
      clusters: { eks: { region: "eu-south-1" } },
      registries: { parts: { ...parts, region: "af-south-1" } },
      databases: { shop: { ...rds, region: "eu-central-2", replicas: ["il-central-1"], secretsRegion: "me-south-1" } },
      backups: { store: { cloud: "aws", region: "ca-west-1" } },
    }),
  ).toEqual([
    `clusters.eks.region: eu-south-1 ${off}`,
    `registries.parts.region: af-south-1 ${off}`,
    `databases.shop.region: eu-central-2 ${off}`,
    `databases.shop.replicas: il-central-1 ${off}`,
    `databases.shop.secretsRegion: me-south-1 ${off}`,
    `backups.store.region: ca-west-1 ${off}`,
  ]);
  expect(warned({ databases: { shop: rds } })).toEqual([]);
});

test("Azure's regions without zones are warned of where zones are needed, and those without a pair where one is", () => {
  const database = (more: Data) => warned({ databases: { shop: { ...azure, ...more } } });
  expect(database({ region: "westus" })).toEqual([]);
  expect(database({ region: "westus", highAvailability: true })).toEqual([
    expect.stringMatching(/^databases\.shop\.highAvailability: westus has no availability zones that are known here/),
  ]);
  expect(
    database({
      engine: "mongo",
      size: "small",
      replicas: ["westus", "uksouth"],
      secretsRegion: "uksouth",
      highAvailability: true,
    }),
  ).toEqual([expect.stringMatching(/^databases\.shop\.highAvailability: westus has no/)]);
  expect(database({ backups: { otherRegion: true } })).toEqual([]);
  expect(database({ region: "polandcentral", backups: { otherRegion: true } })).toEqual([
    expect.stringMatching(/^databases\.shop\.backups\.otherRegion: polandcentral has no paired region/),
  ]);
  const store = (region: string) => warned({ backups: { store: { cloud: "azure", region } } });
  expect(store("westus3")).toEqual([]);
  expect(store("westus")).toEqual([expect.stringMatching(/^backups\.store\.region: westus has no availability zones/)]);
});

test("a class of RDS that AWS has no machine for is warned of", () => {
  const said = (size: string) => databaseWarnings(fleetWith({ databases: { shop: { ...rds, size } } }), new Date("2026-11-01"));
  expect(["small", "medium", "large", "db.r6g.xlarge"].flatMap(said)).toEqual([]);
  expect(said("db.m9z.large")).toEqual([
    expect.stringMatching(/^databases\.shop\.size: 'db\.m9z\.large': AWS had no machines 'm9z', .* the server can't be made$/),
  ]);
});
