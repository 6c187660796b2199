import * as z from "zod";
import headlampValues from "../catalog/data/chart-values/headlamp.json";
import type { AddOn, Settings } from "./add-on";
import { chartFields, onOff } from "./fields";

const block = z
  .strictObject({
    ...onOff(false),
    ...chartFields,
    host: z.string().optional().describe("Host of its Ingress. @default headlamp.<cluster>.<zone>"),
  })
  .describe("Headlamp, a dashboard. It has no rights of its own: everybody logs in with a token or by OIDC.");

const fields = { headlamp: block.prefault({}) };
type Reads = Settings<typeof fields>;

/** A dashboard. */
export const headlamp = {
  fields,
  about: [
    {
      field: "headlamp",
      on: "no",
      installs: "Headlamp at `headlamp.<cluster>.<zone>`",
      needs: "–",
      may: "none: people log in as themselves. The chart's own default would make everybody an administrator",
    },
  ],
  charts: {
    headlamp: {
      pin: {
        chart: "headlamp",
        repository: "https://kubernetes-sigs.github.io/headlamp/",
        version: "0.45.0",
        previous: "0.44.0",
        appVersion: "0.45.0",
        source: { repository: "https://github.com/kubernetes-sigs/headlamp", tag: "headlamp-helm-0.45.0" },
        licence: "Apache-2.0",
        timeoutSeconds: 300,
      },
      shape: headlampValues,
      settings: ({ headlamp }: Reads) => headlamp,
    },
  },
  wanted: ({ headlamp }: Reads) => headlamp.enabled,
} satisfies AddOn;
