import { releaseOf } from "../priming/fleets";
import { committedFleet, fleetOf, synthFleet } from "../support/fleet";
import { type Block, resources, type StackJson, theResource } from "../support/synth";
import { clouds } from "./backup-fleet";

const { stacks } = synthFleet(fleetOf(clouds()));
const store = (name: string): StackJson => stacks[`acme-backup-${name}`]!;
const priming = (cluster: string): StackJson => stacks[`acme-${cluster}-priming`]!;
const values = (cluster: string, name: string) => releaseOf(priming(cluster), name).data as Block;

describe("a store outlives clusters", () => {
  test("on Azure without keys, with versions, a lock, and the least of soft delete", () => {
    const account = theResource(store("azure"), "azurerm_storage_account");
    expect(account).toMatchObject({
      shared_access_key_enabled: false,
      allow_nested_items_to_be_public: false,
      blob_properties: {
        versioning_enabled: true,
        delete_retention_policy: { days: 14 },
        container_delete_retention_policy: { days: 14 },
      },
      lifecycle: { prevent_destroy: true },
    });
    expect(String(account.name)).toMatch(/^[a-z0-9]{3,24}$/);
    expect(account).not.toHaveProperty("immutability_policy");
    expect(theResource(store("azure"), "azurerm_management_lock")).toMatchObject({ lock_level: "CanNotDelete" });
  });

  test("on AWS private, by TLS alone, with versions and no object lock", () => {
    expect(theResource(store("aws"), "aws_s3_bucket")).toMatchObject({
      force_destroy: false,
      lifecycle: { prevent_destroy: true },
    });
    expect(theResource(store("aws"), "aws_s3_bucket_versioning")).toMatchObject({
      versioning_configuration: { status: "Enabled" },
    });
    expect(theResource(store("aws"), "aws_s3_bucket_public_access_block")).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(Object.keys(store("aws").resource ?? {})).not.toContain("aws_s3_bucket_object_lock_configuration");
  });

  test("on Google Cloud private, with versions, soft delete and no retention policy", () => {
    const bucket = theResource(store("google"), "google_storage_bucket");
    expect(bucket).toMatchObject({
      public_access_prevention: "enforced",
      versioning: { enabled: true },
      soft_delete_policy: { retention_duration_seconds: 1_209_600 },
      force_destroy: false,
    });
    expect(bucket).not.toHaveProperty("retention_policy");
  });

  test("with a password that is nowhere but in an entry, and never gets another version", () => {
    for (const [name, type, argument] of [
      ["aws", "aws_secretsmanager_secret_version", "secret_string_wo"],
      ["azure", "azurerm_key_vault_secret", "value_wo"],
      ["google", "google_secret_manager_secret_version", "secret_data_wo"],
    ] as const) {
      const entry = theResource(store(name), type);
      expect(entry[argument]).toMatch(/repository-password.*ephemeral\.random_password/);
      expect(entry[`${argument}_version`]).toBe(1);
    }
  });
});

describe("Velero", () => {
  const clusters = ["eks", "aks", "gke"] as const;

  test.each(clusters)("of %s has a folder of its own and no key", (cluster) => {
    const { configuration, credentials, podLabels } = values(cluster, "velero") as {
      configuration: { backupStorageLocation: Block[]; defaultSnapshotMoveData: boolean };
      credentials: Block;
      podLabels: Block;
    };
    expect(credentials).toEqual({ useSecret: false });
    expect(configuration.defaultSnapshotMoveData).toBe(true);
    expect(configuration.backupStorageLocation.map(({ prefix, accessMode }) => [prefix, accessMode])).toEqual(
      cluster === "aks"
        ? [
            ["acme-aks", undefined],
            ["acme-before", "ReadOnly"],
          ]
        : [[`acme-${cluster}`, undefined]],
    );
    expect(podLabels).toEqual(cluster === "aks" ? { "azure.workload.identity/use": "true" } : {});
  });

  test.each(clusters)("of %s comes after the password of the store, which an identity of its own reads", (cluster) => {
    const { objects } = values(cluster, "velero-password") as { objects: Block[] };
    const secret = objects.find(({ kind }) => kind === "ExternalSecret");
    expect(secret).toMatchObject({
      metadata: { name: "velero-repo-credentials", namespace: "velero" },
      spec: { dataFrom: [{ extract: { key: `acme-backup-${{ eks: "aws", aks: "azure", gke: "google" }[cluster]}` } }] },
    });
    expect(objects.map(({ kind }) => kind)).toContain("Job");
    const releases = Object.entries(resources(priming(cluster), "helm_release"));
    const [password] = releases.find(([, { name }]) => name === "velero-password")!;
    const [, chart] = releases.find(([, { name }]) => name === "velero")!;
    expect(chart.depends_on).toContain(`helm_release.${password}`);
  });

  test("on EKS may use its own folder alone", () => {
    const policies = Object.values(resources(priming("eks"), "aws_iam_role_policy")).map(({ policy }) => String(policy));
    const [policy] = policies.filter((text) => text.includes("s3:PutObject"));
    const statements = JSON.parse(policy!).Statement as {
      Action: string | string[];
      Resource: string | string[];
      Condition?: object;
    }[];
    for (const { Action, Resource } of statements)
      if ([Action].flat().some((action) => action !== "s3:ListBucket"))
        expect([Resource].flat()).toEqual([expect.stringMatching(/^arn:aws:s3:::acme-aws-backup-[0-9a-f]{6}\/acme-eks\/\*$/)]);
    expect(statements.at(-1)?.Condition).toEqual({ StringLike: { "s3:prefix": ["acme-eks", "acme-eks/*"] } });
  });

  test("on AKS makes snapshots where they don't die with the nodes' group, as the cluster may", () => {
    const { objects } = values("aks", "velero-snapshots") as { objects: Block[] };
    expect(objects[0]).toMatchObject({
      kind: "VolumeSnapshotClass",
      metadata: { labels: { "velero.io/csi-volumesnapshot-class": "true" } },
      driver: "disk.csi.azure.com",
      parameters: { resourceGroup: "acme-backup-azure-snapshots" },
    });
    expect(JSON.stringify(objects[1])).not.toMatch(/secret|password|key/i);
    const grants = Object.values(resources(priming("aks"), "azurerm_role_assignment")).map((grant) => [
      grant.role_definition_name,
      String(grant.scope)
        .replace(/^.*resourceGroups/, "")
        .replace(/storageAccounts\/[^/]+/, "storageAccounts"),
    ]);
    expect(grants).toEqual(
      expect.arrayContaining([
        ["Storage Blob Data Contributor", "/acme-backup-azure"],
        ["Disk Snapshot Contributor", "/acme-backup-azure-snapshots"],
      ]),
    );
  });

  test("on AKS has no right below the lock of its store, where none could be taken away when the cluster goes", () => {
    const stack = store("azure");
    const lock = theResource(stack, "azurerm_management_lock");
    expect(lock.lock_level).toBe("CanNotDelete");
    const [, type, id] = /^\$\{(\w+)\.([\w-]+)\.id\}$/.exec(String(lock.scope)) ?? [];
    const { name } = (resources(stack, type!) as Record<string, Block>)[id!]!;
    const scopes = Object.values(resources(priming("aks"), "azurerm_role_assignment")).map(({ scope }) => String(scope));
    expect(scopes.filter((scope) => scope.includes(`/storageAccounts/${name}`))).toEqual([]);
    // and of what is below it in the store's own stack everything goes after it
    const below = Object.keys(resources(stack, "azurerm_storage_management_policy")).concat(
      Object.keys(resources(stack, "azurerm_storage_container")),
    );
    expect((lock.depends_on as string[]).map((address) => address.split(".")[1]).sort()).toEqual(below.sort());
  });

  test.each(clusters)("of %s lets go of everything that only it serves before it goes itself", (cluster) => {
    const { extraObjects } = values(cluster, "velero") as { extraObjects: Block[] };
    const [job] = extraObjects.filter(({ kind }) => kind === "Job") as { metadata: Block; spec: Block }[];
    expect(job!.metadata).toMatchObject({ namespace: "velero", annotations: { "helm.sh/hook": "pre-delete" } });
    expect(JSON.stringify(job!.spec)).toContain(
      '"delete","--namespace=velero","--all","--timeout=180s","restores.velero.io,datauploads.velero.io,datadownloads.velero.io',
    );
    const [role] = extraObjects.filter(({ kind }) => kind === "Role") as { rules: { verbs: string[] }[] }[];
    expect(role!.rules[0]!.verbs).toContain("delete");
  });

  test("restores claims and volumes alone, once their backup is known, and waits for the end", () => {
    const { objects } = values("aks", "velero-restore") as { objects: Block[] };
    const restore = objects.find(({ kind }) => kind === "Restore");
    expect(restore).toMatchObject({
      spec: {
        backupName: "velero-daily-20261120030000",
        includedNamespaces: ["shop"],
        includedResources: ["persistentvolumeclaims", "persistentvolumes"],
        existingResourcePolicy: "none",
      },
    });
    expect(JSON.stringify(values("aks", "velero-restore-source"))).toContain("--for=create");
    expect(JSON.stringify(objects)).toContain("{.status.phase}=Completed");
    const last = Object.values(resources(priming("aks"), "helm_release")).find(({ name }) => name === "velero-restore");
    expect(last?.timeout).toBe(3600);
  });

  test("another backup to restore is another restore", () => {
    const named = (backup: string) => {
      const { stacks: made } = synthFleet(fleetOf(clouds({ backup })));
      const { objects } = releaseOf(made["acme-aks-priming"]!, "velero-restore").data as { objects: Block[] };
      return (objects.find(({ kind }) => kind === "Restore") as { metadata: { name: string } }).metadata.name;
    };
    expect(named("one")).not.toBe(named("two"));
  });
});

test("the fleet that every add-on is tried with has a store in each cloud", () => {
  expect(
    Object.values(committedFleet("fleets/all-on.yaml").backups)
      .map(({ cloud }) => cloud)
      .sort(),
  ).toEqual(["aws", "azure", "google"]);
});
