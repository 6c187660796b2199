import { lockOf, unprotectedLock, type WrittenStack } from "../../../changes/lock/facts";
import { bare } from "../rules/bare";
import { one, sideOf } from "../support";

test("the types of a name's records stand in order, each once, whichever stack makes them", () => {
  const { fleet } = sideOf(one("aks", {}, { names: { app: { policy: "simple", members: ["aks"] } } }));
  const zone = fleet.dns.zone;
  const stacks: WrittenStack[] = [
    { id: "one", config: { resource: { aws_route53_record: { a: { name: `app.${zone}`, type: "CNAME" } } } } },
    { id: "two", config: { resource: { azurerm_dns_aaaa_record: { a: { name: "app" }, b: { name: "other" } } } } },
    {
      id: "three",
      config: { resource: { azurerm_dns_a_record: { a: { name: "app" } }, azurerm_dns_cname_record: { a: { name: "app" } } } },
    },
  ];
  expect(lockOf(fleet, stacks, "0.1.0").names.app!.record).toBe("A, AAAA, CNAME");
});

test("a synth without protection keeps on the list what was protected and is still made, in order and once", () => {
  const of = (...list: string[]) => bare({ stacks: { s: { digest: "1", protected: list, fixed: {} } } });
  const made = { s: ["a", "b", "c"] };
  const lock = unprotectedLock(of("b", "c"), of("gone", "a", "b"), made);
  expect([lock.unprotected, lock.stacks.s!.protected]).toEqual([true, ["a", "b", "c"]]);
  expect(unprotectedLock(of("b", "a"), undefined, made).stacks.s!.protected).toEqual(["a", "b"]);
  expect(unprotectedLock(of(), of("a"), {}).stacks.s!.protected).toEqual([]);
});
