import { type PolicyDocument, policy, type Statement } from "./document";

const NAMES = "route53:ChangeResourceRecordSetsNormalizedRecordNames";
const TYPES = "route53:ChangeResourceRecordSetsRecordTypes";

export interface RecordsPolicyProps {
  /** Partition of the zone's account: aws, aws-cn, aws-us-gov. */
  readonly partition: string;
  readonly zoneId: string;
  /** Names that may be changed; * stands for any text. Lower case, without a trailing dot. */
  readonly names: readonly string[];
  readonly types: readonly string[];
  /** Names among them that may not, as Route53 normalizes them: `*` is `\052`. @default - none */
  readonly except?: readonly string[];
  /** Further statements. @default - none */
  readonly more?: readonly Statement[];
}

/**
 * Change the records of one zone, only of these names and types. Route53 checks every change of a batch:
 * ForAllValues refuses a batch with one foreign name, the Null conditions refuse a request that names none (to
 * ForAllValues an empty set is all right), and ForAnyValue in the Deny catches one excepted name among many.
 */
export function recordsPolicy({ partition, zoneId, names, types, except = [], more = [] }: RecordsPolicyProps): PolicyDocument {
  const zone = `arn:${partition}:route53:::hostedzone/${zoneId}`;
  const denied: Statement[] =
    except.length === 0
      ? []
      : [
          {
            Effect: "Deny",
            Action: "route53:ChangeResourceRecordSets",
            Resource: zone,
            Condition: { "ForAnyValue:StringEquals": { [NAMES]: except } },
          },
        ];
  return policy(
    {
      Effect: "Allow",
      Action: "route53:ChangeResourceRecordSets",
      Resource: zone,
      Condition: {
        "ForAllValues:StringLike": { [NAMES]: names },
        "ForAllValues:StringEquals": { [TYPES]: types },
        Null: { [NAMES]: "false", [TYPES]: "false" },
      },
    },
    ...denied,
    ...more,
  );
}

/**
 * What cert-manager does to prove names by DNS-01: TXT records of these names, and asking whether a change is out. Which
 * calls need which action, here and below: `calls` in model/add-ons.
 */
export function challengePolicy(props: Omit<RecordsPolicyProps, "types" | "more">): PolicyDocument {
  return recordsPolicy({
    ...props,
    types: ["TXT"],
    more: [{ Effect: "Allow", Action: "route53:GetChange", Resource: `arn:${props.partition}:route53:::change/*` }],
  });
}

/** What external-dns does: addresses, aliases and its own TXT records below one name. The list of zones has no resource in IAM. */
export function externalDnsPolicy(props: Omit<RecordsPolicyProps, "types" | "more">): PolicyDocument {
  return recordsPolicy({
    ...props,
    types: ["A", "CNAME", "TXT"],
    more: [
      {
        Effect: "Allow",
        Action: "route53:ListResourceRecordSets",
        Resource: `arn:${props.partition}:route53:::hostedzone/${props.zoneId}`,
      },
      { Effect: "Allow", Action: "route53:ListHostedZones", Resource: "*" },
    ],
  });
}
