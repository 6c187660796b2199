import * as z from "zod";
import { cidr, text } from "./common";
import { API_ACCESS, NAT } from "./defaults";

/** Ids of a network that exists already. Which of them are needed depends on the cloud. */
export const existingNetwork = z
  .strictObject({
    vpcId: text.optional().describe("AWS: id of the VPC."),
    privateSubnetIds: z
      .array(text)
      .min(2)
      .optional()
      .describe(
        "AWS: subnets for nodes, with a route to the internet through NAT. The first two are the control plane's too: in two zones, and always the same two, as EKS doesn't let it move. Append others.",
      ),
    publicSubnetIds: z
      .array(text)
      .min(1)
      .optional()
      .describe("AWS: subnets of the ingress load balancer, one in each zone, with a route to an internet gateway."),
    subnetId: text.optional().describe("Azure: resource id of the subnet of the nodes."),
    network: text.optional().describe("Google: name or self link of the VPC network."),
    subnetwork: text.optional().describe("Google: name or self link of the subnetwork in the cluster's region."),
    podsRange: text.optional().describe("Google: name of the subnetwork's secondary range for pods."),
    servicesRange: text.optional().describe("Google: name of the subnetwork's secondary range for services."),
  })
  .describe("A network that exists already, by its ids, instead of one made here.");

export const network = z
  .strictObject({
    cidr: cidr
      .optional()
      .describe(
        "Address range of the whole network of the cluster; a /16 is right for most. Nodes, pods and services get parts of it (on EKS services have a range of their own; on AKS and GKE pods and services may be given one elsewhere). Must not overlap another cluster's. Of an `existing` network it says which range that has, for the ingress rules and the overlap check: needed on AWS, optional on Azure and Google. @default none: needed for a network that is made here",
      ),
    nodes: cidr
      .optional()
      .describe("AKS and GKE: range of the nodes' subnet, a part of `cidr`. @default the first eighth of `cidr`"),
    pods: cidr
      .optional()
      .describe(
        "AKS and GKE: range of the pods, in `cidr` or elsewhere. AKS's pods are an overlay, whose range other clusters' overlays may have too, but no cluster's network; GKE's are part of the VPC, and theirs must not overlap another cluster's. @default the second half of `cidr`",
      ),
    services: cidr
      .optional()
      .describe(
        "Range of Kubernetes services: on EKS outside of `cidr`, on AKS and GKE in it or elsewhere. Must not lie in another cluster's network; may repeat the services of others, unless both are on GKE, where they are part of the VPC. @default 172.20.0.0/16 on EKS, the sixteenth of `cidr` right after its first eighth on AKS and GKE",
      ),
    zones: z
      .array(text)
      .min(1)
      .optional()
      .describe(
        "Availability zones: sa-east-1a on AWS, 1 on Azure, australia-southeast1-a on Google. Only append on AWS: a zone's place decides on its subnets. @default the first three of the region",
      ),
    nat: z
      .enum(["per-zone", "single"])
      .default(NAT)
      .describe("AWS: a NAT gateway in each zone, or one for all, which is cheaper and dies with its zone."),
    egressAddresses: z
      .array(text)
      .min(1)
      .optional()
      .describe(
        "Public addresses of yours that nodes and pods leave by, for partners who list them; they outlive the cluster. EKS: allocation ids, one for each NAT gateway in the order of the zones. AKS: resource ids of static public IPs of SKU Standard. GKE: projects/…/regions/…/addresses/…, of the cluster's region. On a cluster that runs, connections through the old addresses break off. @default addresses made with the cluster, which go with it",
      ),
    existing: existingNetwork.optional(),
  })
  .describe("Network of the cluster.");
export type Network = z.output<typeof network>;

export const api = z
  .strictObject({
    access: z
      .enum(["public", "private"])
      .default(API_ACCESS)
      .describe("Whether the Kubernetes API has a public address. A public one needs `allowFrom`."),
    allowFrom: z
      .array(cidr)
      .max(200)
      .default([])
      .describe("Address ranges that may reach a public API: those of the people and of the runner of Terraform."),
    proxyUrl: z
      .string()
      .optional()
      .describe("How Terraform reaches a private API: URL of an HTTP or SOCKS5 proxy, without credentials."),
    tlsServerName: z
      .string()
      .optional()
      .describe("Name that the API's certificate is checked against, where a proxy or tunnel changes the address."),
    runnerInNetwork: z
      .boolean()
      .default(false)
      .describe("How Terraform reaches a private API: it runs inside the cluster's network or one peered with it."),
  })
  .describe("Access to the Kubernetes API.");
export type Api = z.output<typeof api>;
