import { AUTHORITY, certificateNameProblem } from "../../../model/limits/certificates";

test.each([
  ["a.b.c.d.e.f.g.h.i.com", undefined],
  ["*.a.b.c.d.e.f.g.h.i.com", undefined],
  ["a.b.c.d.e.f.g.h.i.j.com", "it has 11 parts between dots, and Let's Encrypt takes 10"],
  ["a.*.b.c.d.e.f.g.h.i.com", "it has 11 parts between dots, and Let's Encrypt takes 10"],
  ["my--shop.com", "'my--shop' has hyphens in its third and fourth place, which are kept for names in other scripts"],
  ["axn--99999999.com", undefined],
  ["shop.a--b.com", undefined],
  ["shop.ab--xn.com", "'ab--xn' has hyphens in its third and fourth place, which are kept for names in other scripts"],
  ["www.xn--bcher-kva.my--shop.com", "'my--shop' has hyphens"],
  ["xn--99999999.com", "'xn--99999999' is no punycode"],
  ["abc--d.com", undefined],
])("of %s Let's Encrypt says %j", (name, problem) => {
  const found = certificateNameProblem(name);
  if (problem === undefined) expect(found).toBeUndefined();
  else expect(found).toContain(problem);
});

test("an authority is a domain in lower case, with a dot and an end of letters", () => {
  const sound = ["letsencrypt.org", "pki.goog", "a-1.b2.co"];
  const wrong = ["letsencrypt", "Pki.goog", "pki.g", "pki.go1", "pki.goog.", " pki.goog", "pki.goog;", "a_b.com", ".com"];
  expect([...sound, ...wrong].filter((name) => AUTHORITY.test(name))).toEqual(sound);
});
