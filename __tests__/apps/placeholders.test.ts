import { appsOutput, chart, problems, valuesIn } from "./fleet";

describe("placeholders in values", () => {
  const filled = (values: object, more: object = {}) =>
    valuesIn(appsOutput({ shop: { ...chart, values } }, more).stacks["f-saopaulo-apps"]!, "shop");

  test("are filled in, everywhere in a text", () => {
    expect(filled({ where: "{cluster} in {region} ({cloud})", list: ["https://{host}/"] })).toEqual({
      where: "saopaulo in sa-east-1 (aws)",
      list: ["https://shop.saopaulo.k8s.example.com/"],
    });
  });

  test("a list takes one item for each host, be it a text or a map", () => {
    const names = { names: { www: { policy: "failover", app: "shop" } } };
    expect(
      filled({ hosts: "{hosts}", rules: [{ host: "{hosts}", paths: ["/"] }], tls: [{ hosts: ["{hosts}"] }] }, names),
    ).toEqual({
      hosts: ["shop.saopaulo.k8s.example.com", "www.k8s.example.com"],
      rules: [
        { host: "shop.saopaulo.k8s.example.com", paths: ["/"] },
        { host: "www.k8s.example.com", paths: ["/"] },
      ],
      tls: [{ hosts: ["shop.saopaulo.k8s.example.com", "www.k8s.example.com"] }],
    });
  });

  test("a chart's own braces, a shell's and escaped ones stay", () => {
    const text = { template: "{{ region }}", json: '{"a": 1}', path: "/users/\\{id}" };
    expect(filled(text)).toEqual({ ...text, path: "/users/{id}" });
    expect(filled({ shell: "${HOME}" })).toEqual({ shell: "$${HOME}" });
  });

  test("an unknown one is refused at its place, with what there is", () => {
    expect(problems({ shop: { ...chart, values: { a: ["{regoin}"] } } })).toEqual([
      expect.stringMatching(
        /^apps\.shop\.values\.a\[0\]: '\{regoin\}' stands for nothing; what is filled in: \{cluster\}, .*write \\\{regoin\}/,
      ),
    ]);
  });
});
