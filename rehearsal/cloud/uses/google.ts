import type { Use } from "./use";

const COMPUTE = "Compute Engine API, resourceInUseByAnotherResource";

/** Every use that the services of Google Cloud document. */
export const googleUses: readonly Use[] = [
  ...["id", "self_link", "name"].flatMap((by) => [
    ...["google_compute_subnetwork", "google_compute_router", "google_compute_firewall", "google_container_cluster"].map(
      (user) => ({
        of: "google_compute_network",
        by,
        user,
        at: "network",
        source: COMPUTE,
      }),
    ),
    { of: "google_compute_subnetwork", by, user: "google_container_cluster", at: "subnetwork", source: COMPUTE },
    { of: "google_compute_disk", by, user: "google_compute_attached_disk", at: "disk", source: COMPUTE },
  ]),
];
