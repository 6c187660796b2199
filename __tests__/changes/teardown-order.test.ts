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

test.each<[string, JsonObject, number]>([
  ["an address of IPv6 in Azure", { azurerm_dns_aaaa_record: { www: { name: "www", ttl: 7 } } }, 7],
  ["a text in Azure", { azurerm_dns_txt_record: { www: { name: "www", ttl: 7 } } }, 0],
  ["a record set of private addresses", { azurerm_private_dns_a_record: { www: { name: "www", ttl: 7 } } }, 0],
  ["an address of IPv6 in Route53", { aws_route53_record: { www: { name: "www", type: "AAAA", ttl: 7 } } }, 7],
  ["another name in Route53", { aws_route53_record: { www: { name: "www", type: "CNAME", ttl: 7 } } }, 7],
  ["a text in Route53", { aws_route53_record: { www: { name: "www", type: "TXT", ttl: 7 } } }, 0],
  ["an alias, which has no time of its own", { aws_route53_record: { www: { name: "www", type: "A", alias: {} } } }, 0],
  ["a proof of a certificate", { aws_route53_record: { www: { name: "_acme.www", type: "CNAME", ttl: 7 } } }, 0],
  ["a profile as Terraform has blocks", { azurerm_traffic_manager_profile: { www: { ttl: 5, dns_config: [{ ttl: 7 }] } } }, 7],
  ["a profile without its block", { azurerm_traffic_manager_profile: { www: { ttl: 7 } } }, 0],
])("%s is waited for as long as it is kept", (_, resource, seconds) => {
  expect(teardownOrder("f", [stack("f-route53", {}), stack("f-global", resource)], ["one"]).ttlSeconds).toBe(seconds);
});

test("everything goes before what it stands on, of one cluster its own stacks alone, and the names first", () => {
  const of = (id: string, ...dependencies: readonly string[]) => ({ id, dependencies, config: {} });
  const stacks = [
    of("f-global"),
    of("f-one-cluster", "f-global"),
    of("f-one-priming", "f-one-cluster"),
    of("f-two-cluster", "f-global"),
    of("f-route53", "f-one-cluster", "f-two-cluster"),
    of("f-traffic-manager", "f-one-cluster"),
  ];
  const clusters = ["one", "two"];
  const whole = teardownOrder("f", stacks, clusters);
  expect(whole.names).toEqual(["f-route53", "f-traffic-manager"]);
  expect(whole.stacks.at(-1)).toBe("f-global");
  expect(whole.stacks.indexOf("f-one-priming")).toBeLessThan(whole.stacks.indexOf("f-one-cluster"));
  expect([...whole.stacks].sort()).toEqual(["f-global", "f-one-cluster", "f-one-priming", "f-two-cluster"]);
  expect(teardownOrder("f", stacks, clusters, "one").stacks).toEqual(["f-one-priming", "f-one-cluster"]);
});

test("what only a cluster's own API can destroy", () => {
  const of = ["helm_release.a", "kubernetes_namespace_v1.a", "kubernetes_manifest.x"];
  expect(of.filter((address) => !isKubernetes(address))).toEqual([]);
  expect(
    ["aws_eks_cluster.a", "azurerm_kubernetes_cluster.a", "helm_releases", "data.helm_release.a"].filter(isKubernetes),
  ).toEqual([]);
});
