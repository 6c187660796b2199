import {
  App,
  DefaultTokenResolver,
  Fn,
  Lazy,
  type ResolveOptions,
  StringConcat,
  TerraformLocal,
  TerraformStack,
  TerraformVariable,
  Token,
  Tokenization,
} from "cdktf";
import { committedFleet, coveringFleets, synthFleet } from "../support/fleet";

const ours = Tokenization.resolve;
/** What Tokenization.resolve calls before constructs/cdktf/token-resolution.ts replaces it. */
const cdktfs: typeof ours = (value, options) => require("cdktf/lib/tokens/private/resolve").resolve(value, options);
afterEach(() => {
  Tokenization.resolve = ours;
});

test.each(coveringFleets)("%s is written byte for byte as cdktf's own resolving writes it", (file) => {
  const fleet = committedFleet(file);
  const written = synthFleet(fleet).files;
  Tokenization.resolve = cdktfs;
  expect(written).toEqual(synthFleet(fleet).files);
});

describe("a value is resolved as cdktf resolves it", () => {
  const scope = new TerraformStack(new App({ outdir: "unused" }), "stack");
  const text = new TerraformVariable(scope, "text", { type: "string" });
  const local = new TerraformLocal(scope, "local", { a: 1 });
  const options: ResolveOptions = { scope, resolver: new DefaultTokenResolver(new StringConcat()), preparing: false };
  const outcome = (resolve: typeof ours, value: unknown) => {
    try {
      return { value: resolve(value, options) };
    } catch (error) {
      // but for the place, which is seen from the part with the mistake
      return { error: (error as Error).message.replace(/at '[^']*'/, "") };
    }
  };

  test.each<[string, unknown]>([
    ["text with a token in it", `a ${text.stringValue} b`],
    ["text with a token and a literal", `\${literal} ${text.stringValue}`],
    ["text with a literal only", "${literal} and %{literal}"],
    ["text that looks like a number's token", "chart-1e+289 and 1e+5"],
    ["a number", 5],
    ["a negative number", -5],
    ["a number's token", text.numberValue],
    ["a number's token in text", `${text.numberValue} nodes`],
    ["a list's token", text.listValue],
    ["a list of numbers' token", Token.asNumberList(text.value)],
    ["a list with a token in it", [1, text.stringValue, undefined, "plain"]],
    ["a map's token", Token.asStringMap(text.value)],
    ["a map of numbers' token", Token.asNumberMap(text.value)],
    ["a map of anything's token", Token.asAnyMap(text.value)],
    ["a map with a token for a key", { [text.stringValue]: 1, plain: 2 }],
    ["a function's result", Fn.join(",", ["a", text.stringValue])],
    ["a lazy value", Lazy.anyValue({ produce: () => ({ deep: [text.stringValue, undefined] }) })],
    ["a local", { local: local.expression }],
    ["a date", new Date(0)],
    ["what is undefined, null, empty", { a: undefined, b: null, c: [], d: {}, e: [undefined, null], f: "", g: false }],
    ["nested blocks", { rule: [{ from: [text.stringValue], to: [{ port: 80, cidr: "10.0.0.0/8" }] }] }],
    ["the element of a list's token alone", text.listValue[0]],
    ["the value of a map's token alone", Object.values(Token.asStringMap(text.value))[0]],
    ["the number of a map's token alone", { a: Object.values(Token.asNumberMap(text.value))[0] }],
    ["a function", { f: () => 1 }],
    ["a construct", { scope }],
  ])("%s", (_, value) => {
    expect(outcome(ours, value)).toEqual(outcome(cdktfs, value));
  });
});
