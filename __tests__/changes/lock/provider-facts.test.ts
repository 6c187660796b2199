import { providerFacts } from "../../../changes/lock/provider-facts";
import type { JsonObject } from "../../../output/json";

const config: JsonObject = {
  provider: { helm: [{}], kubernetes: [{}], aws: [{ alias: "parent" }, {}], azurerm: [{}], odd: {} },
  resource: {
    aws_b: { two: {}, one: { provider: "aws.parent" } },
    aws_a: { three: {} },
    helm_release: { x: {} },
    google_x: { y: {} },
  },
};

test("a stack that declares clouds on demand lists what it has in each, in order; others list nothing", () => {
  const listed = { aws: ["aws_a.three", "aws_b.two"], "aws.parent": ["aws_b.one"], azurerm: [] };
  expect(providerFacts("acme-global", config)).toEqual(listed);
  expect(providerFacts("acme-c-priming", config)).toEqual(listed);
  expect(providerFacts("acme-c-cluster", config)).toEqual({});
  expect(providerFacts("acme-global-more", config)).toEqual({});
  expect(providerFacts("acmeglobal", config)).toEqual({});
});
