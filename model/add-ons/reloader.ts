import * as z from "zod";
import reloaderValues from "../catalog/data/chart-values/reloader.json";
import type { Cloud } from "../schema/common";
import type { AddOn, Settings } from "./add-on";
import { chartFields } from "./fields";

const block = z
  .strictObject({
    enabled: z
      .boolean()
      .optional()
      .describe("Whether it is installed; it needs externalSecrets. @default where an application names `secrets`"),
    ...chartFields,
  })
  .describe(
    "Reloader, which starts pods anew when a value behind one of an application's `secrets` has changed. It looks into the namespaces of such applications and no others.",
  );

const fields = { reloader: block.prefault({}) };
type Reads = Settings<typeof fields> & { readonly externalSecrets: { readonly enabled: boolean } };

/** New pods for new secrets. Where the file leaves it open, reading it says whether an application has any. */
export const reloader = {
  fields,
  about: [
    {
      field: "reloader",
      on: "where an application names `secrets`",
      installs: "Reloader, two of them, one at work",
      needs: "externalSecrets",
      may: "in the namespaces of applications that name `secrets`: reads their Secrets, changes their Deployments, StatefulSets and DaemonSets. It has no ClusterRole",
    },
  ],
  charts: {
    reloader: {
      pin: {
        chart: "reloader",
        repository: "https://stakater.github.io/stakater-charts",
        version: "2.2.16",
        previous: "2.2.15",
        appVersion: "v1.4.21",
        source: { repository: "https://github.com/stakater/Reloader", tag: "chart-v2.2.16" },
        licence: "Apache-2.0",
        timeoutSeconds: 300,
      },
      shape: reloaderValues,
      settings: ({ reloader }: Reads) => reloader,
    },
  },
  wanted: ({ reloader, externalSecrets }: Reads, cloud: Cloud) =>
    reloader.enabled === true && externalSecrets.enabled && cloud !== "existing",
} satisfies AddOn;
