import { type Change, type ChangeRule, type Finding, keptMade, transition } from "./rule";

/**
 * What a provider takes and never takes away: the argument is optional and computed, so that a plan without it keeps
 * what is there and shows nothing (docs/sent-on-update.md, "Accepted, and not sent").
 */
export const neverTaken: ChangeRule = (change) => [
  ...zone(change),
  ...keptMade(change).flatMap(({ name, before, after }) =>
    gone(before.given, after.given).map((field) => finding(["clusters", name, ...field.split(".")], FIELDS[field] ?? OTHER)),
  ),
  ...keptMade(change).flatMap(({ name, before, after }) =>
    after.cloud === "google" && before.egress && !after.egress
      ? [finding(["clusters", name, "network", "egressAddresses"], FIELDS["network.egressAddresses"]!)]
      : [],
  ),
];

/** Others let in what comes from a cluster by its addresses. */
export const egressMoves: ChangeRule = (change) =>
  keptMade(change).flatMap(({ name, before, after }): Finding[] => {
    if (String(before.egress) === String(after.egress) || (after.cloud === "google" && !after.egress)) return [];
    const path = ["clusters", name, "network", "egressAddresses"];
    const released =
      before.egress && !before.egress.includes("single") ? "" : ", and the cloud takes back those that were made for it";
    return [
      {
        id: "egress-moves",
        severity: "warning",
        path,
        transition: transition(path, before.egress ?? "made", after.egress ?? "made"),
        message: `what leaves the cluster comes from other addresses from this apply on${released}: whoever lets it in by them must know the new ones before${after.cloud === "aws" ? "; NAT gateways are replaced meanwhile, and connections through them break" : ""}`,
      },
    ];
  });

/** A field that a newer Meridian noted. */
const OTHER = "what it set stays. Take that away by hand where the cloud lets you; and accept this change";

const FIELDS: Readonly<Record<string, string>> = {
  "google.securityGroup":
    'GKE goes on asking that group. People lose what the fleet file gave them all the same. To take it away, write overrides on google_container_cluster with authenticator_groups_config: { security_group: "" }; to leave it, accept this change',
  "network.egressAddresses":
    "the plan keeps the addresses beside automatic ones, and Cloud NAT has either (google 6.50, nat_ips). Switch it over first (gcloud compute routers nats update … --auto-allocate-nat-external-ips), and accept this change; egress then has other addresses",
};

function zone({ before, after }: Change): readonly Finding[] {
  if (before.zone.name !== after.zone.name) return [];
  return gone(before.zone.given, after.zone.given).map((field) =>
    finding(
      ["dns", field],
      "Route53 goes on with it. To end it: aws route53 update-hosted-zone-features --no-enable-accelerated-recovery; and accept this change",
    ),
  );
}

function gone(before: unknown, after: unknown): readonly string[] {
  const is: readonly string[] = Array.isArray(after) ? after : [];
  const was: readonly string[] = Array.isArray(before) ? before : [];
  return was.filter((field) => !is.includes(field));
}

function finding(path: Finding["path"], what: string): Finding {
  return {
    id: "never-taken",
    severity: "refused",
    path,
    transition: transition(path, "given", "none"),
    message: `Terraform would show nothing, and nothing would happen: ${what}`,
  };
}
