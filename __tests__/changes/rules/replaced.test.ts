import type { Facts, Lock } from "../../../changes/lock/lock";
import { isMoved } from "../../../changes/rules/replaced";
import { bare } from "./bare";

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
