import { appsOutput, chart, image, problems, valuesIn } from "./fleet";

describe("an application whose tag is a variable", () => {
  const output = appsOutput({
    shop: { image: { ...image, tag: "variable" }, clusters: ["sydney"] },
    web: {
      ...chart,
      image: { repository: "ghcr.io/team/web", tag: "variable", at: "deployment.image" },
      smoke: {},
      clusters: ["sydney"],
    },
    other: { image, clusters: ["sydney"] },
  });
  const stack = output.stacks["f-sydney-app-shop"]!;

  test("has a stack of its own, the others theirs together", () => {
    expect(Object.keys(output.stacks).filter((id) => id.includes("-app"))).toEqual([
      "f-sydney-app-shop",
      "f-sydney-app-web",
      "f-sydney-apps",
    ]);
    expect(output.dependencies["f-sydney-app-shop"]).toEqual(["f-sydney-cluster", "f-sydney-priming"]);
  });

  test("can't be planned without a tag, and says which was applied", () => {
    expect(stack.variable!.image_tag).toMatchObject({ nullable: false, type: "string" });
    expect(stack.variable!.image_tag).not.toHaveProperty("default");
    expect(stack.output!.image_tag).toMatchObject({ value: "${var.image_tag}" });
    expect(valuesIn(stack, "shop").image).toMatchObject({ tag: "${var.image_tag}" });
  });

  test("takes a digest behind the tag, so that what was tried is what is promoted, and no latest", () => {
    const [{ condition }] = stack.variable!.image_tag!.validation as unknown as [{ condition: string }];
    const pattern = new RegExp(/regex\("([^"]+)"/.exec(condition)![1]!);
    const digest = `sha256:${"0a".repeat(32)}`;
    const takes = (tag: string) => pattern.test(tag);
    expect(["1.4.2", `1.4.2@${digest}`, "1.4.2@sha256:0a", `@${digest}`, "a tag"].map(takes)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(condition).toContain('var.image_tag != "latest"');
  });

  test("a chart gets the tag where it takes it, and is asked again for each", () => {
    const web = output.stacks["f-sydney-app-web"]!;
    expect(valuesIn(web, "web").deployment).toEqual({ image: { repository: "ghcr.io/team/web", tag: "${var.image_tag}" } });
    expect(valuesIn(web, "web-smoke").of).toMatch(/^[0-9a-f]{12} \$\{var\.image_tag\}$/);
  });

  test("may not be waited for by one whose stack comes before", () => {
    expect(problems({ a: { image: { ...image, tag: "variable" } }, b: { image, after: ["a"] } })).toEqual([
      expect.stringContaining("'a' has a tag variable and so a stack of its own"),
    ]);
  });
});
