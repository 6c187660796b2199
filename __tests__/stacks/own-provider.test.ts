import { zoneTrustsIssuer } from "../../stacks/parts/own-provider";

test.each([
  ["route53", "111122223333", true],
  ["route53", "444455556666", false],
  ["azure", "111122223333", false],
])("a zone of %s in account %s trusts the tokens of an EKS cluster in 111122223333: %p", (engine, accountId, trusts) => {
  const cluster = { aws: { accountId: "111122223333" } } as Parameters<typeof zoneTrustsIssuer>[0];
  expect(zoneTrustsIssuer(cluster, { engine, aws: { accountId } } as Parameters<typeof zoneTrustsIssuer>[1])).toBe(trusts);
});
