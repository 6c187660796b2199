import { expandFleet } from "../../../model/reading/expand";
import { parseFleet } from "../../../model/reading/load";

test("texts that Helm would read as true or false stay texts, so that the file can be read back", () => {
  const text = `
fleet: f
dns: { zone: k8s.example.com, aws: { accountId: "111122223333" } }
clusters:
  one:
    cloud: existing
    region: eu-west-1
    addons: { ingress: { controller: traefik, values: { additionalArguments: ["no", "0400", "On"] } } }
    existing:
      endpoint: https://api.example.com
      exec: { command: token }
      ingress: { ips: [203.0.113.1], serviceAnnotations: { k3s: "yes" } }
`;
  const expanded = expandFleet(text, "f.yaml");
  // it says every default in words, so that of an add-on that is off it says that it may go
  const { declined, ...whole } = parseFleet(expanded, "expanded.yaml");
  const { declined: before, ...read } = parseFleet(text, "f.yaml");
  expect(whole).toEqual(read);
  expect(before).toEqual({ one: ["ingress"] });
  expect(declined?.one).toContain("certManager");
  for (const quoted of ['"no"', '"0400"', '"On"']) expect(expanded).toContain(quoted);
});
