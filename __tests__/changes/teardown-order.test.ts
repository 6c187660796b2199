import { isKubernetes, teardownOrder } from "../../changes/teardown/order";
import type { JsonObject } from "../../output/json";

const stack = (id: string, resource: JsonObject) => ({ id, dependencies: [], config: { resource } });

test("what is waited for is the longest answer that leads to a cluster, and not who answers for a zone", () => {
  const azure = stack("f-traffic-manager", {
    azurerm_dns_cname_record: { www: { name: "www", ttl: 300 }, proof: { name: "_acme-challenge.www", ttl: 3600 } },
    azurerm_traffic_manager_profile: { www: { dns_config: { ttl: 30 } } },
  });
  const zone = stack("f-one-priming", {
    azurerm_dns_ns_record: { child: { ttl: 3600 } },
    azurerm_dns_a_record: { all: { ttl: 60 } },
  });
  const seconds = (...stacks: Parameters<typeof teardownOrder>[1]) => teardownOrder("f", stacks, ["one"], "one").ttlSeconds;
  expect(seconds(azure, zone)).toBe(300);
  const record = (type: string, ttl: number) => ({ aws_route53_record: { one: { type, ttl } } });
  const names = stack("f-route53", record("CNAME", 45));
  expect(seconds(names, stack("f-global", record("NS", 172_800)), stack("f-one-cluster", record("A", 90)))).toBe(90);
  // nobody is led anywhere where there are no names
  expect(seconds(zone)).toBe(0);
});

test("the names go first, then everything before what it stands on; of one cluster only its own", () => {
  const of = (id: string, ...dependencies: readonly string[]) => ({ id, dependencies, config: { resource: {} } });
  const all = [
    of("f-one-priming"),
    of("f-two-cluster"),
    of("f-one-cluster", "f-one-priming"),
    of("f-one-apps", "f-one-cluster"),
    of("f-route53", "f-one-cluster"),
    of("f-traffic-manager", "f-one-cluster"),
  ];
  expect(teardownOrder("f", all, ["one", "two"], "one")).toEqual({
    names: ["f-route53", "f-traffic-manager"],
    ttlSeconds: 0,
    stacks: ["f-one-apps", "f-one-cluster", "f-one-priming"],
  });
  const whole = teardownOrder("f", all, ["one", "two"]);
  expect(whole.names).toEqual(["f-route53", "f-traffic-manager"]);
  expect(whole.stacks[0]).toBe("f-one-apps");
  expect([...whole.stacks].sort()).toEqual(["f-one-apps", "f-one-cluster", "f-one-priming", "f-two-cluster"]);
});

test.each([
  ["azurerm_dns_a_record", { ttl: 70 }, 70],
  ["azurerm_dns_aaaa_record", { ttl: 70 }, 70],
  ["azurerm_dns_cname_record", { ttl: 70 }, 70],
  ["azurerm_dns_txt_record", { ttl: 70 }, 0],
  ["azurerm_private_dns_a_record", { ttl: 70 }, 0],
  ["aws_route53_record", { type: "A", ttl: 70 }, 70],
  ["aws_route53_record", { type: "AAAA", ttl: 70 }, 70],
  ["aws_route53_record", { type: "CNAME", ttl: 70 }, 70],
  ["aws_route53_record", { type: "TXT", ttl: 70 }, 0],
  ["aws_route53_record", { type: "A" }, 0],
  ["azurerm_traffic_manager_profile", { dns_config: [{ ttl: 70 }] }, 70],
  ["azurerm_traffic_manager_profile", { ttl: 70 }, 0],
])("%s %j is waited for %d seconds", (type, block, seconds) => {
  const stacks = [stack("f-route53", { [type]: { one: block } })];
  expect(teardownOrder("f", stacks, []).ttlSeconds).toBe(seconds);
});

test.each([
  ["helm_release.traefik", true],
  ["kubernetes_namespace.apps", true],
  ["aws_eks_cluster.kubernetes_a", false],
  ["x_kubernetes_namespace.a", false],
  ["helm_releases.a", false],
])("whether a cluster's own API alone destroys %s: %p", (address, only) => {
  expect(isKubernetes(address)).toBe(only);
});
