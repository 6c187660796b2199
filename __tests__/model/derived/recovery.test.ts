import { recoveryOf } from "../../../model/derived/recovery";
import { nameProblems } from "../../../model/rules/names/names";
import { clusterAt, type FleetFile, fleetFileOf, fleetOf } from "../../routing/fleets";

type Name = NonNullable<FleetFile["names"]>[string];

function fleetWith(
  name: Name,
  { engine = "route53", ttlSeconds = 30, zoneId }: { engine?: "route53" | "azure"; ttlSeconds?: number; zoneId?: string } = {},
) {
  const clusters = { dublin: clusterAt(0, 3, 1), sydney: clusterAt(1, 2, 1) };
  if (zoneId)
    Object.assign(clusters.dublin, {
      existing: { endpoint: "https://a", exec: { command: "t" }, ingress: { hostname: "lb.example.com", zoneId } },
    });
  const file = fleetFileOf({ clusters, names: { app: name } }, engine);
  return fleetOf({ ...file, dns: { ...file.dns, ttlSeconds } });
}

const seconds = (name: Name, options?: Parameters<typeof fleetWith>[1]) => {
  const fleet = fleetWith(name, options);
  return recoveryOf(fleet, "app", fleet.names.app!)?.seconds;
};

test("the worst recovery is interval × threshold + the TTL that the engine's answers have", () => {
  expect(seconds({ policy: "latency" })).toBe(30 * 3 + 30);
  expect(seconds({ policy: "latency", probe: { intervalSeconds: 10, failureThreshold: 2 } })).toBe(10 * 2 + 30);
  expect(seconds({ policy: "multivalue", ttlSeconds: 20 })).toBe(30 * 3 + 20);
  expect(seconds({ policy: "latency", ttlSeconds: 20 }, { engine: "azure" })).toBe(30 * 3 + 20);
  // an alias onto an AWS load balancer has a TTL of its own
  expect(seconds({ policy: "latency" }, { zoneId: "Z215JYRZR1TBD5" })).toBe(30 * 3 + 60);
  expect(seconds({ policy: "latency", members: ["sydney"] }, { zoneId: "Z215JYRZR1TBD5" })).toBe(30 * 3 + 30);
  expect(seconds({ policy: "simple", members: ["sydney"] })).toBeUndefined();
});

const said = (name: Name, options?: Parameters<typeof fleetWith>[1]) =>
  nameProblems(fleetWith(name, options)).map(({ path, message }) => `${path.join(".")}: ${message}`);

test("recoverySeconds is refused where it can't be kept, with what to lower", () => {
  expect(said({ policy: "latency", recoverySeconds: 120 })).toEqual([]);
  expect(said({ policy: "latency", recoverySeconds: 119 })).toEqual([
    "names.app.recoverySeconds: 119 seconds can't be kept: it takes up to 120 s (a probe every 30 s × 3 failures + TTL 30 s); lower probe.intervalSeconds (10), probe.failureThreshold or dns.ttlSeconds (an AWS load balancer's stays at 60), or allow 120",
  ]);
  expect(said({ policy: "latency", recoverySeconds: 119 }, { engine: "azure" })[0]).toContain(
    "probe.failureThreshold or ttlSeconds, or allow 150",
  );
  expect(said({ policy: "simple", members: ["sydney"], recoverySeconds: 600 })).toEqual([
    "names.app.recoverySeconds: policy simple never leads away from a failing cluster; leave it out, or choose another policy",
  ]);
});
