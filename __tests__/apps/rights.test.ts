import { resources } from "../support/synth";
import { appsOutput, problemsText, valuesIn } from "./fleet";

const image = { repository: "ghcr.io/team/shop", tag: "1.2.3" };
const chart = { chart: "web", repository: "https://charts.example.com", version: "1.0.0" };
const SCOPE = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/shop";
const rights = {
  aws: {
    buckets: { "shop-media": "write", "shop-public": "read" },
    queues: { "shop-jobs": "receive" },
    policies: ["arn:aws:iam::111122223333:policy/shop"],
  },
  azure: [{ role: "Storage Blob Data Reader", scope: SCOPE }],
  google: { buckets: { "shop-media": "read" }, roles: ["roles/pubsub.publisher"] },
};

describe("an application with rights in the cloud of its cluster", () => {
  const output = appsOutput({ shop: { image, namespace: "store", rights }, other: { image } });
  const priming = (cluster: string) => output.stacks[`f-${cluster}-priming`]!;
  const all = (cluster: string, type: string) => Object.values(resources(priming(cluster), type));

  test("on EKS may do what the file says with its buckets and queues, and nothing else, by pod identity", () => {
    const policy = all("saopaulo", "aws_iam_role_policy").find((one) => String(one.policy).includes("shop-media"));
    const { Statement } = JSON.parse(String(policy!.policy)) as { Statement: { Action: string[]; Resource: string }[] };
    expect(Statement.map(({ Action, Resource }) => `${Resource}: ${Action.join(" ")}`)).toEqual([
      "arn:aws:s3:::shop-media: s3:ListBucket s3:GetBucketLocation",
      "arn:aws:s3:::shop-media/*: s3:GetObject s3:PutObject s3:DeleteObject s3:AbortMultipartUpload",
      "arn:aws:s3:::shop-public: s3:ListBucket s3:GetBucketLocation",
      "arn:aws:s3:::shop-public/*: s3:GetObject",
      "arn:aws:sqs:sa-east-1:111122223333:shop-jobs: sqs:ReceiveMessage sqs:DeleteMessage sqs:ChangeMessageVisibility sqs:GetQueueUrl sqs:GetQueueAttributes",
    ]);
    expect(all("saopaulo", "aws_iam_role_policy_attachment").map(({ policy_arn: arn }) => arn)).toContain(
      "arn:aws:iam::111122223333:policy/shop",
    );
    expect(all("saopaulo", "aws_eks_pod_identity_association")).toContainEqual(
      expect.objectContaining({ namespace: "store", service_account: "shop-identity" }),
    );
  });

  test("on AKS has a role on a scope, by a credential for exactly its own account", () => {
    expect(all("toronto", "azurerm_role_assignment")).toContainEqual(
      expect.objectContaining({ scope: SCOPE, role_definition_name: "Storage Blob Data Reader" }),
    );
    expect(all("toronto", "azurerm_federated_identity_credential").map(({ subject }) => subject)).toContain(
      "system:serviceaccount:store:shop-identity",
    );
    expect(valuesIn(output.stacks["f-toronto-apps"]!, "shop").podLabels).toEqual({ "azure.workload.identity/use": "true" });
  });

  test("on GKE is a service account that only its own one may be", () => {
    expect(all("sydney", "google_service_account_iam_member").map(({ member }) => member)).toContain(
      "serviceAccount:shop-platform.svc.id.goog[store/shop-identity]",
    );
    expect(all("sydney", "google_storage_bucket_iam_member")).toEqual([
      expect.objectContaining({ bucket: "shop-media", role: "roles/storage.objectViewer" }),
    ]);
    expect(all("sydney", "google_project_iam_member")).toContainEqual(
      expect.objectContaining({ role: "roles/pubsub.publisher", project: "shop-platform" }),
    );
  });

  test.each(["sydney", "saopaulo", "toronto"])("runs on %s as an account that priming made, others as their own", (cluster) => {
    const { objects } = valuesIn(priming(cluster), "app-identities") as { objects: { metadata: { name: string } }[] };
    expect(objects.map(({ metadata }) => metadata.name)).toEqual(["shop-identity"]);
    const values = (app: string) => valuesIn(output.stacks[`f-${cluster}-apps`]!, app);
    expect(values("shop").serviceAccount).toBe("shop-identity");
    expect(values("other")).not.toHaveProperty("serviceAccount");
  });

  test("what only a cloud knows of that account is a reference, which Terraform fills in", () => {
    const annotations = (cluster: string) =>
      (valuesIn(priming(cluster), "app-identities") as { objects: { metadata: { annotations: object } }[] }).objects[0]!.metadata
        .annotations;
    expect(annotations("toronto")).toMatchObject({
      "azure.workload.identity/client-id": expect.stringMatching(/^\$\{azurerm_user_assigned_identity\.[\w-]+\.client_id\}$/),
    });
    expect(annotations("sydney")).toEqual({
      "iam.gke.io/gcp-service-account": expect.stringMatching(/^\$\{google_service_account\.[\w-]+\.email\}$/),
    });
  });
});

test("a chart is told the account's name, and on a cloud without rights it is an account like any other", () => {
  const output = appsOutput({
    shop: { ...chart, rights: { aws: rights.aws }, values: { serviceAccount: { create: false, name: "{identity}" } } },
  });
  expect(valuesIn(output.stacks["f-sydney-apps"]!, "shop")).toEqual({ serviceAccount: { create: false, name: "shop-identity" } });
  expect(valuesIn(output.stacks["f-sydney-priming"]!, "app-identities").objects).toEqual([
    expect.objectContaining({ metadata: { name: "shop-identity", namespace: "shop", annotations: {} } }),
  ]);
});

const azure = { rights: { azure: rights.azure }, clusters: ["toronto"] };
test.each([
  [{ a: { image, clusters: ["toronto"], rights } }, "apps.a.rights.aws: it runs on no cluster in cloud 'aws'"],
  [{ a: { ...chart, ...azure } }, "apps.a.rights: nothing in `values` says {identity}"],
  [
    { a: { ...chart, ...azure, values: { account: "{identity}" } } },
    "apps.a.rights.azure: AKS gives an identity to pods with the label",
  ],
  [{ a: { ...chart, values: { account: "{identity}" } } }, "'{identity}' stands for nothing"],
  [
    { a: { image, ...azure, values: { serviceAccountAnnotations: { a: "b" } } } },
    "apps.a.values.serviceAccountAnnotations: it runs as",
  ],
  [
    { a: { image, ...azure, namespace: "n" }, "a-identity": { image, namespace: "n" } },
    "'a-identity' is an application in the same namespace",
  ],
  [
    { a: { image, rights: { aws: { policies: ["shop"] } } } },
    "apps.a.rights.aws.policies[0]: 'shop' is not valid: the ARN of a policy of IAM",
  ],
  [
    { a: { image, rights: { gcp: { roles: ["roles/viewer"] } } } },
    "apps.a.rights.gcp: there is no field 'gcp' here; did you mean 'google'?",
  ],
  [{ a: { image, rights: {} } }, "apps.a.rights: no right stands there: write what it may do, such as `aws: { buckets: "],
  [
    { a: { image, rights: { aws: { buckets: {} } } } },
    "apps.a.rights.aws: no right stands there: write `buckets`, `queues` or `policies`, or leave `aws` out",
  ],
  [{ a: { image, rights: { google: {} } } }, "apps.a.rights.google: no right stands there: write `buckets` or `roles`"],
  [
    { a: { image, rights: { google: { roles: ["roles/viewer", "roles/viewer"] } } } },
    "apps.a.rights.google.roles[1]: 'roles/viewer' stands here already",
  ],
])("%j is refused where it is wrong", (apps, message) => {
  expect(problemsText(apps)).toContain(message);
});
