import { zone } from "../../../changes/rules/identity";
import { heard } from "./bare";

test("each of the zone's facts points to where it stands; whose it is matters of the same zone alone", () => {
  const changed = (was: Record<string, string | boolean>, is: typeof was) => heard(zone, { zone: was }, { zone: is });
  expect(changed({ name: "a" }, { name: "b" })).toEqual(["refused zone-changed dns.zone"]);
  expect(changed({ engine: "a" }, { engine: "b" })).toEqual(["refused zone-changed dns.engine"]);
  expect(changed({ account: "a" }, { account: "b" })).toEqual(["refused zone-changed dns"]);
  expect(changed({ resourceGroup: "a" }, { resourceGroup: "b" })).toEqual(["refused zone-changed dns.azure.resourceGroup"]);
  expect(changed({ existing: true }, { existing: false })).toEqual(["refused zone-changed dns.existing"]);
  expect(changed({ name: "a", existing: true }, { name: "b", existing: false })).toEqual(["refused zone-changed dns.zone"]);
});
