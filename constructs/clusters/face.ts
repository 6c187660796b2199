/**
 * What every cluster shows to the outside, whatever its cloud. Priming, applications and routing know this and
 * nothing else of a cluster. Strings may be tokens: values that only the cloud decides.
 */
export interface ClusterFace {
  /** The cluster's key in the fleet. */
  readonly name: string;
  /** URL of the Kubernetes API, https://… */
  readonly endpoint: string;
  /** Certificate of the API's authority, PEM in base64. @default - the API's certificate is of a public authority */
  readonly certificateAuthority?: string;
  /** How a client fetches a token. */
  readonly auth: ClusterAuth;
  /** Issuer of service-account tokens, https://…; AKS's ends with a slash. @default - no keyless identity for pods */
  readonly oidcIssuer?: string;
  /** Where the cluster takes traffic. */
  readonly ingress: IngressAddress;
}

/** A client-go credential plugin; never a static token. */
export interface ClusterAuth {
  /** Program, found on the operator's PATH: aws, kubelogin or gke-gcloud-auth-plugin. */
  readonly command: string;
  readonly args: readonly string[];
  /** Environment variables of the program. @default - none besides the operator's */
  readonly env?: Readonly<Record<string, string>>;
}

/** The static address of a cluster's ingress. It exists before anything in the cluster does and outlives it. */
export interface IngressAddress {
  /** Public IPv4 addresses: one for each zone on EKS, one on AKS and GKE. May be empty for an existing cluster with a host name. */
  readonly ips: readonly string[];
  /** An AWS load balancer that a Route53 alias can point to. @default - none: point to the addresses */
  readonly alias?: { readonly name: string; readonly zoneId: string };
  /** Host name, of an existing cluster without fixed addresses. @default - none */
  readonly hostname?: string;
  /** How the ingress controller's Service is bound to the address. */
  readonly service: IngressService;
}

/** All of it is known at synth: names, never digits. */
export type IngressService =
  /** EKS: the load balancer is Terraform's and sends PROXY protocol to these ports of every node. */
  | {
      readonly type: "NodePort";
      readonly httpNodePort: number;
      readonly httpsNodePort: number;
      /** Ranges that PROXY protocol headers are believed from. */
      readonly proxyProtocolFrom: readonly string[];
    }
  /** AKS, GKE and existing clusters: the cloud's controller makes the load balancer on the named address. */
  | {
      readonly type: "LoadBalancer";
      readonly annotations: Readonly<Record<string, string>>;
      /** @default - the cloud's default class */
      readonly loadBalancerClass?: string;
    };

/** How many ingress addresses a cluster has must be known at synth, to make a record or an endpoint for each. */
export const NODE_PORTS = { http: 30080, https: 30081 } as const;

/** What EKS's priming needs besides the face. */
export interface AwsFoundation {
  readonly clusterName: string;
  readonly vpcId: string;
  /** Canonical CIDR of the VPC. */
  readonly vpcCidr: string;
  readonly privateSubnetIds: readonly string[];
  /** Security group that EKS puts on control plane and nodes. */
  readonly clusterSecurityGroupId: string;
}

/** What AKS's priming needs besides the face. */
export interface AzureFoundation {
  readonly clusterName: string;
  /** Resource group of cluster, network and ingress address. */
  readonly resourceGroup: string;
  readonly location: string;
  /** Resource id of the nodes' subnet. */
  readonly nodeSubnetId: string;
  /** Principal (object) id of the control plane's identity. */
  readonly identityPrincipalId: string;
  /** Object id of the kubelet's identity. */
  readonly kubeletObjectId: string;
}

/** What GKE's priming needs besides the face. */
export interface GoogleFoundation {
  readonly clusterName: string;
  readonly projectId: string;
  /** Region of the cluster. */
  readonly location: string;
  /** Self link of the VPC network. */
  readonly network: string;
  /** Self link of the subnetwork. */
  readonly subnetwork: string;
}
