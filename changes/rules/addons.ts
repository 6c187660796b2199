import { type ChangeRule, type Finding, keptClusters, transition } from "./rule";

/** Releases that keep data in volumes of the cluster, and what is lost with them. */
const OWN_DATA: Readonly<Record<string, string>> = {
  graylog: "its message journal and settings",
  "kube-prometheus-stack": "the metrics of Prometheus and what was set in Grafana",
  mongodb: "its databases",
  "nfs-server-provisioner": "every volume of storage class nfs-provisioner",
  opensearch: "its indices",
};

/**
 * Add-ons that leave a cluster: with what they keep, if they keep something. From a cluster that something else made
 * none goes without being asked, as other defaults would do.
 */
export const addonsGone: ChangeRule = (change) =>
  keptClusters(change).flatMap(({ name, before, after }) => {
    if (after.retired || before.cloud !== after.cloud) return [];
    const gone = Object.keys(before.charts ?? {}).filter((release) => !(release in (after.charts ?? {})));
    return gone.map((release): Finding => {
      const data = OWN_DATA[release];
      const path = ["clusters", name, "addons"];
      const common = { path, transition: transition([...path, release], before.charts![release], undefined) };
      if (data !== undefined)
        return {
          ...common,
          id: "addon-with-data",
          severity: "refused",
          message: `release ${release} would be uninstalled, with ${data}. Save that first, then accept this change`,
        };
      if (after.cloud === "existing")
        return {
          ...common,
          id: "addon-of-existing-cluster",
          severity: "refused",
          message: `release ${release} was installed on this existing cluster and would be uninstalled. Say so or not: \`enabled: true\` or \`enabled: false\` of the add-on (addons.ingress.controller for an ingress controller), and accept this change where it is to go`,
        };
      return {
        ...common,
        id: "addon-removed",
        severity: "warning",
        message: `release ${release} is uninstalled; what Helm installed as custom resource definitions stays`,
      };
    });
  });

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
