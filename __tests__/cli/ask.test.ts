import { PassThrough } from "node:stream";
import { typedTo } from "../../cli/teardown/ask";

test("a confirmation is what is typed; where nothing can be typed, or it is broken off, nothing is confirmed", async () => {
  const [typed, closed] = [new PassThrough(), new PassThrough()];
  const answer = typedTo("Type acme: ", typed, new PassThrough());
  typed.write("acme\n");
  await expect(answer).resolves.toBe("acme");
  const none = typedTo("Type acme: ", closed, new PassThrough());
  closed.end();
  await expect(none).rejects.toThrow("Nobody typed it: nothing was done");
});
