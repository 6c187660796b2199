import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";

export interface IssuerTrustProps {
  /** Issuer of the cluster's tokens, exactly as in them: AKS's ends with a slash. */
  readonly issuer: string;
  /** @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Provider of the account that is to trust: the zone's. @default - the stack's own */
  readonly provider?: TerraformProvider;
}

/**
 * An AWS account's trust in the tokens of a cluster, whatever cloud it is in. It allows nothing by itself: each role
 * says which service account may take it. An account takes an issuer once, and a hundred of them by default.
 */
export class IssuerTrust extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: IssuerTrustProps) {
    super(scope, id);
    // no thumbprints: IAM checks the issuers' certificates by their public authorities
    const trusted = new IamOpenidConnectProvider(this, "provider", {
      provider: props.provider,
      url: props.issuer,
      clientIdList: ["sts.amazonaws.com"],
      tags: { ...props.tags },
    });
    this.arn = trusted.arn;
  }
}
