import { diffLines, diffMarkdown } from "../../../changes/diff/words";
import type { Finding } from "../../../changes/judge";

test("Markdown sets off what is refused, and names the weight of everything else", () => {
  const of = (severity: Finding["severity"], ...path: readonly string[]): Finding => ({
    id: "x",
    severity,
    path,
    message: severity,
  });
  const text = diffMarkdown({ stacks: [], traffic: [], findings: [of("refused", "state"), of("warning", "names"), of("note")] });
  expect(text.split("\n").filter((line) => line.startsWith("- "))).toEqual([
    "- **refused**: state: refused [x]",
    "- warning: names: warning [x]",
    "- note: note [x]",
  ]);
});

test("twelve places are named, of more their number is", () => {
  const line = (count: number) => {
    const places = Array.from({ length: count }, (_, at) => `p${at + 1}`);
    return diffLines({ stacks: [], findings: [], traffic: [{ name: "app", from: "", to: "eks", places }] }).at(-1);
  };
  const twelve = "p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12";
  expect([1, 12, 14].map(line)).toEqual([
    "  app: nothing → eks for 1 place: p1",
    `  app: nothing → eks for 12 places: ${twelve}`,
    `  app: nothing → eks for 14 places: ${twelve} and 2 more`,
  ]);
});
