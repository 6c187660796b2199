import { spoken } from "../../cli/command";

test("of a full disk a command says what to do; every other message stays as it is", () => {
  const full = (code: string) => spoken(Object.assign(new Error(`${code}: no room, write`), { code }));
  for (const code of ["ENOSPC", "EDQUOT"])
    expect(full(code)).toBe(`There is no space left on the disk (${code}: no room, write): make room, and run the same again`);
  expect(full("EACCES")).toBe("EACCES: no room, write");
});
