import { type Data, problemsWith } from "../../support";

const cluster = (name: string): Data => ({ [name]: { cloud: "azure", region: "uksouth", network: { cidr: "10.20.0.0/16" } } });
const names: Data = { www: { policy: "simple", members: ["aks"] }, "a.acme": { policy: "simple", members: ["aks"] } };
const reason = "acme.k8s.example.com is the zone that proofs for certificates are written to; choose another name";

test("nothing has the name of the zone that challenges in Azure DNS are sent to, or one below it", () => {
  expect(problemsWith({ dns: { engine: "azure" }, clusters: cluster("acme"), names: { www: names.www } })).toEqual([
    `clusters.acme: ${reason}`,
  ]);
  expect(problemsWith({ dns: { engine: "azure" }, names })).toEqual([`names["a.acme"]: ${reason}`]);
});

test("the name is free where there is no such zone", () => {
  expect(problemsWith({ clusters: cluster("acme") })).toEqual([]);
  expect(problemsWith({ dns: { engine: "azure" }, clusters: cluster("acme"), names: {} })).toEqual([]);
  expect(problemsWith({ names })).toEqual([]);
});
