import { lockIn } from "../../cli/recover/lock";
import { age, type HelmRecord, remedies } from "../../cli/recover/records";

const now = new Date("2026-01-01T12:00:00Z");
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const record = (revision: number, status: string, seconds: number, rest: Partial<HelmRecord> = {}): HelmRecord => ({
  release: "traefik",
  namespace: "traefik",
  revision,
  status,
  modified: ago(seconds),
  ...rest,
});
const releases = [{ name: "traefik", namespace: "traefik", timeoutSeconds: 600 }];
const remedy = (...records: HelmRecord[]) => remedies(records, releases, now);

test("a first installation that never ended is forgotten, and an upgrade goes back to what was deployed", () => {
  expect(remedy(record(1, "pending-install", 601))).toMatchObject([{ kind: "forget", record: { revision: 1 } }]);
  const before = [record(3, "superseded", 9000), record(4, "deployed", 8000)];
  expect(remedy(...before, record(5, "pending-upgrade", 700))).toMatchObject([{ kind: "rollback", to: 4 }]);
  expect(remedy(record(10, "pending-rollback", 700), record(9, "failed", 800), ...before)).toMatchObject([
    { kind: "rollback", record: { revision: 10 }, to: 4 },
  ]);
});

test("nothing is touched while Helm may still be at work", () => {
  expect(remedy(record(1, "pending-install", 590))).toMatchObject([{ kind: "wait", seconds: 10 }]);
  expect(remedy(record(4, "deployed", 8000), record(5, "pending-upgrade", 1))).toMatchObject([{ kind: "wait" }]);
});

test("what ended, well or badly, and what is another stack's, is left alone", () => {
  for (const status of ["deployed", "failed", "superseded", "uninstalling"]) expect(remedy(record(2, status, 9000))).toEqual([]);
  expect(remedy(record(1, "pending-install", 9000, { release: "other" }))).toEqual([]);
  expect(remedy(record(1, "pending-install", 9000, { namespace: "other" }))).toEqual([]);
});

test("Terraform's message about a lock says whose it is; another error is none", () => {
  const text = `
Error: Error acquiring the state lock

Error message: resource temporarily unavailable
Lock Info:
  ID:        3d5ba5f8-8f6c-3c3f-6f0e-1f6b1d0f5b0a
  Path:      ../../../state/x.tfstate
  Operation: OperationTypeApply
  Who:       ci@runner-7
  Version:   1.11.4
  Created:   2026-01-01 11:00:00.000000000 +0000 UTC
  Info:      
`;
  expect(lockIn(text)).toEqual({
    id: "3d5ba5f8-8f6c-3c3f-6f0e-1f6b1d0f5b0a",
    who: "ci@runner-7",
    operation: "OperationTypeApply",
    created: "2026-01-01 11:00:00.000000000 +0000 UTC",
  });
  expect(lockIn("Error: Backend initialization required")).toBeUndefined();
});

test("ages are said as people say them", () => {
  expect([age(ago(59), now), age(ago(600), now), age(ago(7500), now)]).toEqual(["59 s", "10 min", "2 h"]);
});
