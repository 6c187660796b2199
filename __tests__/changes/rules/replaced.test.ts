import type { Facts, Lock } from "../../../changes/lock/lock";
import { isMoved, replaced } from "../../../changes/rules/replaced";
import { bare, words } from "./bare";

test("a stack is elsewhere where its cluster or its store of backups is, by cloud, region or account", () => {
  const moved = (stack: string, was: Partial<Lock>, is: Partial<Lock>) => isMoved({ before: bare(was), after: bare(is) }, stack);
  const stores = (facts: Facts) => ({ backups: { b: facts } });
  const clusters = (facts: { region?: string; account?: string }) => ({ clusters: { c: { cloud: "aws", ...facts } } });
  expect([
    moved("acme-backup-b", stores({ region: "x" }), stores({ region: "y" })),
    moved("acme-backup-b", stores({ account: "1" }), stores({ account: "2" })),
    moved("acme-backup-b", stores({ cloud: "aws" }), stores({ cloud: "azure" })),
    moved("acme-c-cluster", clusters({ region: "x" }), clusters({ region: "y" })),
    moved("acme-c-cluster", clusters({ account: "1" }), clusters({ account: "2" })),
  ]).toEqual(Array(5).fill(true));
  expect([
    moved("acme-backup-b", stores({ region: "x" }), stores({ region: "x" })),
    moved("acme-backup-b", {}, stores({ region: "y" })),
    moved("acme-backup-b", stores({ region: "x" }), {}),
    moved("other-backup-b", stores({ region: "x" }), stores({ region: "y" })),
    moved("acme-global", { ...stores({ region: "x" }), ...clusters({}) }, { ...stores({ region: "y" }), ...clusters({}) }),
  ]).toEqual(Array(5).fill(false));
});

test("one name that is taken among what would be replaced breaks the apply", () => {
  const of = (digest: string, fixed: Readonly<Record<string, Facts>>) => ({
    stacks: { "acme-global": { digest, protected: [], fixed } },
  });
  const bucket = (name: string) => ({ "aws_s3_bucket.b": { bucket: name } });
  const vpc = (cidr_block: string) => ({ "aws_vpc.v": { cidr_block } });
  const said = (was: Readonly<Record<string, Facts>>, is: typeof was) => words(replaced, of("1", was), of("2", is))[0];
  const taken = "under a name that is taken until the old one is gone";
  expect(said({ ...bucket("a"), ...vpc("x") }, { ...bucket("b"), ...vpc("y") })).toContain(taken);
  expect(said(bucket("a"), bucket("b"))).toContain(taken);
  expect(said(vpc("x"), vpc("y"))).toContain(", with all that is inside.");
});
