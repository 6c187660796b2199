import { isDeepStrictEqual } from "node:util";
import type { GkeClusterProps } from "../../constructs/clusters/gke";
import { build } from "../../examples/standalone-gke";
import { type Block, resources, type StackJson, synthStacks, theResource } from "../support/synth";
import { synthGke, unusual, usual } from "./gke-fixtures";

const stackOf = (change: Partial<GkeClusterProps> = {}) => synthGke({ ...usual, ...change }).stack;
const clusterOf = (change: Partial<GkeClusterProps> = {}) => theResource(stackOf(change), "google_container_cluster");
/** The address of the only resource of a type. */
const address = (stack: StackJson, type: string) => `${type}.${Object.keys(resources(stack, type))[0]}`;
const all = (stack: StackJson): [string, Block][] =>
  Object.entries(stack.resource ?? {}).flatMap(([type, some]) =>
    Object.entries(some).map(([id, block]): [string, Block] => [`${type}.${id}`, block]),
  );

describe("GKE cluster", () => {
  test("as most are", () => {
    const { resource, data, output } = stackOf();
    expect({ resource, data, output }).toMatchSnapshot();
  });

  test("private, in an existing network, with a key of its owner's, spot and Arm, unprotected", () => {
    const { resource, data, output } = stackOf(unusual);
    expect({ resource, data, output }).toMatchSnapshot();
  });

  test("the standalone example makes a cluster without a fleet file", () => {
    const { eemshaven } = synthStacks(build);
    expect(theResource(eemshaven!, "google_container_cluster").name).toBe("eemshaven");
    expect(Object.keys(resources(eemshaven!, "google_container_node_pool"))).toHaveLength(2);
  });

  test("subsetting of internal load balancers is always said, or google 6.50 replaces the cluster", () => {
    for (const props of [usual, unusual]) expect(clusterOf(props).enable_l4_ilb_subsetting).toBe(true);
  });

  test("the default pool goes at once, and has what all pools have: an organization that demands it refuses the cluster", () => {
    const unlike = { machines: ["c4a-standard-4"], architecture: "arm64", spot: true, diskGib: 50, labels: { a: "b" } } as const;
    const taints = [{ key: "a", value: "b", effect: "NoSchedule" }] as const;
    const stack = stackOf({ pools: { main: {}, other: { ...unlike, taints } } });
    const cluster = theResource(stack, "google_container_cluster");
    expect(cluster).toMatchObject({ remove_default_node_pool: true, initial_node_count: 1 });
    const [one, other] = Object.values(resources(stack, "google_container_node_pool")).map(
      ({ node_config }) => node_config as Block,
    );
    const alike = Object.entries(one!).filter(([name, value]) => isDeepStrictEqual(value, other![name]));
    expect(alike.map(([name]) => name)).toContain("shielded_instance_config");
    expect(cluster.node_config).toEqual(Object.fromEntries(alike));
  });

  test("pools have no read-only port of the kubelet, which asks nobody who they are", () => {
    expect(clusterOf().node_pool_defaults).toEqual({ node_config_defaults: { insecure_kubelet_readonly_port_enabled: "FALSE" } });
  });

  test("Dataplane V2 stands without a network_policy block, which would contradict it", () => {
    expect(clusterOf().datapath_provider).toBe("ADVANCED_DATAPATH");
    expect(clusterOf()).not.toHaveProperty("network_policy");
  });

  test("the ranges that the cluster names are the subnet's", () => {
    const stack = stackOf();
    const { secondary_ip_range } = theResource(stack, "google_compute_subnetwork");
    const { ip_allocation_policy } = theResource(stack, "google_container_cluster");
    expect(secondary_ip_range).toEqual([
      { range_name: "pods", ip_cidr_range: "10.30.128.0/17" },
      { range_name: "services", ip_cidr_range: "10.30.32.0/20" },
    ]);
    expect(ip_allocation_policy).toMatchObject({
      cluster_secondary_range_name: "pods",
      services_secondary_range_name: "services",
    });
  });

  test("no default node is booted before its roles, the NAT and the key's grant are there, and the address outlives the cluster", () => {
    const stack = stackOf();
    const { depends_on } = theResource(stack, "google_container_cluster");
    const before = [
      address(stack, "google_compute_router_nat"),
      address(stack, "google_compute_address"),
      address(stack, "google_kms_crypto_key_iam_member"),
      ...Object.entries(resources(stack, "google_project_iam_member"))
        .filter(([, { role }]) => role !== "roles/container.admin")
        .map(([id]) => `google_project_iam_member.${id}`),
    ];
    expect(before).toHaveLength(6);
    expect(depends_on).toEqual(expect.arrayContaining(before));
  });

  test("nodes write logs and metrics and pull images, no more", () => {
    const stack = stackOf();
    const ofNodes = Object.values(resources(stack, "google_project_iam_member"))
      .filter(({ member }) => String(member).includes(address(stack, "google_service_account")))
      .map(({ role }) => role);
    expect(ofNodes.sort()).toEqual([
      "roles/artifactregistry.reader",
      "roles/container.defaultNodeServiceAccount",
      "roles/stackdriver.resourceMetadata.writer",
    ]);
  });

  test("deletion protection refuses at plan for cluster, network, subnetwork, address, key ring and key, and only for them", () => {
    const kept = (stack: StackJson) =>
      all(stack)
        .filter(([, { lifecycle }]) => (lifecycle as Block | undefined)?.prevent_destroy === true)
        .map(([at]) => at.split(".")[0]);
    expect(kept(stackOf()).sort()).toEqual([
      "google_compute_address",
      "google_compute_network",
      "google_compute_subnetwork",
      "google_container_cluster",
      "google_kms_crypto_key",
      "google_kms_key_ring",
    ]);
    expect(clusterOf().deletion_protection).toBe(true);
    expect(kept(stackOf({ deletionProtection: false }))).toEqual([]);
    expect(clusterOf({ deletionProtection: false }).deletion_protection).toBe(false);
  });

  test("what google 6.50 would see as a change for ever is ignored", () => {
    expect(clusterOf().lifecycle).toMatchObject({ ignore_changes: ["node_config", "database_encryption[0].state"] });
  });

  test("APIs stay on in the project when the cluster goes, and only those in use are switched on", () => {
    const services = (stack: StackJson) => Object.values(resources(stack, "google_project_service"));
    expect(services(stackOf()).every(({ disable_on_destroy }) => disable_on_destroy === false)).toBe(true);
    expect(services(stackOf()).map(({ service }) => service)).toContain("cloudkms.googleapis.com");
    expect(services(stackOf(unusual)).map(({ service }) => service)).not.toContain("cloudkms.googleapis.com");
  });

  test("every resource that can name its project does, so that a stack may span several", () => {
    const withoutProject = all(stackOf())
      .filter(([, { project }]) => project !== "arctiq-prod")
      .map(([at]) => at.split(".")[0]);
    // These two name it through the key ring.
    expect(withoutProject.sort()).toEqual(["google_kms_crypto_key", "google_kms_crypto_key_iam_member"]);
  });
});

describe("GKE's API", () => {
  test("an allow-list is kept to: no DNS endpoint from outside, no other Google addresses", () => {
    const cluster = clusterOf();
    expect(cluster.master_authorized_networks_config).toEqual({
      cidr_blocks: [{ cidr_block: "203.0.113.0/24" }, { cidr_block: "198.51.100.7/32" }],
      gcp_public_cidrs_access_enabled: false,
    });
    expect(cluster.control_plane_endpoints_config).toMatchObject({ dns_endpoint_config: { allow_external_traffic: false } });
  });

  test("a public API without an allow-list is refused", () => {
    expect(() => synthGke({ ...usual, api: {} })).toThrow("api.allowFrom: a public API needs the ranges that may reach it");
  });

  test("the DNS endpoint takes the place of the address and needs no authority", () => {
    const { cluster, stack } = synthGke({ ...usual, api: {}, dnsEndpoint: true });
    expect(theResource(stack, "google_container_cluster")).toMatchObject({
      control_plane_endpoints_config: { dns_endpoint_config: { allow_external_traffic: true } },
      master_authorized_networks_config: { cidr_blocks: [] },
    });
    expect(stack.output!.endpoint!.value).toMatch(
      /^https:\/\/\$\{google_container_cluster\.[\w-]+\.control_plane_endpoints_config\[0\]\.dns_endpoint_config\[0\]\.endpoint\}$/,
    );
    expect(cluster.face.certificateAuthority).toBeUndefined();
  });

  test("a private API has no public address and takes connections from private ranges, or from those listed", () => {
    expect(clusterOf({ api: { access: "private" } })).toMatchObject({
      private_cluster_config: { enable_private_endpoint: true, enable_private_nodes: true },
      master_authorized_networks_config: {
        cidr_blocks: [
          { cidr_block: "10.0.0.0/8" },
          { cidr_block: "172.16.0.0/12" },
          { cidr_block: "192.168.0.0/16" },
          { cidr_block: "100.64.0.0/10" },
        ],
        private_endpoint_enforcement_enabled: true,
      },
    });
    expect(clusterOf({ api: { access: "private", allowFrom: ["10.1.0.0/24"] } })).toMatchObject({
      master_authorized_networks_config: { cidr_blocks: [{ cidr_block: "10.1.0.0/24" }] },
    });
  });

  test("administrators and runner are added to the project's, each once, and left to others where asked", () => {
    const admins = (change: Partial<GkeClusterProps>) =>
      Object.values(resources(stackOf(change), "google_project_iam_member"))
        .filter(({ role }) => role === "roles/container.admin")
        .map(({ member }) => member);
    expect(admins({}).sort()).toEqual([usual.admins![0], usual.runner].sort());
    expect(admins({ admins: [usual.runner] })).toEqual([usual.runner]);
    expect(admins({ grantAccess: false })).toEqual([]);
  });

  test("an administrator's grant has an id of its own, whoever else comes and goes", () => {
    const ids = (admins: string[]) => Object.keys(resources(stackOf({ admins }), "google_project_iam_member"));
    expect(ids(["user:b@x.example", "user:c@x.example"])).toEqual(expect.arrayContaining(ids(["user:c@x.example"])));
  });
});

describe("GKE's network and keys", () => {
  test("an existing network is taken as it is", () => {
    const { stack, cluster } = synthGke(unusual);
    for (const type of ["network", "subnetwork", "router", "router_nat"])
      expect(resources(stack, `google_compute_${type}`)).toEqual({});
    expect(cluster.foundation).toMatchObject({
      network: "projects/host/global/networks/shared",
      subnetwork: "projects/host/regions/australia-southeast1/subnetworks/apps",
    });
  });

  test("half an existing network, and none at all, are refused", () => {
    expect(() => synthGke({ ...usual, network: { existing: { network: "n", podsRange: "p" } } })).toThrow(
      "network.existing: it needs subnetwork, servicesRange too",
    );
    expect(() => synthGke({ ...usual, network: {} })).toThrow("network.cidr: is missing: a range such as 10.10.0.0/16");
  });

  test("NAT moves ports as Google allows it: no endpoint-independent mapping, a power of two", () => {
    expect(theResource(stackOf(), "google_compute_router_nat")).toMatchObject({
      enable_dynamic_port_allocation: true,
      enable_endpoint_independent_mapping: false,
      min_ports_per_vm: 64,
    });
  });

  test("GKE's own agent, by the project's number, may use the key made for the cluster", () => {
    const stack = stackOf();
    expect(theResource(stack, "google_kms_crypto_key_iam_member")).toMatchObject({
      role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
      member: expect.stringMatching(
        /^serviceAccount:service-\$\{data\.google_project\.[\w-]+\.number\}@container-engine-robot\.iam\.gserviceaccount\.com$/,
      ),
    });
    expect(theResource(stack, "google_kms_crypto_key").rotation_period).toBe("7776000s");
  });

  test("a key of somebody else's is used and not touched", () => {
    const stack = stackOf(unusual);
    expect(theResource(stack, "google_container_cluster").database_encryption).toEqual({
      state: "ENCRYPTED",
      key_name: unusual.secretsKey,
    });
    expect(Object.keys(stack.resource!).filter((type) => type.startsWith("google_kms"))).toEqual([]);
    expect(stack.data).toBeUndefined();
  });
});

describe("what a GKE cluster shows to the outside", () => {
  test("the address is known by name at synth and by number after apply", () => {
    const { stack, cluster } = synthGke(usual);
    const { name, address_type, network_tier, region } = theResource(stack, "google_compute_address");
    expect({ address_type, network_tier, region }).toEqual({
      address_type: "EXTERNAL",
      network_tier: "PREMIUM",
      region: usual.region,
    });
    expect(cluster.face.ingress.service).toEqual({
      type: "LoadBalancer",
      annotations: { "networking.gke.io/load-balancer-ip-addresses": name },
      loadBalancerClass: "networking.gke.io/l4-regional-external",
    });
    expect(stack.output!.ingress_ips!.value).toEqual([`\${${address(stack, "google_compute_address")}.address}`]);
  });

  test("the issuer has its fixed form and waits for the cluster", () => {
    const { stack } = synthGke(usual);
    expect(stack.output!.oidc_issuer!.value).toBe(
      `https://container.googleapis.com/v1/projects/arctiq-prod/locations/australia-southeast1/clusters/\${${address(stack, "google_container_cluster")}.name}`,
    );
  });

  test("tokens come from the credentials that Terraform itself uses, of people and pipelines alike", () => {
    expect(synthGke(usual).cluster.face.auth).toEqual({
      command: "gke-gcloud-auth-plugin",
      args: ["--use_application_default_credentials"],
    });
  });

  test("the face goes by the fleet's short name, or by the cluster's own", () => {
    expect(synthGke(usual).cluster.face.name).toBe("sydney");
    expect(synthGke({ ...usual, clusterKey: undefined }).cluster.face.name).toBe("arctiq-sydney");
  });
});
