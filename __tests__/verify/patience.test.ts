import { impatient } from "../../cli/verify/patience";

const [silent, other] = ["192.0.2.7", "192.0.2.8"].map((address) => ({ name: address, address, port: 53 }));
const question = { name: "app.example.com", type: "A" } as const;
const reply = { code: "NOERROR", authoritative: true, answers: [], authorities: [], additionals: [] };

test("a server that leaves five questions in a row unanswered is asked no more, others are", async () => {
  const asked: string[] = [];
  const ask = impatient(async ({ address }) => {
    asked.push(address);
    if (address === silent!.address) throw new Error("nothing came");
    return reply;
  });
  for (let times = 0; times < 8; times++) await expect(ask(silent!, question)).rejects.toThrow();
  expect(await ask(other!, question)).toBe(reply);
  expect(asked).toEqual([...Array(5).fill(silent!.address), other!.address]);
});

test("an answer in between gives a server new credit", async () => {
  let asked = 0;
  const ask = impatient(async () => {
    if (++asked % 3 === 0) return reply;
    throw new Error("nothing came");
  });
  for (let times = 0; times < 12; times++) await ask(silent!, question).catch(() => undefined);
  expect(asked).toBe(12);
});
