import { fromHere } from "../../cli/from-here";

test("what is given to be typed names this fleet file and this output, as a shell takes them", () => {
  const text =
    "npm run teardown -- FLEET --cluster a\n  terraform -chdir=cdktf.out/stacks/f-a-cluster init\n  terraform -chdir=cdktf.out/stacks/f-a-priming init";
  expect(fromHere(text, "fleets/f.yaml", "../out").split("\n")).toEqual([
    "npm run teardown -- fleets/f.yaml --cluster a",
    "  terraform -chdir=../out/stacks/f-a-cluster init",
    "  terraform -chdir=../out/stacks/f-a-priming init",
  ]);
  expect(fromHere(text, "our fleets/it's.yaml", "the out").split("\n")).toEqual([
    String.raw`npm run teardown -- 'our fleets/it'\''s.yaml' --cluster a`,
    "  terraform -chdir='the out'/stacks/f-a-cluster init",
    "  terraform -chdir='the out'/stacks/f-a-priming init",
  ]);
});
