import { Fn, TerraformOutput, type TerraformStack, Token } from "cdktf";
import type { RemoteOutputs } from "../state";
import type { AwsFoundation, AzureFoundation, ClusterFace, GoogleFoundation } from "./face";

export type Foundation = AwsFoundation | AzureFoundation | GoogleFoundation;

/** snake_case name of an output for a field of a face or a foundation. */
const outputName = (field: string) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * Writes what only the cloud decides about a cluster as outputs of its stack: the contract that priming, applications
 * and routing read. Nothing in it is secret.
 */
export function exportCluster(stack: TerraformStack, face: ClusterFace, foundation?: Foundation): void {
  const output = (name: string, value: unknown, description: string) => new TerraformOutput(stack, name, { value, description });
  output("endpoint", face.endpoint, "URL of the Kubernetes API.");
  if (face.certificateAuthority !== undefined)
    output("certificate_authority", face.certificateAuthority, "Certificate of the API's authority, PEM in base64.");
  if (face.oidcIssuer !== undefined) output("oidc_issuer", face.oidcIssuer, "Issuer of service-account tokens.");
  output("ingress_ips", face.ingress.ips, "Public addresses of the ingress.");
  if (face.ingress.alias) {
    output("ingress_alias_name", face.ingress.alias.name, "Name of the ingress load balancer, for an alias record.");
    output("ingress_alias_zone_id", face.ingress.alias.zoneId, "Hosted zone of the ingress load balancer, for an alias record.");
  }
  for (const [field, value] of Object.entries(foundation ?? {})) output(outputName(field), value, `For priming: ${field}.`);
}

/**
 * A cluster as another stack sees it: what synth knows comes from the producer's face, what the cloud decides from
 * the state of its stack.
 */
export function remoteFace(face: ClusterFace, outputs: RemoteOutputs): ClusterFace {
  // a user's own ${ stands there as $${
  for (const [what, value] of Object.entries({ auth: face.auth, service: face.ingress.service }))
    if (Token.isUnresolved(value) || /(?<!\$)\$\{/.test(JSON.stringify(value)))
      throw new Error(`${what} of cluster ${face.name} holds a value that only its own stack knows: it must be known at synth`);
  return {
    name: face.name,
    auth: face.auth,
    endpoint: outputs.getString("endpoint"),
    certificateAuthority: face.certificateAuthority === undefined ? undefined : outputs.getString("certificate_authority"),
    oidcIssuer: face.oidcIssuer === undefined ? undefined : outputs.getString("oidc_issuer"),
    ingress: {
      ips: face.ingress.ips.map((_, index) => Fn.element(outputs.getList("ingress_ips"), index) as string),
      alias: face.ingress.alias && {
        name: outputs.getString("ingress_alias_name"),
        zoneId: outputs.getString("ingress_alias_zone_id"),
      },
      hostname: face.ingress.hostname,
      service: face.ingress.service,
    },
  };
}

/** A cluster's foundation as its priming stack sees it, from the state of the cluster's stack. */
export function remoteFoundation<T extends Foundation>(foundation: T, outputs: RemoteOutputs): T {
  const read = (field: string, value: unknown) =>
    Array.isArray(value) ? outputs.getList(outputName(field)) : outputs.getString(outputName(field));
  return Object.fromEntries(Object.entries(foundation).map(([field, value]) => [field, read(field, value)])) as unknown as T;
}
