/** What Google Cloud decides when it makes something. Ids and links as in the REST references of the services. */

import { type Inventor, type Subject, text } from "./context";
import { base64Certificate } from "./generic";

export function project({ known, provider }: Subject): string {
  return text(known, "project", text(provider, "project", "rehearsal-project"));
}

function place({ known, provider }: Subject): string {
  return text(known, "location", text(known, "region", text(known, "zone", text(provider, "region", "europe-west1"))));
}

/** A Compute Engine resource; `scope` names the part of the path before the kind. */
export function compute(kind: string, scope: "global" | "regions" | "zones", more: Inventor = () => ({})): Inventor {
  return (subject) => {
    const where = scope === "global" ? "global" : `${scope}/${place(subject).replace(/^.*\//, "")}`;
    const id = `projects/${project(subject)}/${where}/${kind}/${text(subject.known, "name")}`;
    return {
      id,
      self_link: `https://www.googleapis.com/compute/v1/${id}`,
      project: project(subject),
      creation_timestamp: "2026-01-01T00:00:00.000-08:00",
      ...more(subject),
    };
  };
}

function serviceAccount(subject: Subject): ReturnType<Inventor> {
  const email = `${text(subject.known, "account_id")}@${project(subject)}.iam.gserviceaccount.com`;
  const id = `projects/${project(subject)}/serviceAccounts/${email}`;
  return { id, name: id, email, member: `serviceAccount:${email}`, unique_id: subject.seed.digits(21) };
}

/** Resource types of Google Cloud. */
export const googleInventors: Readonly<Record<string, Inventor>> = {
  google_compute_network: compute("networks", "global", (s) => ({ gateway_ipv4: "", numeric_id: s.seed.digits(19) })),
  google_compute_subnetwork: compute("subnetworks", "regions", (s) => ({ gateway_address: s.seed.privateIp() })),
  google_compute_router: compute("routers", "regions"),
  google_compute_router_nat: (s) => ({ id: `${project(s)}/${place(s)}/${text(s.known, "router")}/${text(s.known, "name")}` }),
  google_compute_address: compute("addresses", "regions", (s) => ({ address: s.seed.publicIp(), users: [] })),
  google_compute_global_address: compute("addresses", "global", (s) => ({ address: s.seed.publicIp() })),
  google_compute_firewall: compute("firewalls", "global"),
  google_compute_disk: compute("disks", "zones"),
  google_compute_snapshot: compute("snapshots", "global"),
  google_compute_instance: compute("instances", "zones"),
  google_service_account: serviceAccount,
  google_project_iam_member: (s) => ({
    id: `${project(s)}/${text(s.known, "role")}/${text(s.known, "member")}`,
    etag: s.seed.hex(12),
  }),
  google_project_service: (s) => ({ id: `${project(s)}/${text(s.known, "service")}` }),
  google_container_cluster: gkeCluster,
  google_container_node_pool: (s) => ({
    id: `projects/${project(s)}/locations/${place(s)}/clusters/${text(s.known, "cluster")}/nodePools/${text(s.known, "name")}`,
    version: "1.36.0-gke.1000",
    instance_group_urls: [
      `https://www.googleapis.com/compute/v1/projects/${project(s)}/zones/${place(s)}-b/instanceGroupManagers/gke-${s.seed.hex(8)}-grp`,
    ],
  }),
  google_artifact_registry_repository: (s) => ({
    id: `projects/${project(s)}/locations/${place(s)}/repositories/${text(s.known, "repository_id")}`,
    name: text(s.known, "repository_id"),
  }),
  google_iam_workload_identity_pool: (s) => {
    const id = `locations/global/workloadIdentityPools/${text(s.known, "workload_identity_pool_id")}`;
    return {
      id: `projects/${project(s)}/${id}`,
      name: `projects/${s.seed.digits(12)}/${id}`,
      state: "ACTIVE",
      project: project(s),
    };
  },
  google_iam_workload_identity_pool_provider: (s) => {
    const id = `locations/global/workloadIdentityPools/${text(s.known, "workload_identity_pool_id")}/providers/${text(s.known, "workload_identity_pool_provider_id")}`;
    return {
      id: `projects/${project(s)}/${id}`,
      name: `projects/${s.seed.digits(12)}/${id}`,
      state: "ACTIVE",
      project: project(s),
    };
  },
  google_dns_managed_zone: (s) => ({
    id: `projects/${project(s)}/managedZones/${text(s.known, "name")}`,
    name_servers: ["a", "b", "c", "d"].map((letter) => `ns-cloud-${letter}1.googledomains.com.`),
    managed_zone_id: Number(s.seed.digits(12)),
  }),
  google_kms_key_ring: (s) => ({ id: `projects/${project(s)}/locations/${place(s)}/keyRings/${text(s.known, "name")}` }),
  google_kms_crypto_key: (s) => ({ id: `${text(s.known, "key_ring")}/cryptoKeys/${text(s.known, "name")}` }),
  google_filestore_instance: (s) => ({ id: `projects/${project(s)}/locations/${place(s)}/instances/${text(s.known, "name")}` }),
};

function gkeCluster(subject: Subject): ReturnType<Inventor> {
  const { known, seed } = subject;
  const name = text(known, "name");
  const id = `projects/${project(subject)}/locations/${place(subject)}/clusters/${name}`;
  return {
    id,
    self_link: `https://container.googleapis.com/v1/${id}`,
    endpoint: seed.publicIp(),
    master_version: "1.36.0-gke.1000",
    node_version: "1.36.0-gke.1000",
    master_auth: [{ cluster_ca_certificate: base64Certificate(seed.hex(32)), client_certificate: "", client_key: "" }],
    services_ipv4_cidr: "34.118.224.0/20",
    control_plane_endpoints_config: {
      dns_endpoint_config: [
        { endpoint: `gke-${seed.hex(30)}-${seed.digits(12)}.${place(subject)}.gke.goog`, allow_external_traffic: false },
      ],
      endpoint: `gke-${seed.hex(30)}-${seed.digits(12)}.${place(subject)}.gke.goog`,
    },
    private_cluster_config: { private_endpoint: seed.privateIp(), public_endpoint: seed.publicIp(), peering_name: "" },
  };
}

/** Data sources of Google Cloud. */
export const googleFixtures: Readonly<Record<string, Inventor>> = {
  google_compute_zones: (s) => ({ id: place(s), names: ["b", "c", "d"].map((letter) => `${place(s)}-${letter}`), status: "UP" }),
  google_client_config: (s) => ({ id: `projects/${project(s)}`, project: project(s), access_token: "rehearsal-token" }),
  google_project: (s) => ({ id: `projects/${project(s)}`, project_id: project(s), number: "123456789012", name: project(s) }),
  google_compute_snapshot: (s) => ({ ...googleInventors.google_compute_snapshot?.(s), disk_size_gb: 100 }),
};

/** A service account's address follows from its id and its project, so the provider knows it at plan. */
export const googleEarly: Readonly<Record<string, Inventor>> = {
  google_service_account: (subject) =>
    typeof subject.known.account_id === "string"
      ? { email: serviceAccount(subject).email, member: serviceAccount(subject).member }
      : {},
};
