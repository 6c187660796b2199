import { describeWithTerraform } from "../rehearsal/engine";
import { ChangingFleet, changes, expectOrder } from "./changing";

const weighted = (blue: number, green: number) =>
  ({
    policy: "weighted",
    members: [
      { cluster: "toronto", weight: blue },
      { cluster: "montreal", weight: green },
    ],
  }) as const;

describeWithTerraform("names in Route53", () => {
  const fleet = new ChangingFleet("route53");
  const members = ["sydney", "saopaulo", "toronto", "montreal"];
  const names = { app: { policy: "latency" as const, members }, shop: weighted(100, 0) };
  beforeAll(() => fleet.start({ names }), 240_000);
  afterAll(() => fleet.end());

  test("draining a cluster changes the threshold of its calculated check and nothing else", async () => {
    const drained = await fleet.change({ names, drain: ["sydney"] });
    expect(changes(drained)).toEqual(["_checks_sydney--ingress_switch: update: child_health_threshold"]);
    const back = await fleet.change({ names });
    expect(changes(back)).toEqual(["_checks_sydney--ingress_switch: update: child_health_threshold"]);
  }, 180_000);

  test("moving weight from blue to green changes the weights and nothing else", async () => {
    const moved = await fleet.change({ names: { ...names, shop: weighted(75, 25) } });
    expect(changes(moved)).toEqual([
      "shop_weighted_montreal: update: weighted_routing_policy",
      "shop_weighted_toronto: update: weighted_routing_policy",
    ]);
  }, 180_000);

  test("a member that takes another's place changes one record", async () => {
    await fleet.change({ names: { ...names, shop: { policy: "failover", members: ["sydney", "toronto"] } } });
    const swapped = await fleet.change({ names: { ...names, shop: { policy: "failover", members: ["saopaulo", "toronto"] } } });
    expect(changes(swapped)).toEqual(["shop_failover_primary: update: alias,health_check_id"]);
  }, 180_000);

  test("another policy is made whole, then the alias moves, then the old one goes", async () => {
    await fleet.change({ names });
    const moved = await fleet.change({ names: { ...names, app: { policy: "failover", members } } });
    expect(changes(moved)).toEqual([
      "app_alias: update: alias",
      "app_failover_group-_rest_failover_group-_rest_failover_primary: create",
      "app_failover_group-_rest_failover_group-_rest_failover_secondary: create",
      "app_failover_group-_rest_failover_primary: create",
      "app_failover_group-_rest_failover_secondary: create",
      "app_failover_primary: create",
      "app_failover_secondary: create",
      "app_latency_ap-southeast-2: delete",
      "app_latency_ca-central-1: delete",
      "app_latency_group-_ca-central-1_weighted_montreal: delete",
      "app_latency_group-_ca-central-1_weighted_toronto: delete",
      "app_latency_sa-east-1: delete",
    ]);
    expectOrder(moved, "create app_failover", "update app_alias", "delete app_latency");
  }, 180_000);

  test("members behind host names instead of addresses make a group of CNAMEs, then the alias changes in one step", async () => {
    await fleet.change({ names });
    const moved = await fleet.change({ names: { ...names, app: { policy: "latency", members: ["lima", "quito"] } } });
    expect(changes(moved)).toContain("app_alias: update: alias,type");
    expectOrder(moved, "create app_latency", "update app_alias", "delete app_latency");
    const back = await fleet.change({ names });
    expect(changes(back)).toContain("app_alias: update: alias,type");
  }, 180_000);
});

describeWithTerraform("names in Traffic Manager", () => {
  const fleet = new ChangingFleet("azure");
  const names = {
    app: { policy: "latency" },
    shop: weighted(100, 0),
    geo: { policy: "geolocation", default: "sydney", members: ["sydney", "saopaulo", "toronto"] },
  } as const;
  beforeAll(() => fleet.start({ names }), 240_000);
  afterAll(() => fleet.end());

  test("draining a cluster disables its endpoints and changes nothing else", async () => {
    const drained = await fleet.change({ names, drain: ["saopaulo"] });
    expect(changes(drained)).toEqual([
      "app_latency_endpoint-saopaulo: update: enabled",
      "geo_geolocation_chain-saopaulo--sydney_endpoint-saopaulo: update: enabled",
    ]);
    await fleet.change({ names });
  }, 180_000);

  test("moving weight from blue to green changes weights, and switches on what had none", async () => {
    const moved = await fleet.change({ names: { ...names, shop: weighted(75, 25) } });
    expect(changes(moved)).toEqual([
      "shop_weighted_endpoint-montreal: update: enabled,weight",
      "shop_weighted_endpoint-toronto: update: weight",
    ]);
  }, 180_000);

  test("another order is another profile, which has its endpoints before the record moves to it", async () => {
    const failover = (...members: string[]) => ({ names: { ...names, shop: { policy: "failover" as const, members } } });
    await fleet.change(failover("sydney", "toronto"));
    const swapped = await fleet.change(failover("toronto", "sydney"));
    expect(changes(swapped).filter((line) => !line.includes(": create then delete"))).toEqual(["shop_record: update: record"]);
    expectOrder(
      swapped,
      "create shop_failover_profile",
      "create shop_failover_endpoint",
      "update shop_record",
      "delete shop_failover",
    );
  }, 180_000);

  test("another policy is made whole before the record moves to it", async () => {
    await fleet.change({ names });
    const moved = await fleet.change({ names: { ...names, app: { policy: "failover", members: ["sydney", "toronto"] } } });
    expect(changes(moved)).toEqual([
      "app_failover_endpoint-sydney: create",
      "app_failover_endpoint-toronto: create",
      "app_failover_profile: create",
      "app_latency_endpoint-montreal: delete",
      "app_latency_endpoint-saopaulo: delete",
      "app_latency_endpoint-sydney: delete",
      "app_latency_endpoint-toronto: delete",
      "app_latency_profile: delete",
      "app_record: update: record",
    ]);
    expectOrder(moved, "create app_failover", "update app_record", "delete app_latency");
  }, 180_000);
});
