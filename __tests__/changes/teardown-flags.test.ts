import { besidesFlags, type ShownChange } from "../../changes/teardown/flags";

const change = (address: string, actions: string[], before: object, after: object, mode = "managed"): ShownChange => ({
  address,
  mode,
  change: { actions, before: before as never, after: after as never },
});

test("a plan that lifts protection may hold switches alone: all else that a cloud would do is named", () => {
  const bucket = { bucket: "acme", force_destroy: false };
  expect(
    besidesFlags([
      change("data.aws_route53_zone.zone", ["read"], {}, { id: "Z" }, "data"),
      change(
        "aws_eks_cluster.a",
        ["update"],
        { name: "a", deletion_protection: true },
        { name: "a", deletion_protection: false },
      ),
      change("aws_s3_bucket.b", ["update"], bucket, { ...bucket, force_destroy: true }),
      change("aws_vpc.v", ["no-op"], { cidr: "x" }, { cidr: "x" }),
    ]),
  ).toEqual([]);
  expect(
    besidesFlags([
      change("aws_s3_bucket.b", ["update"], bucket, { bucket: "other", force_destroy: true }),
      change("aws_vpc.v", ["delete", "create"], {}, {}),
      change("aws_eip.e", ["create"], {}, {}),
    ]),
  ).toEqual(["update aws_s3_bucket.b", "delete then create aws_vpc.v", "create aws_eip.e"]);
});

test("another order of a block's entries is no change, inside of lists too", () => {
  const before = { rule: [{ from: 1, to: 2 }], deletion_protection: true, name: "a" };
  const after = { name: "a", rule: [{ to: 2, from: 1 }], deletion_protection: false };
  expect(besidesFlags([change("x.a", ["update"], before, after)])).toEqual([]);
  const other = { ...after, rule: [{ to: 3, from: 1 }] };
  expect(besidesFlags([change("x.a", ["update"], before, other)])).toEqual(["update x.a"]);
});
