import { type Data, over, SOUND } from "../../model/support";
import type { Pair } from "../support";

const HUB =
  "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub/subnets";
const aks = (subnet: string, n: number) => ({
  cloud: "azure",
  region: "uksouth",
  network: { existing: { subnetId: `${HUB}/${subnet}` }, pods: `10.${n}.0.0/16`, services: `10.${n + 1}.0.0/16` },
});
const gke = (region: string) => ({
  cloud: "google",
  region,
  network: { existing: { network: "hub", subnetwork: `nodes-${region}`, podsRange: "pods", servicesRange: "services" } },
});
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
    { one: aks("a", 20), two: aks("b", 22), three: aks("A", 24) },
    { ...secrets, databases: { blog: { engine: "mysql", cloud: "azure", region: "eastus", clusters } } },
  );
const stock = (clusters: readonly string[]) =>
  fleet(
    { g1: gke("europe-west1"), g2: gke("europe-west4") },
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
    { one: aks("a", 20), two: aks("b", 22) },
    {
      registries: {
        images: {
          cloud: "azure",
          region: "uksouth",
          access: "private",
          pull,
          ci: { subnetId: HUB.replace("/hub/subnets", `/${ci}/subnets/run`) },
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
