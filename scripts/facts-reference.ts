import { WINDOWS } from "../model/catalog/kubernetes-versions";
import { awsLayout, azureLayout, googleLayout } from "../model/derived/addresses";

/** The part of the fleet file's reference that comes from the catalogue and not from the schema, Markdown. */
export function factsReference(): string {
  return [versionsText(), rangesText()].join("\n");
}

const CLOUDS = [
  ["aws", "EKS"],
  ["azure", "AKS"],
  ["google", "GKE"],
] as const;

function versionsText(): string {
  const rows = Object.entries(WINDOWS).map(([version, windows]) => {
    const cells = CLOUDS.map(([cloud]) => {
      const window = windows[cloud];
      return window ? `${window.standard}${window.extended ? ` (${window.extended})` : ""}` : "not known yet";
    });
    return `| ${version} | ${cells.join(" | ")} |`;
  });
  return [
    "## Kubernetes versions",
    "",
    "End of standard support, and in brackets of the support that costs extra (`aws.supportType: EXTENDED`,",
    "`azure.longTermSupport: true`, `google.releaseChannel: EXTENDED`). What has only the latter left is refused without it.",
    "The date never refuses anything: a version near its end is a warning.",
    "",
    `| Version | ${CLOUDS.map(([, service]) => service).join(" | ")} |`,
    "|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

/** How a range is cut, by the functions that cut it. */
function rangesText(): string {
  const cidr = "10.10.0.0/16";
  const aws = awsLayout({ cidr, zones: ["a", "b", "c", "d"] });
  const azure = azureLayout({ cidr });
  const google = googleLayout({ cidr });
  const rows = [
    ["EKS", "nodes and pods, a subnet for each zone", aws.privateSubnets.join(", ")],
    ["EKS", "load balancers and NAT, a subnet for each zone", aws.publicSubnets.join(", ")],
    ["EKS", "services, outside of the VPC", aws.services],
    ["AKS", "nodes", azure.nodes],
    ["AKS", "services, outside of the virtual network", azure.services],
    ["AKS", "API server and data", `${azure.apiServer}, ${azure.data}`],
    ["AKS", "pods, an overlay: a /24 for each node", azure.pods],
    ["GKE", "nodes", google.nodes],
    ["GKE", "services", google.services],
    ["GKE", "pods: twice maxPods for each node, as a power of two", google.pods],
  ];
  return [
    "## How `network.cidr` is cut",
    "",
    `Here ${cidr}. The places are fixed: another zone or pool moves nothing. EKS takes /16 to /20, AKS and GKE /9 to /20.`,
    "",
    "| Cloud | For | Range |",
    "|---|---|---|",
    ...rows.map((row) => `| ${row.join(" | ")} |`),
    "",
  ].join("\n");
}
