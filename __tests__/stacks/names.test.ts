import { stringify } from "yaml";
import { clusterAt } from "../routing/fleets";
import { fleetOf, synthFleet } from "../support/fleet";

const SUBSCRIPTION = "00000000-0000-0000-0000-000000000001";

const text = (names: object) =>
  stringify({
    fleet: "f",
    dns: {
      zone: "k8s.example.com",
      aws: { accountId: "111122223333" },
      azure: { subscriptionId: SUBSCRIPTION, tenantId: SUBSCRIPTION },
    },
    clusters: { sydney: clusterAt(0, 2, 1), saopaulo: clusterAt(1, 0, 3), toronto: clusterAt(2, 1, 1) },
    apps: {
      shop: { chart: "shop", repository: "https://charts.example.com", version: "1.0.0", clusters: ["sydney", "toronto"] },
    },
    names,
  });

describe("a fleet with names of both engines", () => {
  const output = synthFleet(
    fleetOf(
      text({
        app: { policy: "failover", members: ["saopaulo", "toronto"] },
        all: { policy: "multivalue", members: ["saopaulo"] },
        shop: { policy: "latency", app: "shop", engine: "traffic-manager" },
      }),
    ),
  );
  const { "f-route53": route53, "f-traffic-manager": trafficManager } = output.stacks;

  test("has a stack for each engine, after the zone, the members' clusters, what answers on them and the applications that are served", () => {
    expect(output.dependencies["f-route53"]).toEqual([
      "f-global",
      "f-saopaulo-cluster",
      "f-saopaulo-priming",
      "f-toronto-cluster",
      "f-toronto-priming",
    ]);
    expect(output.dependencies["f-traffic-manager"]).toEqual([
      "f-global",
      "f-sydney-apps",
      "f-sydney-cluster",
      "f-sydney-priming",
      "f-toronto-apps",
      "f-toronto-cluster",
      "f-toronto-priming",
    ]);
  });

  test("moves traffic with the login of one cloud: that of the zone, and for Traffic Manager its own besides", () => {
    expect(Object.keys(route53!.provider!)).toEqual(["aws"]);
    expect(Object.keys(trafficManager!.provider!).sort()).toEqual(["aws", "azurerm"]);
  });

  test("leads from a Route53 zone to a profile by a CNAME", () => {
    expect(Object.values(trafficManager!.resource!.aws_route53_record!)).toMatchObject([
      {
        name: "shop.k8s.example.com",
        type: "CNAME",
        ttl: 60,
        records: [expect.stringMatching(/azurerm_traffic_manager_profile\..*\.fqdn/)],
      },
    ]);
  });

  test("reads from a cluster's state nothing but the addresses that it answers with", () => {
    expect(Object.keys(route53!.data!.terraform_remote_state!).sort()).toEqual(["cluster-saopaulo", "global"]);
    expect(JSON.stringify(route53!.resource)).toContain(
      "${element(data.terraform_remote_state.cluster-saopaulo.outputs.ingress_ips, 2)}",
    );
  });
});

test("a fleet without names has no stack for them", () => {
  const { stacks } = synthFleet(fleetOf(text({})));
  expect(Object.keys(stacks).filter((id) => /route53|traffic/.test(id))).toEqual([]);
});
