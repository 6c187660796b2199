import type { Answer } from "dns-packet";
import type { Server } from "../../../cli/verify/dns";
import { ask } from "../../../cli/verify/dns";
import type { World } from "../../../cli/verify/observe";
import type { Visit } from "../../../cli/verify/web";
import { CLIENT_NETWORKS } from "../../../model/catalog/client-networks";
import type { Fleet } from "../../../model/schema/fleet";
import { clientFrom } from "../../../routing/clients";
import { latencyByDistance } from "../../../routing/estimate";
import { shares, simulate } from "../../../routing/simulate";
import { type NameTree, routingTrees } from "../../../routing/tree";
import { type DnsServer, dnsServer, type Script, type Scripted } from "./dns-server";

/** The country of each network of the table. */
const COUNTRY_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(CLIENT_NETWORKS).flatMap(([country, networks]) => networks.map((network) => [network, country] as const)),
);

export const countryOf = (subnet: string | undefined): string | undefined => COUNTRY_OF.get(subnet ?? "");

export const a = (name: string, address: string): Answer => ({ type: "A", name, ttl: 60, data: address });
export const cname = (name: string, target: string): Answer => ({ type: "CNAME", name, ttl: 60, data: target });
const ns = (name: string, server: string): Answer => ({ type: "NS", name, ttl: 172800, data: server });

/** Changes to what the zone's servers say. @default - undefined: it says what it should */
export type Twist = (
  question: { readonly name: string; readonly type: string },
  subnet: string | undefined,
) => Scripted | "silence" | undefined;

const SERVERS = ["ns1.dns.test", "ns2.dns.test"];
const TRAFFIC_MANAGER = "trafficmanager.net";

/** A world in which a fleet is as its file says: its parent zone, its own and Traffic Manager's, each with a server. */
export class FakeWorld {
  private readonly running: DnsServer[] = [];
  private readonly ports = new Map<string, number>();
  private nowhere: Server = { name: "nowhere", address: "127.0.0.1", port: 1 };
  /** Clusters that the services take for failing. */
  down: readonly string[] = [];
  twist: Twist = () => undefined;
  readonly asked: string[] = [];
  private readonly known = new Map<string, readonly string[]>();

  private constructor(
    private readonly fleet: Fleet,
    private readonly trees: readonly NameTree[],
  ) {}

  static async of(fleet: Fleet): Promise<FakeWorld> {
    const world = new FakeWorld(fleet, routingTrees(fleet));
    const parent = fleet.dns.zone.split(".").slice(1).join(".");
    await world.serve(["ns.parent.test"], (question) => world.parent(parent, question.name));
    await world.serve(SERVERS, (question, subnet) => world.zone(question, subnet));
    await world.serve(["ns.tm.test"], (question, subnet) => world.trafficManager(question.name, subnet));
    return world;
  }

  /** The world for `main` of verify, with this visitor of addresses. */
  surroundings(visit: Visit, samples: World["samples"]): World {
    const zones = Object.entries(this.zones());
    return {
      ask,
      visit,
      samples,
      resolver: {
        nowhere: this.nowhere,
        zoneOf: async (name) => {
          const found = zones.find(([zone]) => name === zone || name.endsWith(`.${zone}`));
          if (!found) throw new Error(`no zone holds ${name}`);
          return { name: found[0], servers: found[1] };
        },
        servers: async (name) => {
          const port = this.ports.get(name);
          return port === undefined ? [] : [{ name, address: "127.0.0.1", port }];
        },
      },
    };
  }

  /** The zones of this world, the smaller before those that they are in, with the names of their servers. */
  zones(): Readonly<Record<string, readonly string[]>> {
    const { zone } = this.fleet.dns;
    return { [zone]: SERVERS, [zone.split(".").slice(1).join(".")]: ["ns.parent.test"], [TRAFFIC_MANAGER]: ["ns.tm.test"] };
  }

  /** Ports on loopback of the servers, by name. */
  servers(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.ports);
  }

  /** Lets a server answer where nobody should be. */
  rewritePort53(): void {
    this.nowhere = { name: "nowhere", address: "127.0.0.1", port: this.ports.get("ns.parent.test")! };
  }

  async close(): Promise<void> {
    await Promise.all(this.running.map((server) => server.close()));
  }

  private async serve(names: readonly string[], script: Script): Promise<void> {
    const server = await dnsServer(script);
    this.running.push(server);
    for (const name of names) this.ports.set(name, server.port);
  }

  private parent(zone: string, name: string): Scripted {
    const twisted = this.twist({ name, type: "DELEGATION" }, undefined);
    if (twisted && twisted !== "silence") return twisted;
    if (name !== this.fleet.dns.zone) return { answers: SERVERS.map((server) => ns(zone, server)) };
    return { authorities: SERVERS.map((server) => ns(name, server)), authoritative: false };
  }

  private zone(
    { name, type }: { readonly name: string; readonly type: string },
    subnet: string | undefined,
  ): Scripted | undefined {
    this.asked.push(`${type} ${name} ${subnet ?? ""}`);
    const twisted = this.twist({ name, type }, subnet);
    if (twisted === "silence") return undefined;
    return twisted ?? this.straight(name, type, subnet);
  }

  private straight(name: string, type: string, subnet: string | undefined): Scripted {
    const { zone, caa } = this.fleet.dns;
    if (name === zone && type === "NS") return { answers: SERVERS.map((server) => ns(zone, server)) };
    if (name === zone && type === "CAA")
      return { answers: caa.map((value) => ({ type: "CAA", name, ttl: 3600, data: { flags: 0, tag: "issue", value } })) };
    if (name === zone && type === "SOA")
      return {
        answers: [{ type: "SOA", name, ttl: 900, data: { mname: SERVERS[0]!, rname: "hostmaster.dns.test", serial: 1 } }],
      };
    if (type !== "A") return {};
    const ingress = this.fleet.clusters.find((cluster) => name === `ingress.${cluster.name}.${zone}`);
    if (ingress) return { answers: this.addresses(ingress.name).map((address) => a(name, address)) };
    const tree = this.trees.find(({ fqdn }) => fqdn.replace(/^\*/, "verify") === name);
    if (!tree) return { code: "NXDOMAIN" };
    if (tree.engine === "traffic-manager") return { answers: [cname(name, `${tree.trafficManagerName}.${TRAFFIC_MANAGER}`)] };
    return { answers: this.answered(tree, subnet).map((address) => a(name, address)), scope: 24 };
  }

  private trafficManager(name: string, subnet: string | undefined): Scripted {
    const tree = this.trees.find(({ trafficManagerName }) => name === `${trafficManagerName}.${TRAFFIC_MANAGER}`);
    const [cluster] = tree ? this.chosen(tree, subnet) : [];
    return cluster ? { answers: [cname(name, `ingress.${cluster}.${this.fleet.dns.zone}`)], scope: 16 } : { code: "NXDOMAIN" };
  }

  private answered(tree: NameTree, subnet: string | undefined): readonly string[] {
    return this.chosen(tree, subnet).flatMap((cluster) => this.addresses(cluster));
  }

  /** As the simulator says; one of those that share the answers. */
  private chosen(tree: NameTree, subnet: string | undefined): readonly string[] {
    const country = countryOf(subnet) ?? "US";
    const key = [tree.name, country, ...this.down].join(" ");
    const clusters = this.known.get(key) ?? this.simulated(tree, country);
    this.known.set(key, clusters);
    return tree.root.policy === "multivalue" ? clusters : clusters.slice(0, 1);
  }

  private simulated(tree: NameTree, country: string): readonly string[] {
    const health = (cluster: string) => !this.down.includes(cluster);
    return Object.keys(shares(simulate(tree, clientFrom(country).client, health, latencyByDistance)));
  }

  private addresses(name: string): readonly string[] {
    const cluster = this.fleet.clusters.find((candidate) => candidate.name === name);
    return cluster?.cloud === "existing" ? cluster.existing.ingress.ips : [];
  }
}
