import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Annotations, App, Aspects, TerraformOutput, TerraformStack } from "cdktf";
import fc from "fast-check";
import { stableJson } from "../../constructs/cdktf/stable-json";
import { type AppWriter, appWriter, type FileSink } from "../../constructs/cdktf/stack-writer";
import { buildFleet } from "../../stacks/build-fleet";
import { committedFleet, synthFleet } from "../support/fleet";

/** The writer that cdktf brings along. */
const cdktfs: (value: unknown, options: { space: number }) => string | undefined = createRequire(require.resolve("cdktf"))(
  "json-stable-stringify",
);

/** What a writer gives, by path. */
function written(build: (app: App, finish: AppWriter["finish"]) => void): Record<string, string> {
  const outdir = mkdtempSync(join(tmpdir(), "writer-"));
  const files: Record<string, string> = {};
  const sink: FileSink = {
    write: (path, text) => {
      files[path] = text;
    },
    copy: (path, source) => {
      files[path] = readFileSync(source, "utf8");
    },
  };
  try {
    const app = new App({ outdir, stackTraces: false });
    const writer = appWriter(app, sink, () => undefined);
    build(app, writer.finish);
    writer.end();
    return files;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

test("JSON is written as cdktf writes it, byte for byte", () => {
  const values = fc.jsonValue({ maxDepth: 5 });
  fc.assert(
    fc.property(values, (value) => stableJson(value) === cdktfs(value, { space: 2 })),
    { numRuns: 300 },
  );
  const odd = { b: undefined, a: [undefined, null, [], {}], "10": 1, "9": new Date(0), é: '\u2028 \ud800 "', "": Number.NaN };
  expect(stableJson(odd)).toBe(cdktfs(odd, { space: 2 }));
});

test("a synth gives the same files as cdktf's own, assets and manifest too", () => {
  const fleet = committedFleet("fleets/all-on.yaml");
  expect(written((app) => buildFleet(app, fleet))).toEqual(synthFleet(fleet).files);
});

test("a stack that is written as soon as it is built has the same files, and nothing of it is kept", () => {
  const fleet = committedFleet("fleets/all-on.yaml");
  const kept: number[] = [];
  const files = written((app, finish) => {
    buildFleet(app, fleet, undefined, (stacks) => {
      finish(stacks);
      kept.push(app.node.findAll().length);
    });
  });
  expect(files).toEqual(synthFleet(fleet).files);
  expect(kept.length).toBeGreaterThan(5);
  expect(new Set(kept)).toEqual(new Set([1]));
});

test("aspects, annotations and validations take part as in cdktf", () => {
  const stackOf = (app: App) => new TerraformStack(app, "one");
  const files = written((app) => {
    const stack = stackOf(app);
    Aspects.of(stack).add({
      visit: (node) => void (node instanceof TerraformStack && new TerraformOutput(node, "seen", { value: "yes" })),
    });
    Annotations.of(stack).addWarning("mind this");
  });
  expect(JSON.parse(files["stacks/one/cdk.tf.json"]!).output).toEqual({ seen: { value: "yes" } });
  expect(JSON.parse(files["manifest.json"]!).stacks.one.annotations).toMatchObject([
    { level: "@cdktf/warn", message: "mind this" },
  ]);
  expect(() => written((app) => Annotations.of(stackOf(app)).addError("not this"))).toThrow("[one] not this");
  expect(() => written((app) => stackOf(app).node.addValidation({ validate: () => ["is wrong"] }))).toThrow("is wrong");
});
