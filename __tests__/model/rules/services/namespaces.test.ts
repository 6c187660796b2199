import { namespaces as rule } from "../../../../model/rules/services/namespaces";
import type { Fleet } from "../../../../model/schema/fleet";

const said = (namespace: object) =>
  rule({ namespaces: { free: PLAIN, a: { ...PLAIN, ...namespace } } } as unknown as Fleet).map(({ path, message }) => [
    path.join("."),
    message,
  ]);
const PLAIN = { existing: false, podSecurity: "baseline", openTo: [] };
const full = { podSecurity: "restricted", openTo: ["b"], quota: { cpu: "1" }, defaults: { cpu: "1" } };

test("a namespace of one's own has all that limits something", () => {
  expect(said(full)).toEqual([]);
  expect(said({ ...full, quota: {}, defaults: {} })).toEqual([
    ["namespaces.a.quota", "nothing is limited: write how much, or take it out"],
    ["namespaces.a.defaults", "nothing is limited: write how much, or take it out"],
  ]);
});

test("a namespace of somebody else's has nothing that is set here", () => {
  expect(said({ existing: true })).toEqual([]);
  expect(said({ existing: true, ...full })).toEqual(
    ["podSecurity", "openTo", "quota", "defaults"].map((field) => [
      `namespaces.a.${field}`,
      expect.stringMatching(/^the namespace is another's, who says so there: /),
    ]),
  );
});
