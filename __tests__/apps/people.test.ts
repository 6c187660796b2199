import { resources } from "../support/synth";
import { appsOutput, problemsText, valuesIn } from "./fleet";

const image = { repository: "ghcr.io/team/shop", tag: "1.2.3" };
const DEV = "arn:aws:iam::111122223333:role/dev";
const [GROUP, OTHER] = ["00000000-0000-0000-0000-000000000005", "00000000-0000-0000-0000-000000000006"];
const apps = { shop: { image }, web: { image } };

const output = appsOutput(apps, {
  namespaces: {
    shop: {
      access: {
        aws: { developers: [DEV] },
        azure: { developers: [GROUP], viewers: [OTHER] },
        google: { developers: ["serviceAccount:ci@shop-platform.iam.gserviceaccount.com"], viewers: ["user:ann@example.com"] },
      },
    },
    web: { access: { aws: { viewers: [DEV] } } },
  },
});
const all = (stack: string, type: string) => Object.values(resources(output.stacks[stack]!, type));
const bindings = (cluster: string) => {
  const { objects } = valuesIn(output.stacks[`f-${cluster}-priming`]!, "app-namespaces") as {
    objects: {
      kind: string;
      metadata: { name: string; namespace: string };
      subjects: { kind: string; name: string }[];
      roleRef: { name: string };
    }[];
  };
  return objects
    .filter(({ kind }) => kind === "RoleBinding")
    .map(
      ({ metadata, subjects, roleRef }) =>
        `${metadata.namespace} ${roleRef.name}: ${subjects.map(({ kind, name }) => `${kind} ${name}`).join(", ")}`,
    );
};

test("on EKS each principal has one entry with the groups of all its namespaces, which RBAC knows", () => {
  expect(all("f-saopaulo-priming", "aws_eks_access_entry")).toEqual([
    expect.objectContaining({ principal_arn: DEV, kubernetes_groups: ["meridian:shop:developers", "meridian:web:viewers"] }),
  ]);
  expect(bindings("saopaulo")).toEqual(["shop edit: Group meridian:shop:developers", "web view: Group meridian:web:viewers"]);
});

test("on AKS they are Azure's roles on the namespace alone", () => {
  const roles = all("f-toronto-priming", "azurerm_role_assignment").filter(({ scope }) => String(scope).includes("/namespaces/"));
  expect(
    roles.map(
      ({ scope, principal_id: id, role_definition_name: role }) =>
        `${String(scope).split("/").slice(-2).join("/")} ${id} ${role}`,
    ),
  ).toEqual([
    `namespaces/shop ${GROUP} Azure Kubernetes Service RBAC Writer`,
    `namespaces/shop ${OTHER} Azure Kubernetes Service RBAC Reader`,
  ]);
  expect(bindings("toronto")).toEqual([]);
});

test("on GKE RBAC knows them, and the global stack lets them log in, once for all clusters of the project", () => {
  expect(bindings("sydney")).toEqual([
    "shop edit: User ci@shop-platform.iam.gserviceaccount.com",
    "shop view: User ann@example.com",
  ]);
  const logins = all("f-global", "google_project_iam_member").filter(({ role }) => role === "roles/container.clusterViewer");
  expect(logins.map(({ member }) => member)).toEqual([
    "serviceAccount:ci@shop-platform.iam.gserviceaccount.com",
    "user:ann@example.com",
  ]);
});

const access = (given: object, more: object = {}) => ({ namespaces: { shop: { access: given, ...more } } });
test.each([
  [
    access({ aws: { developers: ["arn:aws:iam::111122223333:role/a"] } }),
    "administers saopaulo, and EKS takes one entry of each",
  ],
  [
    access({ aws: { developers: ["arn:aws:sts::111122223333:assumed-role/dev/ann"] } }),
    "is a session, which ends: name its role",
  ],
  [
    access({ google: { developers: ["group:dev@example.com"] } }),
    "namespaces.shop.access.google.developers[0]: 'group:dev@example.com' is a group, and sydney knows none",
  ],
  [access({ azure: { developers: [GROUP], viewers: [GROUP] } }), "is a developer, who sees more"],
  [access({ existing: { developers: ["dev"] } }), "no application runs in it on a cluster in cloud 'existing'"],
  [access({ azure: { developers: [GROUP] } }, { existing: true }), "the namespace is another's, who gives access to it"],
])("%j is refused where it is wrong", (more, message) => {
  expect(problemsText(apps, more)).toContain(message);
});
