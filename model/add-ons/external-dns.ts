import * as z from "zod";
import externalDnsValues from "../catalog/data/chart-values/external-dns.json";
import type { AddOn, Settings } from "./add-on";
import { chartFields, onOff } from "./fields";

const block = z
  .strictObject({
    ...onOff(false),
    ...chartFields,
    policy: z
      .enum(["sync", "upsert-only", "create-only"])
      .default("sync")
      .describe("sync also deletes the records of what is gone."),
  })
  .describe(
    "external-dns: records below <cluster>.<zone> for services and routes. Seldom needed, since *.<cluster>.<zone> leads to the ingress.",
  );

const fields = { externalDns: block.prefault({}) };
type Reads = Settings<typeof fields>;

/** Records for what runs in the cluster. */
export const externalDns = {
  fields,
  calls: {
    version: "0.21.0",
    source: "https://github.com/kubernetes-sigs/external-dns",
    actions: {
      aws: {
        "route53:ListHostedZones": "provider/aws/aws.go:406",
        "route53:ListResourceRecordSets": "provider/aws/aws.go:512",
        "route53:ChangeResourceRecordSets": "provider/aws/aws.go:774",
      },
    },
  },
  about: [
    {
      field: "externalDns",
      on: "no: `*.<cluster>.<zone>` leads to the ingress already",
      installs: "external-dns, one replica, owner `<fleet>-<cluster>`",
      needs: "the same",
      may: "reads services and routes. Route53: A, CNAME and TXT below `<cluster>.<zone>`, not `ingress.` and not `*.`. Azure: the cluster's child zone, and to see its resource group",
    },
  ],
  charts: {
    "external-dns": {
      pin: {
        chart: "external-dns",
        repository: "https://kubernetes-sigs.github.io/external-dns/",
        version: "1.21.1",
        previous: "1.21.0",
        appVersion: "0.21.0",
        source: { repository: "https://github.com/kubernetes-sigs/external-dns", tag: "external-dns-helm-chart-1.21.1" },
        licence: "Apache-2.0",
        timeoutSeconds: 300,
      },
      shape: externalDnsValues,
      settings: ({ externalDns }: Reads) => externalDns,
    },
  },
  wanted: ({ externalDns }: Reads) => externalDns.enabled,
} satisfies AddOn;
