import { egressMoves, neverTaken } from "../../../changes/rules/never-taken";
import { words } from "./bare";

test("the cloud takes back what it made: the addresses of each zone, and the one address", () => {
  const moved = (cloud: string, was: readonly string[] | undefined) =>
    words(
      egressMoves,
      { clusters: { c: { cloud, ...(was && { egress: was }) } } },
      { clusters: { c: { cloud, egress: ["9"] } } },
    )[0];
  expect(moved("aws", undefined)).toContain("takes back those that were made for it");
  expect(moved("aws", ["single"])).toContain("takes back those that were made for it");
  expect(moved("aws", ["1"])).not.toContain("takes back");
  expect(moved("aws", ["1"])).toContain("; NAT gateways are replaced meanwhile");
  expect(moved("google", ["1"])).not.toContain("NAT gateways");
});

test("a field that a newer Meridian noted has a sentence too", () => {
  const of = (...given: string[]) => ({ clusters: { c: { cloud: "google", given } } });
  expect(words(neverTaken, of("google.later"), of())).toEqual([
    "Terraform would show nothing, and nothing would happen: what it set stays. Take that away by hand where the cloud lets you; and accept this change",
  ]);
});
