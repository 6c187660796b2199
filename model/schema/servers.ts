import * as z from "zod";
import { text } from "./common";
import { SERVER } from "./defaults";

/** Part of the names of disks, snapshots and secrets, between hyphens: it has none itself. */
const name = (what: string) =>
  z.string().regex(/^[a-z][a-z0-9]{0,11}$/, `a ${what} is at most 12 lower-case letters and digits, starting with a letter`);

const restoreFrom = z
  .strictObject({
    snapshot: text.optional().describe("Resource id of a snapshot, of your own or one that a backup policy has made."),
    cluster: z
      .string()
      .optional()
      .describe("Cluster whose server the data is of: another generation. Its server is fenced first; a snapshot is made then."),
    server: text.optional().describe("Key of that server. @default the same as this one's"),
    fleet: z
      .string()
      .regex(/^[a-z][a-z0-9]*$/, "the name of a fleet")
      .optional()
      .describe("Another fleet that the cluster is of. Nothing there is changed; the data needs `sanitize`. @default this fleet"),
    subscriptionId: z
      .string()
      .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, "a UUID")
      .optional()
      .describe("Azure subscription of the other fleet's cluster. @default this cluster's"),
  })
  .describe("What the disk is made from. Read when it is made, and never again: a newer snapshot never touches a live disk.");

/** A virtual machine of a cluster, with its data on a disk of its own. */
export const server = z
  .strictObject({
    role: z.enum(["nfs", "postgres"]).describe("What it serves: files for storage class `nfs`, or PostgreSQL."),
    size: text.default(SERVER.size).describe("Size of the machine, one that takes premium disks."),
    sshPublicKey: z
      .string()
      .regex(/^ssh-(rsa|ed25519) \S+( .*)?$/, "a public key such as ssh-ed25519 AAAA… somebody")
      .describe(
        "Public key of the administrator `meridian`. No port is open for it: it is for the day when you open one. Another key replaces the machine; the data stays.",
      ),
    disk: z
      .strictObject({
        sizeGiB: z.int().min(4).max(32767).describe("Size of the data disk in GiB. It can grow, not shrink."),
        restoreFrom: restoreFrom.optional(),
      })
      .describe("The data disk. It outlives the machine, never the cluster."),
    version: text.optional().describe("postgres: major version, that of the data that it is restored from. @default 17"),
    databases: z
      .array(text)
      .min(1)
      .optional()
      .describe("postgres: databases, each with a login of its own name. @default one, `app`"),
    address: z
      .string()
      .optional()
      .describe(
        "Static private address, in the cluster's subnet for data. @default one in the upper half of it, chosen by the server's key",
      ),
    login: name("login")
      .optional()
      .describe("postgres: name that its passwords are kept under, shared by all generations. @default the server's key"),
    passwordVersion: z.int().min(1).default(1).describe("postgres: raise it by one to make every password anew."),
    fenced: z
      .boolean()
      .default(false)
      .describe(
        "Take the machine away and keep disk and address: nothing writes any more, so that the next generation can have the data. `false` makes the machine again.",
      ),
    sanitize: text
      .optional()
      .describe(
        "Shell script that the server runs once over restored data, before it serves anybody; where it fails nothing is served. postgres: as user postgres, psql reaches the server. nfs: as root, in the exported folder. No secrets.",
      ),
    backup: z
      .strictObject({
        everyHours: z
          .literal([1, 2, 4, 6, 8, 12, 24])
          .default(SERVER.backup.everyHours)
          .describe("Hours between two snapshots: 1, 2, 4, 6, 8, 12 or 24."),
        days: z.int().min(1).max(450).default(SERVER.backup.days).describe("How long they are kept, in days."),
      })
      .prefault({})
      .describe("Snapshots of the data disk by Azure Backup, in a resource group that outlives the cluster."),
  })
  .describe("A virtual machine with a data disk, made and gone with its cluster.");

export const servers = z
  .record(name("server"), server)
  .default({})
  .describe("AKS: virtual machines of this generation of the cluster, by name: NFS and PostgreSQL on disks from snapshots.");
export type Server = z.output<typeof server>;
