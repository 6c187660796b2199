import { knownArguments, replacements } from "../../output/replaces";
import { KNOWLEDGE, knew, LEARNED } from "../../output/replaces/learned";
import known from "./known-arguments.json";

const types = [...new Set(replacements.map(({ type }) => type))].sort();
const first = new Map(Object.entries(known).map(([type, line]) => [type, line.split(" ")]));

test("what was learned after the first lock files is in a list of its own: nobody's lock is taken to have known it", () => {
  const later = new Set(LEARNED.flat());
  const unlisted = types.flatMap((type) =>
    knownArguments(type)
      .map((path) => `${type} ${path}`)
      .filter((line) => !(first.get(type)?.includes(line.split(" ")[1]!) ?? false) && !later.has(line)),
  );
  // a new one goes to the end of LEARNED in output/replaces/learned.ts, in a list of its own; known-arguments.json stays as it is
  expect(unlisted).toEqual([]);
  expect([...later].filter((line) => first.get(line.split(" ")[0]!)?.includes(line.split(" ")[1]!))).toEqual([]);
});

test("a lock knew what stood in the lists that it counts", () => {
  expect(KNOWLEDGE).toBe(LEARNED.length + 1);
  expect(knew(KNOWLEDGE, "aws_eks_cluster", "name")).toBe(true);
  LEARNED.forEach((list, index) => {
    const [type, path] = list[0]!.split(" ");
    expect([knew(index + 1, type!, path!), knew(index + 2, type!, path!)]).toEqual([false, true]);
  });
});
