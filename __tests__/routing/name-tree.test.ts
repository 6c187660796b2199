import { biasedDistanceKm } from "../../routing/estimate";
import { nameTree } from "../../routing/name-tree";

test("a name without a fleet file leads to clusters with as many addresses as they are said to have", () => {
  const tree = nameTree({
    name: "app",
    zone: "k8s.example.com",
    policy: "failover",
    clusters: { east: { region: "us-east-1", addresses: 2 }, west: { region: "us-west-2" } },
  });
  expect(tree).toMatchObject({ fqdn: "app.k8s.example.com" });
  expect(JSON.stringify(tree)).toContain("east");
  expect(() => nameTree({ name: "app", zone: "k8s.example.com", policy: "simple", clusters: {}, members: ["nowhere"] })).toThrow(
    "nowhere",
  );
});

test("a bias takes a part off the distance, and a negative one stretches it by the same part", () => {
  const [here, there] = [
    { latitude: 0, longitude: 0 },
    { latitude: 0, longitude: 10 },
  ];
  const far = biasedDistanceKm(here, there, 0);
  expect(far).toBeCloseTo(1113, 0);
  expect(biasedDistanceKm(here, there, 50)).toBeCloseTo(far / 2, 6);
  expect(biasedDistanceKm(here, there, -50)).toBeCloseTo(far * 2, 6);
  expect(biasedDistanceKm(here, there, -99)).toBeCloseTo(far * 100, 3);
});

const clusters = { east: { region: "us-east-1" }, west: { region: "us-west-2", addresses: 3 } };
const app = { name: "app", zone: "k8s.example.com", policy: "failover", clusters } as const;

test("what a name is not told has the fleet file's defaults, and what it is told stays", () => {
  const tree = nameTree(app);
  expect(tree).toMatchObject({ name: "app", zone: "k8s.example.com", engine: "route53", ttlSeconds: 60 });
  expect(tree.probe).toMatchObject({ protocol: "https", port: 443, path: "/ping", intervalSeconds: 30, failureThreshold: 3 });
  expect(tree.root.members.map(({ node }) => node)).toMatchObject([
    { cluster: "east", addresses: 1, drained: false },
    { cluster: "west", addresses: 3, drained: false },
  ]);
  const told = nameTree({
    ...app,
    members: ["west", "east"],
    drain: ["east"],
    ttlSeconds: 30,
    engine: "traffic-manager",
    trafficManagerName: "acme-app",
    probe: { protocol: "http", path: "/up" },
  });
  expect(told).toMatchObject({ engine: "traffic-manager", ttlSeconds: 30, trafficManagerName: "acme-app" });
  expect(told.probe).toMatchObject({ protocol: "http", port: 80, path: "/up" });
  expect(told.root.members.map(({ node }) => node)).toMatchObject([
    { cluster: "west", drained: false },
    { cluster: "east", drained: true },
  ]);
});

test("a cluster may say its place itself, and one that is wrong is said with its path, each problem on a line", () => {
  const location = { latitude: 50.11, longitude: 8.68, country: "DE", continent: "EU" };
  const { place } = nameTree({ ...app, clusters: { ...clusters, here: { location } }, members: ["here", "east"] }).root
    .members[0]!;
  expect(place).toMatchObject({ latitude: 50.11, longitude: 8.68, awsRegion: "eu-central-1" });
  expect(() => nameTree({ ...app, members: ["nowhere", "nobody"] })).toThrow(
    /^names\.app\.members\[0\]: .*'nowhere'.*\nnames\.app\.members\[1\]: .*'nobody'/,
  );
});
