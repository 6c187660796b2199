import { type Block, resources } from "../support/synth";
import { appsOutput, chart, image, valuesIn } from "./fleet";
import { DATABASES, ready } from "./secrets-fleet";

interface KubernetesObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: { readonly secretStoreRef: object; readonly dataFrom: readonly object[]; readonly provider: object };
}
const objectsOf = (stack: Parameters<typeof valuesIn>[0], release: string) =>
  valuesIn(stack, release).objects as readonly KubernetesObject[];

describe("what an application uses", () => {
  const streamer = { image, clusters: ["toronto"], uses: { tweets: { database: "tweets", as: "MONGODB_URI" } } };
  const reader = {
    ...chart,
    clusters: ["toronto"],
    namespace: "front",
    uses: { tweets: { database: "tweets", read: "local" } },
    values: { existingSecret: "{secret:tweets}" },
  };
  const shop = {
    image,
    clusters: ["saopaulo"],
    uses: {
      orders: { database: "orders", name: "orders", as: { PGHOST: "host", PGPASSWORD: "password" } },
      invoices: { database: "orders", name: "invoices", mount: "/etc/invoices" },
    },
    secrets: ["shop", "mailer"],
    values: { secretEnv: { SMTP_PASSWORD: { secret: "mailer", key: "password" } } },
  };
  const output = appsOutput({ streamer, reader, shop }, ready());
  const toronto = output.stacks["f-toronto-apps"]!;
  const saopaulo = output.stacks["f-saopaulo-apps"]!;

  test("comes as the environment and the files that it asks for, by the name of the Secret alone", () => {
    expect(valuesIn(toronto, "streamer").secretEnv).toEqual({ MONGODB_URI: { secret: "streamer-tweets-100", key: "uri" } });
    expect(valuesIn(saopaulo, "shop")).toMatchObject({
      secretEnv: {
        PGHOST: { secret: "shop-orders-100", key: "host" },
        PGPASSWORD: { secret: "shop-orders-100", key: "password" },
        SMTP_PASSWORD: { secret: "mailer", key: "password" },
      },
      secretFiles: { "/etc/invoices": "shop-invoices-100" },
      secrets: ["shop"],
    });
  });

  test("is told to a chart by a word in its values", () => {
    expect(valuesIn(toronto, "reader")).toEqual({ existingSecret: "reader-tweets-101" });
  });

  test("leads to the primary, or for what only reads to the nearest server", () => {
    const read = (release: string) =>
      objectsOf(toronto, release)
        .filter(({ kind }) => kind === "ExternalSecret")
        .map(({ spec: { secretStoreRef, dataFrom } }) => ({ secretStoreRef, dataFrom }));
    const store = { secretStoreRef: { kind: "SecretStore", name: "database-tweets" } };
    expect(read("streamer-secrets")).toEqual([{ ...store, dataFrom: [{ extract: { key: "f-db-tweets-tweets" } }] }]);
    expect(read("reader-secrets")).toEqual([
      { ...store, dataFrom: [{ extract: { key: "f-db-tweets-tweets-read-canadacentral" } }] },
    ]);
  });

  test("is there before the application, which waits until the store has answered", () => {
    const after = Object.fromEntries(
      Object.values(resources(saopaulo, "helm_release")).map((release: Block) => [
        release.name,
        (release.depends_on as string[]).map((one) => one.replace(/_[0-9A-F]{8}$/, "")),
      ]),
    );
    expect(after).toEqual({
      "shop-secrets": ["data.kubernetes_namespace_v1.apps_namespace-shop"],
      shop: ["data.kubernetes_namespace_v1.apps_namespace-shop", "helm_release.apps_shop-secrets"],
    });
    const job = objectsOf(saopaulo, "shop-secrets").filter(({ kind }) => kind !== "ExternalSecret");
    expect(job.map(({ kind, metadata }) => `${kind} ${metadata.namespace}`)).toEqual([
      "ServiceAccount shop",
      "Role shop",
      "RoleBinding shop",
      "Job shop",
    ]);
    expect(JSON.stringify(job)).toContain(
      '"externalsecret/shop-orders-100","externalsecret/shop-invoices-100","externalsecret/shop"',
    );
  });

  test("has another name after a rotation and after a promotion, so that pods start anew with it", () => {
    const name = (changed: object) =>
      valuesIn(appsOutput({ reader }, ready({ tweets: { ...DATABASES.tweets, ...changed } })).stacks["f-toronto-apps"]!, "reader")
        .existingSecret;
    expect(name({ passwordVersion: 2 })).toBe("reader-tweets-201");
    expect(name({ primary: "canadacentral" })).toBe("reader-tweets-111");
  });

  test("is read by an identity of the namespace's own, which may read that and nothing else", () => {
    const azure = Object.values(resources(output.stacks["f-toronto-priming"]!, "azurerm_role_assignment")).map(
      ({ scope, role_definition_name: role }) => `${role}: ${String(scope).split("/").slice(-2).join("/")}`,
    );
    expect(azure.filter((one) => one.includes("-db-")).sort()).toEqual([
      "Key Vault Secrets User: secrets/f-db-tweets-tweets",
      "Key Vault Secrets User: secrets/f-db-tweets-tweets-read-canadacentral",
    ]);
    const federated = Object.values(resources(output.stacks["f-toronto-priming"]!, "azurerm_federated_identity_credential"));
    expect(federated.map(({ subject }) => subject)).toEqual(
      expect.arrayContaining(["system:serviceaccount:front:entries", "system:serviceaccount:streamer:entries"]),
    );
    const policies = Object.values(resources(output.stacks["f-saopaulo-priming"]!, "aws_iam_role_policy"))
      .map(({ policy }) => JSON.parse(String(policy)) as { Statement: { Effect: string; Resource: string[] }[] })
      .filter(({ Statement }) => JSON.stringify(Statement).includes("secret:f-shop-"));
    expect(policies.map(({ Statement }) => Statement.map(({ Effect, Resource }) => [Effect, Resource]))).toEqual([
      [
        [
          "Allow",
          [
            "arn:aws:secretsmanager:sa-east-1:111122223333:secret:f-db-orders-invoices-??????",
            "arn:aws:secretsmanager:sa-east-1:111122223333:secret:f-db-orders-orders-??????",
            "arn:aws:secretsmanager:sa-east-1:111122223333:secret:f-mailer-??????",
            "arn:aws:secretsmanager:sa-east-1:111122223333:secret:f-shop-??????",
          ],
        ],
      ],
    ]);
  });
});

test("the stores of a namespace are made in priming, where the identities are, and outlive the applications", () => {
  const output = appsOutput({ shop: { image, secrets: ["shop"], clusters: ["sydney", "saopaulo"] } }, ready({}));
  const stores = (cluster: string) =>
    objectsOf(output.stacks[`f-${cluster}-priming`]!, "app-secret-stores").map(
      ({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`,
    );
  expect(stores("sydney")).toEqual(["ServiceAccount shop/entries", "SecretStore shop/secrets"]);
  expect(Object.values(resources(output.stacks["f-sydney-priming"]!, "google_secret_manager_secret_iam_member"))).toEqual([
    expect.objectContaining({ secret_id: "f-shop", role: "roles/secretmanager.secretAccessor" }),
  ]);
  expect(Object.keys(output.stacks["f-toronto-priming"]!.resource!.helm_release!).join()).not.toContain("app-secret-stores");
});

describe("pods start anew when a value behind one of an application's `secrets` has changed:", () => {
  const releaseOf = (apps: object, more: object = {}) => {
    const priming = appsOutput(apps, { ...ready(), ...more }).stacks["f-toronto-priming"]!;
    const found = Object.values(resources(priming, "helm_release")).find(({ name }) => name === "reloader");
    return found && { after: found.depends_on as string[], ...(JSON.parse((found.values as string[])[0]!) as Watching) };
  };
  interface Watching {
    readonly reloader: {
      readonly watchGlobally: boolean;
      readonly namespaces: readonly string[];
      readonly autoReloadAll: boolean;
    };
  }
  const on = { clusters: ["toronto"] };
  const off = { ...ready().defaults.addons, reloader: { enabled: false } };

  test("Reloader looks into the namespaces of such applications and no others, and comes after them", () => {
    const apps = {
      shop: { image, ...on, secrets: ["shop"] },
      mail: { ...chart, ...on, namespace: "office", secrets: ["mail"] },
      plain: { image, ...on },
      elsewhere: { image, clusters: ["sydney"], secrets: ["elsewhere"] },
    };
    const { reloader, after } = releaseOf(apps)!;
    expect(reloader).toMatchObject({ watchGlobally: false, namespaces: ["reloader", "office", "shop"], autoReloadAll: true });
    expect(after.join()).toMatch(/namespace-office_.*namespace-shop_|namespace-shop_.*namespace-office_/);
    expect(after.join()).not.toMatch(/namespace-plain_/);
  });

  test("it is nowhere where only databases are used, whose Secrets have another name then, and where it is switched off", () => {
    const uses = { tweets: { database: "tweets", as: "URI" } };
    expect(releaseOf({ shop: { image, ...on, uses } })).toBeUndefined();
    expect(releaseOf({ shop: { image, ...on, secrets: ["shop"] } }, { defaults: { addons: off } })).toBeUndefined();
  });
});

test("an EKS cluster in another account than the zone trusts its tokens for the sake of secrets alone", () => {
  const dns = { zone: "k8s.example.com", aws: { accountId: "999988887777" } };
  const trusts = (secrets: readonly string[]) =>
    Object.keys(
      appsOutput({ shop: { image, secrets, clusters: ["saopaulo"] } }, { ...ready({}), dns }).stacks["f-saopaulo-cluster"]!
        .output!,
    ).includes("own_oidc_provider_arn");
  expect(trusts(["shop"])).toBe(true);
  expect(trusts([])).toBe(false);
});

test("whoever reads the cluster's own entries doesn't read those of databases, which have readers of their own", () => {
  const priming = (databases: object) =>
    JSON.stringify(
      appsOutput({ shop: { image, secrets: ["shop"], clusters: ["saopaulo"] } }, ready(databases)).stacks["f-saopaulo-priming"],
    );
  expect(priming(DATABASES)).toContain("f-db-*");
  expect(priming({})).not.toContain("f-db-*");
});
