import { resources, theResource } from "../support/synth";
import { stackOf as synthAks } from "./aks-fixtures";
import { synthEks, usual as usualEks } from "./eks-fixtures";
import { REGION, synthGke, usual as usualGke } from "./gke-fixtures";

/** Partners list the addresses that a cluster leaves by: they are the owner's, and outlive the cluster. */
describe("addresses of one's own", () => {
  const PUBLIC_IP =
    "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/net/providers/Microsoft.Network/publicIPAddresses/out";
  const ADDRESS = `projects/arctiq-prod/regions/${REGION}/addresses/out`;
  const eks = (egressAddresses: string[], nat: "single" | "per-zone" = "per-zone") =>
    synthEks({ ...usualEks, network: { ...usualEks.network, nat, egressAddresses } });
  const aks = (id: string) => synthAks({ network: { cidr: "10.30.0.0/16", egressAddresses: [id] } });
  const gke = (id: string) => synthGke({ ...usualGke, network: { ...usualGke.network, egressAddresses: [id] } }).stack;

  test("EKS: each NAT gateway has one, in the order of the zones, and none is made", () => {
    const stack = eks(["eipalloc-0a", "eipalloc-0b", "eipalloc-0c"]);
    const gateways = Object.entries(resources(stack, "aws_nat_gateway"));
    expect(gateways.map(([id, { allocation_id }]) => [id.replace(/^.*nat-(.*)_[0-9A-F]{8}$/, "$1"), allocation_id])).toEqual([
      ["sa-east-1a", "eipalloc-0a"],
      ["sa-east-1b", "eipalloc-0b"],
      ["sa-east-1c", "eipalloc-0c"],
    ]);
    expect(Object.keys(resources(stack, "aws_eip")).filter((id) => id.includes("nat"))).toEqual([]);
    expect(theResource(eks(["eipalloc-0a"], "single"), "aws_nat_gateway").allocation_id).toBe("eipalloc-0a");
  });

  test("AKS: the load balancer leaves by them, and the control plane may join them to it before it is made", () => {
    const stack = aks(PUBLIC_IP);
    const cluster = theResource(stack, "azurerm_kubernetes_cluster");
    expect(cluster.network_profile).toMatchObject({ load_balancer_profile: { outbound_ip_address_ids: [PUBLIC_IP] } });
    const [id, grant] = Object.entries(resources(stack, "azurerm_role_assignment")).find(([, { scope }]) => scope === PUBLIC_IP)!;
    expect(grant.role_definition_name).toBe("Network Contributor");
    expect(cluster.depends_on).toContain(`azurerm_role_assignment.${id}`);
  });

  test("GKE: Cloud NAT takes them and no other", () => {
    expect(theResource(gke(ADDRESS), "google_compute_router_nat")).toMatchObject({
      nat_ip_allocate_option: "MANUAL_ONLY",
      nat_ips: [ADDRESS],
    });
  });

  test.each([
    ["too few for EKS", () => eks(["eipalloc-0a"]), "there are 1 and 3 NAT gateways, which have an address each: give 3"],
    ["no allocation id", () => eks(["203.0.113.7"], "single"), "'203.0.113.7' is no allocation id"],
    ["no id of Azure", () => aks("203.0.113.7"), "'203.0.113.7' is no resource id of a public IP"],
    ["another region's", () => gke(ADDRESS.replace(REGION, "us-east1")), "is no address in the cluster's region"],
  ])("%s are refused", (_, make, message) => {
    expect(make).toThrow(`network.egressAddresses: `);
    expect(make).toThrow(message);
  });
});
