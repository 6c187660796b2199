import * as z from "zod";
import { text } from "./common";

/** How a cluster that Meridian did not make is reached: its face (docs/architecture.md) as values. */
export const existingSettings = z
  .strictObject({
    endpoint: z.string().startsWith("https://").describe("URL of the Kubernetes API."),
    certificateAuthority: z
      .string()
      .optional()
      .describe(
        "Certificate of the API's authority, PEM in base64. @default none: the API has a certificate of a public authority",
      ),
    exec: z
      .strictObject({
        command: text.describe("Program that prints a token (a client-go credential plugin)."),
        args: z.array(z.string()).default([]).describe("Its arguments; no secrets."),
        env: z
          .record(z.string(), z.string())
          .default({})
          .describe("Environment variables for it, besides those of whoever runs Terraform; no secrets."),
      })
      .describe("How a token is fetched. There is no field for a static token."),
    oidcIssuer: z
      .string()
      .startsWith("https://")
      .optional()
      .describe(
        "The cluster's service-account issuer, exactly as in its tokens. @default none: nothing keyless can be given to its pods",
      ),
    oidcProviderArn: z
      .string()
      .regex(/^arn:aws(-[a-z]+)*:iam::\d{12}:oidc-provider\/[\w./:-]+$/, "the ARN of an IAM OIDC provider")
      .optional()
      .describe(
        "ARN of the IAM OIDC provider of that issuer in the account of the Route53 zone, where there is one: an account takes an issuer once, and of an EKS cluster whose pods have roles it has it. @default none: one is made where cert-manager or external-dns needs it",
      ),
    ingress: z
      .strictObject({
        ips: z.array(text).default([]).describe("Public IPv4 addresses of the ingress."),
        hostname: text.optional().describe("Host name of the ingress, where it has no fixed address."),
        zoneId: z
          .string()
          .regex(/^Z[A-Z0-9]{1,31}$/, "a hosted zone id such as Z215JYRZR1TBD5")
          .optional()
          .describe(
            "AWS load balancers: canonical hosted zone id of `hostname`, from `aws elbv2 describe-load-balancers`. Route53 then leads there by alias, with every policy but multivalue. @default none: a CNAME leads to `hostname`",
          ),
        serviceAnnotations: z
          .record(z.string(), z.string())
          .default({})
          .describe("Annotations that bind the ingress controller's service to those addresses."),
      })
      .describe("Where the cluster takes traffic."),
  })
  .describe(
    "A cluster that exists already: how it is reached, and where it takes traffic. On it nothing is installed and nothing refused that isn't asked for: the add-ons and guards that are on by default elsewhere are off.",
  );
export type ExistingSettings = z.output<typeof existingSettings>;
