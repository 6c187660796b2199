import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { buildFleet } from "../../stacks/build-fleet";
import { committedFleet, fleetFiles, fleetOf, type Output, root, synthFleet } from "../support/fleet";

const outputs = new Map<string, Output>();
function outputOf(file: string): Output {
  const known = outputs.get(file) ?? synthFleet(committedFleet(file));
  outputs.set(file, known);
  return known;
}

const small = (name: string, cluster = "one") => `
fleet: ${name}
dns: { zone: k8s.example.com, aws: { accountId: "111122223333" } }
clusters:
  ${cluster}:
    cloud: aws
    region: eu-west-1
    network: { cidr: 10.1.0.0/16 }
    api: { allowFrom: [203.0.113.0/24] }
    aws: { accountId: "111122223333", admins: ["arn:aws:iam::111122223333:role/a"], runner: "arn:aws:iam::111122223333:role/r" }
apps:
  shop:
    chart: shop
    repository: oci://registry.example.com/charts
    version: 1.2.3
    values: { text: "a \${literal} and %{literal} text" }
`;

/** Strings in data, with the keys that lead to them. */
function* strings(value: unknown, path: string[] = []): Generator<{ path: string[]; text: string }> {
  if (typeof value === "string") yield { path, text: value };
  else if (value !== null && typeof value === "object")
    for (const [key, inner] of Object.entries(value)) {
      yield { path: [...path, key], text: key };
      yield* strings(inner, [...path, key]);
    }
}

describe.each(fleetFiles)("the output of %s", (file) => {
  test("holds no path of a machine", () => {
    for (const [path, text] of Object.entries(outputOf(file).files)) {
      for (const folder of [root, process.cwd(), tmpdir(), process.env.HOME ?? root])
        if (folder !== "/")
          expect({ path, has: text.includes(`"${folder}/`) || text.includes(` ${folder}/`) }).toEqual({ path, has: false });
    }
  });

  test("has no implicit reference between stacks and no unresolved token", () => {
    for (const [path, text] of Object.entries(outputOf(file).files)) {
      expect({ path, found: text.match(/cross-stack-|TfToken|TOKEN\[/)?.[0] }).toEqual({ path, found: undefined });
    }
  });

  test("holds no secret and no static credential", () => {
    const secretKey =
      /^(password|secret|token|access_key|secret_key|client_secret|client_key|private_key|credentials|conn_str|kube_config)$/;
    for (const [id, stack] of Object.entries(outputOf(file).stacks)) {
      for (const { path, text } of strings({ provider: stack.provider, terraform: stack.terraform, resource: stack.resource })) {
        expect({ id, text: text.match(/AKIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY|eyJhbGciOi/)?.[0] }).toEqual({
          id,
          text: undefined,
        });
        // A key of that name may hold nothing, or a reference; never a value.
        const key = path.at(-1) ?? "";
        if (secretKey.test(key) && text !== key)
          expect({ id, path, value: /^(\$\{[^}]+\})?$/.test(text) }).toEqual({ id, path, value: true });
      }
    }
  });

  test("declares just the providers that each stack uses", () => {
    for (const [id, stack] of Object.entries(outputOf(file).stacks)) {
      const declared = Object.keys((stack.terraform.required_providers as object | undefined) ?? {}).sort();
      const used = new Set(
        [stack.resource, stack.data, stack.ephemeral]
          .flatMap((blocks) => Object.keys(blocks ?? {}))
          .filter((type) => !type.startsWith("terraform_"))
          .map((type) => type.split("_")[0]!),
      );
      expect({ id, providers: declared }).toEqual({ id, providers: [...used].sort() });
      // these have nothing to configure
      const configured = declared.filter((provider) => !["random", "time"].includes(provider));
      expect({ id, providers: Object.keys(stack.provider ?? {}).sort() }).toEqual({ id, providers: configured });
    }
  });

  test("refers, in each stack, only to what is in that stack", () => {
    const address =
      /(data\.|ephemeral\.)?\b((?:random|time|aws|azurerm|google|helm|kubernetes|terraform)_[a-z0-9_]+)\.([A-Za-z0-9_-]+)/g;
    let seen = 0;
    for (const [id, stack] of Object.entries(outputOf(file).stacks)) {
      const { resource, data, ephemeral, output, provider } = stack;
      const blocks = { "data.": data, "ephemeral.": ephemeral };
      for (const { path, text } of strings({ resource, data, ephemeral, output, provider })) {
        const expressions =
          path.at(-1) === "depends_on" || path.at(-2) === "depends_on" ? [text] : (text.match(/(?<!\$)\$\{[^}]*\}/g) ?? []);
        for (const [, kind, type, name] of expressions.flatMap((expression) => [...expression.matchAll(address)])) {
          seen += 1;
          const known = (kind ? blocks[kind as keyof typeof blocks] : resource)?.[type!]?.[name!] !== undefined;
          expect({ id, at: path.join("."), to: `${kind ?? ""}${type}.${name}`, known }).toMatchObject({ known: true });
        }
      }
    }
    expect(seen).toBeGreaterThan(20);
  });

  test("gives cdktf no reference between stacks to prepare, so that leaving the preparation out is right", () => {
    const outdir = mkdtempSync(join(tmpdir(), "prepare-"));
    try {
      const app = new App({ outdir, stackTraces: false });
      buildFleet(app, committedFleet(file));
      const stacks = app.node.children.filter((child) => child instanceof TerraformStack);
      expect(stacks.length).toBeGreaterThan(2);
      // cdktf's own preparation, which the stacks override: the state factory's backend throws at the first such reference
      for (const stack of stacks) TerraformStack.prototype.prepareStack.call(stack);
    } finally {
      rmSync(outdir, { recursive: true, force: true });
    }
  });

  test("has no stack without resources", () => {
    for (const [id, stack] of Object.entries(outputOf(file).stacks))
      expect({ id, resources: Object.keys(stack.resource ?? {}).length > 0 }).toEqual({ id, resources: true });
  });

  test("says which Terraform each stack needs and where its state is", () => {
    for (const [id, stack] of Object.entries(outputOf(file).stacks)) {
      expect({ id, version: stack.terraform.required_version }).toEqual({ id, version: expect.stringMatching(/^>= \d/) });
      expect({ id, backend: Object.keys((stack.terraform.backend ?? stack.terraform.cloud ?? {}) as object).length }).toEqual({
        id,
        backend: 1,
      });
    }
  });

  test("is the same bytes again, on another day and from another folder", () => {
    const first = outputOf(file).files;
    const folder = process.cwd();
    jest.useFakeTimers({ now: new Date("2031-02-03T04:05:06Z"), doNotFake: ["nextTick", "setImmediate"] });
    try {
      process.chdir(tmpdir());
      expect(synthFleet(committedFleet(file)).files).toEqual(first);
    } finally {
      process.chdir(folder);
      jest.useRealTimers();
    }
  });
});

test("two fleets share no stack, no state and no global name, even with clusters of the same name", () => {
  const one = synthFleet(fleetOf(small("alpha")));
  const two = synthFleet(fleetOf(small("beta")));
  expect(Object.keys(one.stacks).filter((id) => Object.hasOwn(two.stacks, id))).toEqual([]);
  const states = (output: Output) => Object.values(output.stacks).map((stack) => JSON.stringify(stack.terraform.backend));
  expect(new Set([...states(one), ...states(two)]).size).toBe(states(one).length + states(two).length);
  const names = (output: Output) =>
    Object.values(output.stacks).flatMap((stack) =>
      Object.entries(stack.resource ?? {})
        // the same zone in the same account: its records are named after clusters and public names; an inline policy's
        // name is its role's own
        .filter(([type]) => !type.startsWith("aws_route53") && type !== "aws_iam_role_policy")
        .flatMap(([type, blocks]) =>
          Object.values(blocks).map((block) => (typeof block.name === "string" ? `${type} ${block.name}` : "")),
        ),
    );
  const shared = names(one).filter((name) => name !== "" && names(two).includes(name) && !name.includes("${"));
  // Kubernetes names live in their own cluster
  expect(shared.filter((name) => !/^(helm_|kubernetes_)/.test(name))).toEqual([]);
});

test("the user's ${ and %{ arrive in Terraform as they were written", () => {
  const { files } = synthFleet(fleetOf(small("alpha")));
  const apps = files["stacks/alpha-one-apps/cdk.tf.json"]!;
  expect(apps).toContain("a $${literal} and %%{literal} text");
  expect(apps.replaceAll("$${literal}", "").replaceAll("%%{literal}", "")).not.toMatch(/[$%]\{literal\}/);
});

test("each stack comes after the stacks that it reads", () => {
  for (const file of fleetFiles) {
    const { stacks, dependencies } = outputOf(file);
    for (const [id, stack] of Object.entries(stacks)) {
      const read = Object.keys(stacks).filter((other) => {
        const readers = Object.values(stack.data ?? {}).flatMap((blocks) => Object.values(blocks));
        return other !== id && readers.some((reader) => new RegExp(`[/"]${other}[./"]`).test(JSON.stringify(reader)));
      });
      expect({ id, missing: read.filter((other) => !dependencies[id]!.includes(other)) }).toEqual({ id, missing: [] });
    }
  }
});
