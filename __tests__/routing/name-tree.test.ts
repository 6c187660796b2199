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
