import { type Data, over, SOUND } from "../../model/support";
import { aksInHub, gkeInHub, SUBNETS } from "../../support/shared-network";
import type { Pair } from "../support";

const fleet = (clusters: Data, more: Data): Data =>
  over(SOUND, {
    clusters: { eks: undefined, aks: undefined, gke: undefined, ...clusters },
    ...more,
  });
const keyVaultId =
  "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/acme/providers/Microsoft.KeyVault/vaults/acme";
const secrets = { defaults: { addons: { externalSecrets: { enabled: true, keyVaultId } } } };

const blog = (clusters: readonly string[]) =>
  fleet(
    { one: aksInHub("a", 20), two: aksInHub("b", 22), three: aksInHub("A", 24) },
    { ...secrets, databases: { blog: { engine: "mysql", cloud: "azure", region: "eastus", clusters } } },
  );
const stock = (clusters: readonly string[]) =>
  fleet(
    { g1: gkeInHub("europe-west1"), g2: gkeInHub("europe-west4") },
    {
      ...secrets,
      databases: {
        stock: {
          engine: "postgres",
          cloud: "google",
          region: "europe-west1",
          network: { cidr: "10.251.0.0/24" },
          clusters,
        },
      },
    },
  );
const images = (pull: readonly string[], ci = "ci") =>
  fleet(
    { one: aksInHub("a", 20), two: aksInHub("b", 22) },
    {
      registries: {
        images: {
          cloud: "azure",
          region: "uksouth",
          access: "private",
          pull,
          ci: { subnetId: SUBNETS.replace("/hub/subnets", `/${ci}/subnets/run`) },
        },
      },
    },
  );

/** Ways into networks that several clusters share. */
export const WAYS: readonly Pair[] = [
  ["the first cluster of a shared network leaves a database", blog(["one", "two"]), blog(["two"]), ["refused way-moved"]],
  ["another one of its subnet comes first", blog(["one", "two", "three"]), blog(["three", "two"]), []],
  ["the last cluster of a shared network leaves a database", blog(["one"]), blog([]), []],
  [
    "a database on Google is left by the first of a network",
    stock(["g1", "g2"]),
    stock(["-", "g2"]),
    ["refused resource-replaced", "refused way-moved"],
  ],
  ["whose place another one takes", stock(["g1", "g2"]), stock(["g2"]), []],
  [
    "the first cluster of a shared network no longer pulls from a private registry",
    images(["one", "two"]),
    images(["two"]),
    ["refused way-moved"],
  ],
  ["images are pushed from a shared network", images(["one"]), images(["one"], "hub"), ["refused way-moved"]],
];
