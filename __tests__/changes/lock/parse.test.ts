import { parseLock } from "../../../changes/lock/parse";

const refusal = (text: string) => {
  try {
    parseLock(text, "x");
  } catch (error) {
    return (error as Error).message;
  }
  return "";
};

test.each(["null", "1", '"text"', "true"])("%s alone is no lock, and is told so in the one sentence", (text) => {
  expect(refusal(text)).toMatch(/^x:1: is no lock file of Meridian \(the file: /);
});

test("marks of a merge are seven alone, and a format that is no number is no newer one", () => {
  expect(refusal("{}\n>>>>>>> theirs")).toMatch(/^x:2: has conflict markers/);
  expect(refusal("=======")).toMatch(/^x:1: has conflict markers/);
  expect(refusal("{}\n========")).toMatch(/: is no JSON there/);
  expect(refusal('{ "format": "2" }')).toMatch(/is no lock file of Meridian \(format/);
  expect(refusal('{ "a":\n<<<<<<< x')).toMatch(/^x:2: has conflict markers/);
});
