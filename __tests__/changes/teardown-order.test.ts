import { teardownOrder } from "../../changes/teardown/order";
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
