import { EntryReader, entryAsSecret } from "../../backing/entries/reader";
import { kubectlJob } from "../../helm/kubectl-job";
import type { Values } from "../../helm/values";
import { hasAddOn } from "../host";
import type { Install } from "../install";
import { type BackupAccess, backupAccess } from "../volume-backups";

const NAMESPACE = "velero";
/** Velero's own name of it: without it there, Velero makes one with a password that everybody knows (velero 1.18, pkg/repository/keys). */
const PASSWORD_SECRET = "velero-repo-credentials";
/** Claims and what is on them: everything else is Terraform's and Helm's, which find foreign objects otherwise. */
const RESTORED = ["persistentvolumeclaims", "persistentvolumes"];

/** Backups of volumes into a store that outlives the cluster, and volumes of another generation from it. */
export const velero: Install<"velero"> = {
  // the node agent reads volumes on the nodes as root
  namespace: { name: NAMESPACE, podSecurity: "privileged", open: [{ port: "http-monitoring", from: "cluster" }] },
  install(scope, host, installer) {
    const { backup } = host.addons;
    if (!host.backups) throw new Error(`add-on backup on ${host.face.name}: the host has no store of backups`);
    const { cluster, password, prefix, restored } = host.backups;
    const access = backupAccess(scope, host, host.backups);
    const reader = new EntryReader(scope, "reader", {
      cluster,
      namespace: NAMESPACE,
      reads: [{ store: "backups", location: password.location, entries: [password.entry] }],
    });
    const secret = installer.objects(scope, "velero-password", {
      phase: "resources",
      namespace: NAMESPACE,
      objects: [
        ...reader.objects,
        entryAsSecret("backups", password.entry, NAMESPACE, PASSWORD_SECRET),
        ...waits("velero-password", ["external-secrets.io"], ["externalsecrets"], {
          password: ["--for=condition=Ready", `externalsecret/${PASSWORD_SECRET}`, "--timeout=240s"],
        }),
      ],
      after: reader.ready,
    });
    const classes = installer.objects(scope, "velero-snapshots", {
      phase: "resources",
      namespace: NAMESPACE,
      objects: [snapshotClass(access), ...access.objects],
      after: access.ready,
    });
    const watched = hasAddOn(host, "monitoring");
    const chart = installer.chart(scope, "release", {
      phase: "services",
      chart: "velero",
      namespace: NAMESPACE,
      definitions: "velero",
      after: [secret, classes, ...access.ready],
      values: {
        fullnameOverride: "velero",
        upgradeCRDs: false,
        initContainers: [
          {
            name: "plugin",
            image: access.plugin,
            volumeMounts: [{ mountPath: "/target", name: "plugins" }],
            resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "128Mi" } },
          },
        ],
        configuration: {
          features: "EnableCSI",
          // into the store: what stays a snapshot of the cloud can die with the cluster, and can't leave its region
          defaultSnapshotMoveData: true,
          backupStorageLocation: [
            { name: "default", default: true, ...access.location, prefix },
            ...(restored
              ? [{ name: restored.location, accessMode: "ReadOnly", ...access.location, prefix: restored.prefix }]
              : []),
          ],
          volumeSnapshotLocation: [],
          extraEnvVars: access.environment,
        },
        snapshotsEnabled: false,
        credentials: { useSecret: false },
        serviceAccount: { server: { name: "velero", annotations: access.annotations, labels: access.labels } },
        podLabels: access.labels,
        extraVolumes: access.volumes,
        extraVolumeMounts: access.volumeMounts,
        resources: { requests: { cpu: "50m", memory: "256Mi" }, limits: { memory: "1Gi" } },
        deployNodeAgent: true,
        nodeAgent: {
          podLabels: access.labels,
          extraVolumes: access.volumes,
          extraVolumeMounts: access.volumeMounts,
          tolerations: [{ operator: "Exists" }],
          resources: { requests: { cpu: "20m", memory: "128Mi" }, limits: { memory: "1Gi" } },
        },
        extraObjects: letGo(),
        metrics: {
          serviceMonitor: { autodetect: false, enabled: watched },
          nodeAgentPodMonitor: { autodetect: false, enabled: watched },
        },
        schedules: {
          daily: {
            schedule: backup.schedule,
            useOwnerReferencesInBackup: false,
            template: {
              ttl: `${backup.keepDays * 24}h`,
              snapshotMoveData: true,
              ...(backup.namespaces
                ? { includedNamespaces: backup.namespaces }
                : {
                    includedNamespaces: ["*"],
                    excludedNamespaces: ["kube-node-lease", "kube-public", "kube-system", ...installer.namespaceNames],
                  }),
            },
          },
        },
      },
    });
    if (!restored) return;
    const known = installer.objects(scope, "velero-restore-source", {
      phase: "services",
      namespace: NAMESPACE,
      // Velero looks into its stores every minute, and a restore of a backup that it doesn't know yet has failed for good
      objects: waits("velero-restore-source", ["velero.io"], ["backups"], {
        backup: ["--for=create", `backup/${restored.backup}`, "--timeout=240s"],
      }),
      after: [chart],
    });
    installer.objects(scope, "velero-restore", {
      phase: "services",
      namespace: NAMESPACE,
      objects: [
        {
          apiVersion: "velero.io/v1",
          kind: "Restore",
          metadata: { name: restored.name, namespace: NAMESPACE },
          spec: {
            backupName: restored.backup,
            includedNamespaces: restored.namespaces ?? ["*"],
            includedResources: RESTORED,
            existingResourcePolicy: "none",
          },
        },
        ...waits("velero-restore", ["velero.io"], ["restores"], {
          restore: ["--for=jsonpath={.status.phase}=Completed", `restore/${restored.name}`, "--timeout=55m"],
        }),
      ],
      after: [known],
      timeoutSeconds: 3600,
    });
  },
};

/** Kinds whose objects have a finalizer while they are worked on, restores for ever (velero 1.18.1, pkg/controller). */
const SERVED = ["restores", "datauploads", "datadownloads", "podvolumebackups", "podvolumerestores"];

/**
 * On the way out, while Velero can still serve them: what only it lets go of would hold its namespace for ever, be it
 * somebody's restore by hand or a volume that is just being moved, which is cancelled. Backups stay in the store.
 */
const letGo = (): Values[] =>
  kubectlJob({
    name: "no-restores-left",
    namespace: NAMESPACE,
    hook: "pre-delete",
    reads: { apiGroups: ["velero.io"], resources: SERVED },
    deletes: true,
    inside: "namespace",
    retries: 0,
    steps: {
      gone: [
        ...["delete", `--namespace=${NAMESPACE}`, "--all", "--timeout=180s"],
        SERVED.map((resource) => `${resource}.velero.io`).join(","),
      ],
    },
  });

const waits = (
  name: string,
  apiGroups: readonly string[],
  resources: readonly string[],
  steps: Readonly<Record<string, readonly string[]>>,
): Values[] =>
  kubectlJob({
    name: `wait-for-${name}`,
    namespace: NAMESPACE,
    hook: "post-install,post-upgrade",
    reads: { apiGroups, resources },
    inside: "namespace",
    retries: 1,
    steps: Object.fromEntries(Object.entries(steps).map(([step, args]) => [step, ["wait", `--namespace=${NAMESPACE}`, ...args]])),
  });

/** The class by which Velero makes snapshots: the one with this label, of each driver exactly one. */
function snapshotClass({ driver, snapshotParameters }: BackupAccess): Values {
  return {
    apiVersion: "snapshot.storage.k8s.io/v1",
    kind: "VolumeSnapshotClass",
    metadata: { name: "velero", labels: { "velero.io/csi-volumesnapshot-class": "true" } },
    driver,
    deletionPolicy: "Delete",
    ...(snapshotParameters && { parameters: snapshotParameters }),
  };
}
