import fc from "fast-check";
import { parse } from "yaml";
import { checkCase, type Tally } from "./agreement";
import { cases } from "./arbitraries";
import { behindHostName, type FleetFile, fleetOf } from "./fleets";
import { MUTATIONS } from "./mutations";

jest.setTimeout(240_000);

/** Other cases than the usual ones: PROOF_SEED=1 PROOF_RUNS=1000. */
const SEED = Number(process.env.PROOF_SEED ?? 20261121);
const RUNS = Number(process.env.PROOF_RUNS ?? 90);

const nothing = (): Tally => ({ route53: 0, trafficManager: 0, both: 0, differing: 0 });

test("the model, Route53's JSON and Traffic Manager's JSON agree on who is answered, whatever the fleet, the client and the health", () => {
  const tally = nothing();
  fc.assert(
    fc.property(cases(12, 60), (found) => checkCase(found, tally)),
    { numRuns: RUNS, seed: SEED },
  );
  // fewer runs than usual, asked for by PROOF_RUNS, say nothing about the numbers
  const usual = RUNS >= 90;
  expect(tally.route53).toBeGreaterThan(usual ? 10_000 : 0);
  expect(tally.trafficManager).toBeGreaterThan(usual ? 5_000 : 0);
  // the documented differences are the exception
  expect(tally.differing / tally.both).toBeLessThan(0.15);
});

test("they agree too where every member is known by a host name, and all records are CNAMEs then", () => {
  const tally = nothing();
  fc.assert(
    fc.property(cases(8, 20), (found) => {
      const clusters = Object.fromEntries(
        Object.entries(found.clusters).map(([name, cluster]) => [name, behindHostName(cluster, name)]),
      );
      checkCase({ ...found, clusters }, tally);
    }),
    { numRuns: Math.min(RUNS, 20), seed: SEED },
  );
  expect(tally.both).toBeGreaterThan(100);
});

test.each(Object.entries(MUTATIONS))("a mistake is noticed: %s", (_, mutation) => {
  const found = fc.check(
    fc.property(cases(12, 20), (one) => checkCase(one, nothing(), mutation)),
    { numRuns: 60, seed: SEED, endOnFailure: true },
  );
  expect(found.failed).toBe(true);
  expect((found.errorInstance as Error).message).toMatch(/the model says|leads to .* before it makes it/);
});

test("what is found is shown as the smallest fleet file that has it", () => {
  const { errorInstance } = fc.check(
    fc.property(cases(6, 10), (one) => checkCase(one, nothing(), MUTATIONS["Route53: primary and secondary are swapped"])),
    { numRuns: 60, seed: SEED },
  );
  const message = (errorInstance as Error).message;
  const file: FleetFile = parse(message.slice(message.indexOf("fleet: proof")));
  const fleet = fleetOf(file);
  expect(Object.keys(fleet.names)).toHaveLength(1);
  expect(JSON.stringify(fleet.names)).toContain('"policy":"failover"');
  expect(fleet.clusters.length).toBeLessThanOrEqual(3);
});
