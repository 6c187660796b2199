import { parseLock } from "../../../changes/lock/parse";
import { bare } from "../rules/bare";

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

test.each(
  `cloud account tenant region retired kubernetes channel secretsKey logs flowLogs zones certificate certificateNames ranges
    pools servers objects charts apps egress given namespaces eksAddons`.split(/\s+/),
)("a cluster's %s is of its own type", (field) => {
  const lock = bare({ clusters: { c: { cloud: "aws", [field]: 1 } } });
  expect(refusal(JSON.stringify(lock))).toMatch(new RegExp(`^x:1: is no lock file of Meridian \\(clusters\\.c\\.${field}: `));
});
