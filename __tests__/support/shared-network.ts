// Clusters in networks of somebody else, which several of them share.

/** Azure's id of the network's subnets, up to the name of one. */
export const SUBNETS =
  "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub/subnets";

/** An AKS cluster in a subnet of the network `hub`. @param second second number of its pods' range; its services have the next one */
export const aksInHub = (subnet: string, second: number) => ({
  cloud: "azure",
  region: "uksouth",
  network: { existing: { subnetId: `${SUBNETS}/${subnet}` }, pods: `10.${second}.0.0/16`, services: `10.${second + 1}.0.0/16` },
});

/** A GKE cluster in the network `hub`, in its own subnetwork. */
export const gkeInHub = (region: string) => ({
  cloud: "google",
  region,
  network: { existing: { network: "hub", subnetwork: `nodes-${region}`, podsRange: "pods", servicesRange: "services" } },
});
