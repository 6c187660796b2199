import { createInterface } from "node:readline/promises";

/**
 * What a person types to a question.
 * @throws where nothing can be typed, or the question is broken off (Ctrl-C, Ctrl-D): readline alone would never answer,
 * and the program end as if all were well
 */
export async function typedTo(
  question: string,
  input: NodeJS.ReadableStream = process.stdin,
  output: NodeJS.WritableStream = process.stdout,
): Promise<string> {
  const terminal = createInterface({ input, output });
  const closed = new Promise<never>((_, reject) => {
    terminal.once("close", () => reject(new Error("\nNobody typed it: nothing was done")));
  });
  closed.catch(() => undefined);
  try {
    return await Promise.race([terminal.question(question), closed]);
  } finally {
    terminal.close();
  }
}
