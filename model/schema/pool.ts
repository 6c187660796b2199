import * as z from "zod";
import { minorVersion, text } from "./common";
import { POOL } from "./defaults";

export const taint = z
  .strictObject({
    key: z.string().min(1).max(63).describe("Key of the taint."),
    value: z.string().max(63).default("").describe("Value of the taint."),
    effect: z
      .enum(["NoSchedule", "PreferNoSchedule", "NoExecute"])
      .describe("Effect, spelt as Kubernetes does; each cloud's own spelling is made from it."),
  })
  .describe("A taint on every node of the pool.");
export type Taint = z.output<typeof taint>;

/** A group of equal nodes for workloads. AKS has a small system pool of its own besides (azure.systemPool). */
export const pool = z
  .strictObject({
    machines: z
      .array(text)
      .min(1)
      .optional()
      .describe(
        "Machine types in order of preference. AKS and GKE take one; EKS takes several of equal size, best three or more for spot. @default one general-purpose type with 4 vCPU and 16 GiB of the pool's architecture",
      ),
    architecture: z.enum(["amd64", "arm64"]).default(POOL.architecture).describe("Processor architecture of the nodes."),
    min: z.int().min(0).max(1000).default(POOL.min).describe("Fewest nodes in the whole pool, all zones together."),
    max: z.int().min(1).max(1000).default(POOL.max).describe("Most nodes in the whole pool, all zones together."),
    spot: z.boolean().default(POOL.spot).describe("Interruptible capacity at a lower price."),
    diskGib: z.int().min(20).max(2048).default(POOL.diskGib).describe("Size of a node's system disk in GiB."),
    maxPods: z
      .int()
      .min(8)
      .max(250)
      .default(POOL.maxPods)
      .describe("Most pods on one node. On GKE it sizes the address block that each node takes."),
    kubernetes: minorVersion
      .optional()
      .describe(
        "EKS and AKS: Kubernetes minor version of the nodes, at most the control plane's. GKE's nodes follow the release channel. @default the lock file's, so that pools wait until `npm run upgrade -- --pools` after an upgrade of the control plane; of a new pool the control plane's",
      ),
    image: z
      .string()
      .regex(/^1\.\d{2}\.\d+-\d{8}$/, "a release of EKS's images such as 1.36.2-20261112")
      .optional()
      .describe("EKS: release of the nodes' image. @default the lock file's, otherwise the newest when the pool is made"),
    labels: z.record(z.string(), z.string()).default({}).describe("Kubernetes labels of the nodes."),
    taints: z.array(taint).max(50).default([]).describe("Taints of the nodes."),
    zones: z.array(text).min(1).optional().describe("Availability zones of the nodes. @default the cluster's zones"),
  })
  .describe("A node pool that scales itself between min and max.");
export type Pool = z.output<typeof pool>;
