import { clientFrom } from "../../routing/clients";
import { shares, simulate } from "../../routing/simulate";
import { routingTrees } from "../../routing/tree";
import type { Block, StackJson } from "../support/synth";
import { synthEngines } from "./engines";
import { clusterAt, clusterOfAddress, fleetFileOf, fleetOf, PLACES, ZONE } from "./fleets";
import { Route53Interpreter } from "./interpreters/route53";
import { Moto, missing } from "./moto";

/** Every policy but geoproximity, which moto 5.2 does not keep. */
const file = fleetFileOf(
  {
    clusters: {
      sydney: clusterAt(0, 2, 1),
      saopaulo: clusterAt(1, 0, 3),
      toronto: clusterAt(2, 1, 1),
      montreal: clusterAt(3, 1, 1),
    },
    names: {
      app: { policy: "latency" },
      "@": { policy: "failover", members: ["toronto", "saopaulo"] },
      "*.shop": {
        policy: "weighted",
        members: [
          { cluster: "sydney", weight: 30 },
          { cluster: "saopaulo", weight: 70 },
        ],
      },
      geo: {
        policy: "geolocation",
        members: [
          { cluster: "sydney", locations: ["default", { country: "US", state: "CA" }] },
          { cluster: "saopaulo", locations: [{ continent: "SA" }, { country: "PT" }] },
        ],
      },
      api: { policy: "multivalue", members: ["saopaulo", "toronto"] },
      status: { policy: "simple", members: ["toronto"] },
    },
    drain: ["montreal"],
  },
  "route53",
);

interface ApiRecord {
  readonly Name: string;
  readonly Type: string;
  readonly SetIdentifier?: string;
  readonly Weight?: number;
  readonly Region?: string;
  readonly Failover?: string;
  readonly MultiValueAnswer?: boolean;
  readonly GeoLocation?: { readonly ContinentCode?: string; readonly CountryCode?: string; readonly SubdivisionCode?: string };
  readonly HealthCheckId?: string;
  readonly TTL?: number;
  readonly ResourceRecords?: readonly { readonly Value: string }[];
  readonly AliasTarget?: { readonly DNSName: string; readonly HostedZoneId: string; readonly EvaluateTargetHealth: boolean };
}

interface ApiCheck {
  readonly Id: string;
  readonly HealthCheckConfig: Readonly<Record<string, string | number | boolean | string[]>>;
}

const reason = missing();
if (reason) {
  test("skipped", () => {
    process.stderr.write(`records in moto's Route53: skipped, as ${reason}\n`);
  });
} else {
  describe("the records that the real provider makes in moto's Route53", () => {
    let moto: Moto;
    let readBack: StackJson;
    const fleet = fleetOf(file);
    const trees = routingTrees(fleet);

    beforeAll(async () => {
      moto = await Moto.start();
      const { route53 } = synthEngines(fleet, { route53: trees, trafficManager: [] });
      const resource = JSON.parse(JSON.stringify(route53.resource).replaceAll('"Z1"', '"${aws_route53_zone.zone.zone_id}"'));
      const { zone_id } = await moto.apply(
        { ...resource, aws_route53_zone: { zone: { name: ZONE } } },
        { zone_id: "${aws_route53_zone.zone.zone_id}" },
      );
      readBack = fromApi(moto, zone_id!);
    }, 600_000);
    afterAll(() => moto?.stop());

    test("are as many as were synthesized, with the checks and the thrown switch", () => {
      const { route53 } = synthEngines(fleet, { route53: trees, trafficManager: [] });
      expect(Object.keys(readBack.resource!.aws_route53_record!)).toHaveLength(
        Object.keys(route53.resource!.aws_route53_record!).length,
      );
      const checks = Object.values(readBack.resource!.aws_route53_health_check!);
      expect(checks).toHaveLength(8);
      expect(checks.filter(({ child_health_threshold }) => child_health_threshold === 2)).toHaveLength(1);
      expect(
        checks.filter(({ type, enable_sni, request_interval }) => type === "HTTPS" && enable_sni && request_interval === 30),
      ).toHaveLength(4);
    });

    test("answer every client as the model says, whoever fails", () => {
      const interpreter = new Route53Interpreter(readBack, { zone: ZONE, clusterOfAddress: clusterOfAddress(fleet) });
      const latency = (_: unknown, region: string) => [30, 20, 10][PLACES.findIndex(({ awsRegion }) => awsRegion === region)]!;
      for (const tree of trees)
        for (const { client } of ["BR", "US-CA", "US-NY", "PT", "DE"].map((from) => clientFrom(from)))
          for (const down of [[], ["toronto"], ["sydney", "saopaulo"], ["sydney", "saopaulo", "toronto"]]) {
            const question = { client, latency, health: (cluster: string) => !down.includes(cluster) };
            const model = shares(simulate(tree, client, question.health, latency));
            expect({ name: tree.name, down, ...interpreter.answer(tree.fqdn, question) }).toEqual({
              name: tree.name,
              down,
              ...model,
            });
          }
    });
  });
}

/** What the API lists, in the words of the JSON that was synthesized, so that the same interpreter reads both. */
function fromApi(moto: Moto, zoneId: string): StackJson {
  const { ResourceRecordSets } = moto.ask<{ ResourceRecordSets: ApiRecord[] }>(
    "route53",
    "list-resource-record-sets",
    "--hosted-zone-id",
    zoneId,
  );
  const { HealthChecks } = moto.ask<{ HealthChecks: ApiCheck[] }>("route53", "list-health-checks");
  const records = ResourceRecordSets.filter(({ Type }) => Type === "A");
  const names = new Map(records.map((record, index) => [plain(record.Name), `record_${index}`]));
  return {
    terraform: {},
    resource: {
      aws_route53_record: Object.fromEntries(records.map((record, index) => [`record_${index}`, recordBlock(record, names)])),
      aws_route53_health_check: Object.fromEntries(
        HealthChecks.map(({ Id, HealthCheckConfig }) => [`check-${Id}`, checkBlock(HealthCheckConfig)]),
      ),
    },
  };
}

function recordBlock(record: ApiRecord, names: ReadonlyMap<string, string>): Block {
  const { GeoLocation: geo, AliasTarget: alias } = record;
  const target = alias && names.get(plain(alias.DNSName));
  return {
    name: plain(record.Name),
    ...(record.SetIdentifier !== undefined && { set_identifier: record.SetIdentifier }),
    ...(record.Weight !== undefined && { weighted_routing_policy: { weight: record.Weight } }),
    ...(record.Region !== undefined && { latency_routing_policy: { region: record.Region } }),
    ...(record.Failover !== undefined && { failover_routing_policy: { type: record.Failover } }),
    ...(record.MultiValueAnswer && { multivalue_answer_routing_policy: true }),
    ...(geo && {
      geolocation_routing_policy: {
        ...(geo.ContinentCode !== undefined && { continent: geo.ContinentCode }),
        ...(geo.CountryCode !== undefined && { country: geo.CountryCode }),
        ...(geo.SubdivisionCode !== undefined && geo.SubdivisionCode !== "*" && { subdivision: geo.SubdivisionCode }),
      },
    }),
    ...(record.HealthCheckId !== undefined && {
      health_check_id: `\${aws_route53_health_check.check-${record.HealthCheckId}.id}`,
    }),
    ...(alias
      ? {
          alias: {
            name: target ? `\${aws_route53_record.${target}.fqdn}` : plain(alias.DNSName),
            evaluate_target_health: alias.EvaluateTargetHealth,
          },
        }
      : { ttl: record.TTL ?? null, records: (record.ResourceRecords ?? []).map(({ Value }) => Value) }),
  };
}

function checkBlock(config: ApiCheck["HealthCheckConfig"]): Block {
  const children = config.ChildHealthChecks as string[] | undefined;
  return {
    type: config.Type as string,
    ...(config.FullyQualifiedDomainName !== undefined && { fqdn: config.FullyQualifiedDomainName as string }),
    ...(config.RequestInterval !== undefined && { request_interval: config.RequestInterval as number }),
    ...(config.EnableSNI !== undefined && { enable_sni: config.EnableSNI as boolean }),
    ...(children && {
      child_healthchecks: children.map((id) => `\${aws_route53_health_check.check-${id}.id}`),
      child_health_threshold: config.HealthThreshold as number,
    }),
  };
}

/** The API writes a final dot, and `*` in octal. */
const plain = (name: string) => name.replace(/\.$/, "").replace("\\052", "*");
