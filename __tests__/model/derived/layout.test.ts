import fc from "fast-check";
import { awsLayout, azureLayout, googleLayout } from "../../../model/derived/addresses";
import {
  addressAt,
  canonical,
  contains,
  isCidr,
  isPrivate,
  overlaps,
  part,
  prefixLength,
  size,
} from "../../../model/derived/cidr";
import { addressCount } from "../../../model/derived/placement";
import { fleetWith } from "../support";

const ZONES = ["a", "b", "c", "d"];

describe("ranges", () => {
  test.each([
    ["10.0.0.0/16", true],
    ["10.0.0.5/16", true],
    ["10.0.0.0", false],
    ["10.0.0/16", false],
    ["999.1.1.1/16", false],
    ["10.0.0.0/33", false],
    ["10.0.0.0/", false],
    ["::/0", false],
  ])("%s is a range: %s", (text, yes) => {
    expect(isCidr(text)).toBe(yes);
  });

  test("arithmetic", () => {
    expect(canonical("10.1.2.3/16")).toBe("10.1.0.0/16");
    expect(prefixLength("10.1.0.0/20")).toBe(20);
    expect(size("10.1.0.0/20")).toBe(4096);
    expect(part("10.1.0.0/16", 2, 3)).toBe("10.1.192.0/18");
    expect(part("255.255.0.0/16", 1, 1)).toBe("255.255.128.0/17");
    expect(addressAt("10.1.32.0/20", 10)).toBe("10.1.32.10");
    expect(() => part("10.1.0.0/16", 2, 4)).toThrow("10.1.0.0/16 has no part 4 of 4");
    expect(() => part("10.1.0.0/30", 3, 0)).toThrow(RangeError);
  });

  test.each([
    ["10.0.0.0/8", "10.1.0.0/16", true],
    ["10.1.0.0/16", "10.0.0.0/8", true],
    ["10.1.0.0/16", "10.2.0.0/16", false],
    ["10.1.0.0/17", "10.1.128.0/17", false],
    ["0.0.0.0/0", "10.1.128.0/17", true],
  ])("%s and %s overlap: %s", (one, other, yes) => {
    expect(overlaps(one, other)).toBe(yes);
  });

  test("private ranges", () => {
    expect(["10.0.0.0/8", "172.16.0.0/12", "192.168.1.0/24", "100.64.0.0/10"].every(isPrivate)).toBe(true);
    expect(["8.8.8.0/24", "172.32.0.0/16", "10.0.0.0/7"].some(isPrivate)).toBe(false);
  });
});

/** Ranges of a cluster that the rules let through, by prefix length. */
const cidrs = (largest: number, smallest: number) =>
  fc
    .tuple(fc.integer({ min: largest, max: smallest }), fc.integer({ min: 0, max: 2 ** 24 - 1 }))
    .map(([prefix, offset]) => canonical(`${addressAt("10.0.0.0/8", offset)}/${prefix}`));

function expectApart(ranges: readonly string[], whole: string): void {
  for (const [index, range] of ranges.entries()) {
    expect(canonical(range)).toBe(range);
    expect(contains(whole, range)).toBe(true);
    for (const other of ranges.slice(index + 1)) expect([range, other, overlaps(range, other)]).toEqual([range, other, false]);
  }
}

describe("EKS", () => {
  test("a /16 in three zones", () => {
    expect(awsLayout({ cidr: "10.20.0.0/16", zones: ZONES.slice(0, 3) })).toEqual({
      cidr: "10.20.0.0/16",
      privateSubnets: ["10.20.0.0/18", "10.20.64.0/18", "10.20.128.0/18"],
      publicSubnets: ["10.20.192.0/24", "10.20.193.0/24", "10.20.194.0/24"],
      services: "172.20.0.0/16",
    });
  });

  test("another zone moves nothing", () => {
    const three = awsLayout({ cidr: "10.20.0.0/16", zones: ZONES.slice(0, 3) });
    const four = awsLayout({ cidr: "10.20.0.0/16", zones: ZONES });
    expect(four.privateSubnets).toEqual([...three.privateSubnets, "10.20.224.0/19"]);
    expect(four.publicSubnets).toEqual([...three.publicSubnets, "10.20.195.0/24"]);
  });

  test("subnets are apart, inside the VPC and large enough for nodes and load balancers", () => {
    fc.assert(
      fc.property(cidrs(16, 20), fc.integer({ min: 2, max: 4 }), (cidr, count) => {
        const { privateSubnets, publicSubnets } = awsLayout({ cidr, zones: ZONES.slice(0, count) });
        expectApart([...privateSubnets, ...publicSubnets], cidr);
        // A network load balancer needs 8 free addresses beside the 5 that AWS keeps; EKS wants 16 in each subnet.
        for (const subnet of publicSubnets) expect(size(subnet)).toBeGreaterThanOrEqual(16);
        for (const subnet of privateSubnets) expect(size(subnet)).toBeGreaterThanOrEqual(512);
      }),
    );
  });

  test("five zones have no room", () => {
    expect(() => awsLayout({ cidr: "10.0.0.0/16", zones: [...ZONES, "e"] })).toThrow(
      "5 zones: a cluster's range has room for at most 4",
    );
  });
});

describe("AKS and GKE", () => {
  test("a /16", () => {
    expect(googleLayout({ cidr: "10.10.0.0/16" })).toEqual({
      nodes: "10.10.0.0/19",
      services: "10.10.32.0/20",
      pods: "10.10.128.0/17",
    });
    expect(azureLayout({ cidr: "10.10.0.0/16" })).toEqual({
      cidr: "10.10.0.0/16",
      vnet: ["10.10.0.0/19", "10.10.48.0/20"],
      nodes: "10.10.0.0/19",
      services: "10.10.32.0/20",
      dnsServiceIp: "10.10.32.10",
      pods: "10.10.128.0/17",
      apiServer: "10.10.48.0/28",
      data: "10.10.56.0/21",
    });
  });

  test("what is given is taken, and the rest stays where it was", () => {
    const layout = azureLayout({ cidr: "10.10.0.0/16", pods: "10.244.0.0/16", services: "10.250.0.0/20" });
    expect(layout).toMatchObject({
      nodes: "10.10.0.0/19",
      pods: "10.244.0.0/16",
      services: "10.250.0.0/20",
      dnsServiceIp: "10.250.0.10",
    });
  });

  test("ranges are apart and inside the cluster's, services and pods outside of Azure's network", () => {
    fc.assert(
      fc.property(cidrs(9, 20), (cidr) => {
        const { nodes, pods, services, apiServer, data, vnet } = azureLayout({ cidr });
        expectApart([nodes, pods, services, apiServer, data], cidr);
        expectApart([...vnet, pods, services], cidr);
        for (const subnet of [nodes, apiServer, data]) expect(vnet.some((space) => contains(space, subnet))).toBe(true);
      }),
    );
  });
});

test("ingress addresses: one for each zone on EKS, one on AKS and GKE", () => {
  const fleet = fleetWith({ clusters: { eks: { network: { zones: ["eu-west-1a", "eu-west-1b"] } } } });
  expect(fleet.clusters.map(addressCount)).toEqual([2, 1, 1]);
  expect(fleetWith({}).clusters.map(addressCount)).toEqual([3, 1, 1]);
});
