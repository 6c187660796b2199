import { checkOf, probeHost } from "../../routing/compile/checks";
import type { ProbePlan } from "../../routing/tree";

const usual: ProbePlan = {
  protocol: "https",
  port: 443,
  path: "/ping",
  intervalSeconds: 30,
  failureThreshold: 3,
  timeoutSeconds: 10,
};
const id = (probe: Partial<ProbePlan>) => checkOf({ zone: "example.com", probe: { ...usual, ...probe } }, "toronto", false).id;

test("the usual question of an ingress, and of an application, needs no hash", () => {
  expect(id({})).toBe("toronto--ingress");
  expect(id({ app: "shop", path: "/" })).toBe("toronto--app-shop");
});

test.each([
  { protocol: "http" as const },
  { port: 8443 },
  { path: "/healthz" },
  { intervalSeconds: 10 as const },
  { failureThreshold: 2 },
  { app: "shop" },
])("%j is another question, and another check", (probe) => {
  expect(id(probe)).toMatch(/^toronto--(ingress|app-shop)-[0-9a-z]{4,}$/);
});

test("a cluster is asked by its own host, never by the public name", () => {
  expect(probeHost({ zone: "example.com", probe: usual }, "toronto")).toBe("ingress.toronto.example.com");
  expect(probeHost({ zone: "example.com", probe: { ...usual, app: "shop" } }, "toronto")).toBe("shop.toronto.example.com");
});
