import { ADD_ONS } from "../../model/add-ons";
import type { AddOn } from "../../model/add-ons/add-on";
import { releaseOf } from "../../model/add-ons/charts";
import type { ClusterFacts } from "../lock/lock";
import { type ChangeRule, type Finding, keptClusters, transition } from "./rule";

/** Releases that keep data in volumes of the cluster, and what is lost with them. */
const OWN_DATA: Readonly<Record<string, string>> = {
  graylog: "its message journal and settings",
  "kube-prometheus-stack": "the metrics of Prometheus and what was set in Grafana",
  mongodb: "its databases",
  "nfs-server-provisioner": "every volume of storage class nfs-provisioner",
  opensearch: "its indices",
};

/** The field of the fleet file that each release comes from; an add-on without a chart is the release of its name. */
const FIELD_OF: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries<AddOn>(ADD_ONS).flatMap(([name, { charts, fields }]) => {
    const [field] = Object.keys(fields);
    const releases = Object.values(charts).map(({ pin }) => releaseOf(pin));
    return (releases.length === 0 ? [name] : releases).map((release) => [release, field!] as const);
  }),
);

/**
 * Add-ons that leave a cluster: with what they keep, if they keep something. From a cluster that something else made
 * none goes without being asked, as other defaults would do: the file says that it stays or that it goes.
 */
export const addonsGone: ChangeRule = (change) =>
  keptClusters(change).flatMap(({ name, before, after }) => {
    if (after.retired || before.cloud !== after.cloud) return [];
    const [was, is] = [installed(before), installed(after)];
    const gone = Object.keys(was).filter((release) => !(release in is));
    const declined = new Set(change.declined?.[name]);
    // Envoy Gateway brings them, whatever the file says of them
    const goesWithEnvoy = gone.includes("envoy-gateway");
    return gone.map((release): Finding => {
      const data = OWN_DATA[release];
      const path = ["clusters", name, "addons"];
      const common = { path, transition: transition([...path, release], was[release], undefined) };
      if (data !== undefined)
        return {
          ...common,
          id: "addon-with-data",
          severity: "refused",
          message: `release ${release} would be uninstalled, with ${data}. Save that first, then accept this change`,
        };
      const field = FIELD_OF[release] ?? release;
      const isSaid = declined.has(field) || (field === "gatewayApi" && goesWithEnvoy && declined.has("ingress"));
      if (after.cloud === "existing" && !isSaid)
        return {
          ...common,
          id: "addon-of-existing-cluster",
          severity: "refused",
          message: `release ${release} was installed on this existing cluster and would be uninstalled, as the file no longer asks for it. Say which: ${switchOf(field, release)}`,
        };
      return {
        ...common,
        id: "addon-removed",
        severity: "warning",
        message: `release ${release} is uninstalled; what Helm installed as custom resource definitions stays`,
      };
    });
  });

/** What a cluster has, by release: the version of a chart, or that it is there. */
const installed = ({ charts = {}, objects = [] }: ClusterFacts): Readonly<Record<string, string>> => ({
  ...charts,
  ...Object.fromEntries(objects.map((release) => [release, "installed"])),
});

/** What keeps a release, and what lets it go. */
function switchOf(field: string, release: string): string {
  const at = `\`addons.${field}`;
  if (field === "ingress")
    return `${at}.controller: ${release === "traefik" ? release : "envoy-gateway"}\` keeps it, \`none\` lets it go`;
  if (field === "guards") return `${at}.unplannedLoadBalancers: refuse\` keeps it, \`allow\` lets it go`;
  return `${at}.enabled: true\`, with what else it was told, keeps it, \`false\` lets it go`;
}

/** Chart versions that move: said, since the fleet file may not show it. */
export const chartsMoved: ChangeRule = (change) =>
  keptClusters(change).flatMap(({ name, before, after }) =>
    Object.entries(after.charts ?? {}).flatMap(([release, is]): Finding[] => {
      const was = before.charts?.[release];
      if (was === undefined || was === is) return [];
      return [
        {
          id: "chart-version",
          severity: "note",
          path: ["clusters", name, "addons"],
          message: `chart of release ${release}: ${was} → ${is}`,
        },
      ];
    }),
  );
