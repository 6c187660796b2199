import { engineOf } from "../../derived/members";
import { recoveryInWords, recoveryOf } from "../../derived/recovery";
import type { Problem } from "../../problems/problem";
import { didYouMean } from "../../problems/wording";
import type { Fleet } from "../../schema/fleet";
import type { NameSpec } from "../../schema/routing";

/** Longest TTL of a record that a health check can take out of the answers, in seconds (Route53 Developer Guide, TTL). */
const MAX_CHECKED_TTL = 60;

/** What is wrong with names as such: their place in the zone, their application and their probe. */
export function nameProblems(fleet: Fleet): readonly Problem[] {
  const names = Object.entries(fleet.names);
  const problems = names.flatMap(([key, spec]) => [
    ...placeProblems(fleet, key),
    ...appProblems(fleet, key, spec),
    ...probeProblems(key, spec),
    ...recoveryProblems(fleet, key, spec),
  ]);
  const checked = names.find(([, { policy }]) => policy !== "simple");
  if (checked && fleet.dns.ttlSeconds > MAX_CHECKED_TTL)
    problems.push({
      path: ["dns", "ttlSeconds"],
      message: `${fleet.dns.ttlSeconds} seconds is too long for name '${checked[0]}', which health checks decide: clients would keep a dead address; at most ${MAX_CHECKED_TTL}`,
    });
  return [...problems, ...trafficManagerNameProblems(fleet, names)];
}

function placeProblems(fleet: Fleet, key: string): readonly Problem[] {
  const problems: Problem[] = [];
  const label = key.split(".").at(-1)!;
  const path = ["names", key];
  const { zone } = fleet.dns;
  if (key === zone || key.endsWith(`.${zone}`))
    return [
      {
        path,
        atKey: true,
        message: `'${key}' has the zone in it, and would be ${key}.${zone}: names are relative to the zone: write '${key === zone ? "@" : key.slice(0, -zone.length - 1)}'`,
      },
    ];
  if (fleet.clusters.some(({ name }) => name === label))
    problems.push({
      path,
      atKey: true,
      message: `'${key}' belongs to cluster '${label}', whose own records are everything at and below ${label}.${fleet.dns.zone}; choose another name`,
    });
  return problems;
}

function appProblems(fleet: Fleet, key: string, spec: NameSpec): readonly Problem[] {
  const path = ["names", key];
  if (spec.app === undefined)
    return spec.probe.host === "app"
      ? [
          {
            path: [...path, "probe", "host"],
            message: "host app asks the name's application, and the name has none; set `app`, or use host ingress",
          },
        ]
      : [];
  if (fleet.apps[spec.app]) return [];
  return [
    {
      path: [...path, "app"],
      message: `no application is called '${spec.app}'${didYouMean(spec.app, Object.keys(fleet.apps), "applications")}`,
    },
  ];
}

function probeProblems(key: string, spec: NameSpec): readonly Problem[] {
  const { protocol, path, timeoutSeconds, intervalSeconds } = spec.probe;
  const at = ["names", key, "probe"];
  const problems: Problem[] = [];
  if (protocol === "tcp" && path !== undefined)
    problems.push({
      path: [...at, "path"],
      message: `a tcp probe opens a connection and asks for no path, and '${path}' is given; leave it out, or use https`,
    });
  if (intervalSeconds === 10 && timeoutSeconds === 10)
    problems.push({ path: [...at, "timeoutSeconds"], message: "10 seconds is too long for probes every 10 seconds; at most 9" });
  return problems;
}

function recoveryProblems(fleet: Fleet, key: string, spec: NameSpec): readonly Problem[] {
  if (spec.recoverySeconds === undefined) return [];
  const path = ["names", key, "recoverySeconds"];
  const worst = recoveryOf(fleet, key, spec);
  if (!worst)
    return [
      {
        path,
        atKey: true,
        message: "policy simple never leads away from a failing cluster; leave it out, or choose another policy",
      },
    ];
  if (worst.seconds <= spec.recoverySeconds) return [];
  const own = spec.policy === "multivalue" || engineOf(fleet, spec) === "traffic-manager";
  return [
    {
      path,
      message: `${spec.recoverySeconds} seconds can't be kept: it takes up to ${recoveryInWords(worst)}; lower probe.intervalSeconds (10), probe.failureThreshold or ${own ? "ttlSeconds" : "dns.ttlSeconds (an AWS load balancer's stays at 60)"}, or allow ${worst.seconds}`,
    },
  ];
}

function trafficManagerNameProblems(fleet: Fleet, names: readonly (readonly [string, NameSpec])[]): readonly Problem[] {
  return names.flatMap(([key, spec], index) => {
    const { trafficManagerName } = spec;
    if (trafficManagerName !== undefined && engineOf(fleet, spec) !== "traffic-manager")
      return [
        {
          path: ["names", key, "trafficManagerName"],
          atKey: true,
          message: "it names profiles of Traffic Manager, and this name's engine is route53; leave it out",
        },
      ];
    const other = names.slice(0, index).find(([, spec]) => spec.trafficManagerName === trafficManagerName);
    if (trafficManagerName === undefined || !other) return [];
    return [
      {
        path: ["names", key, "trafficManagerName"],
        message: `'${trafficManagerName}' is taken by name '${other[0]}', and the whole world shares these names; choose another`,
      },
    ];
  });
}
