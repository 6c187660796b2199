import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { parse, stringify } from "yaml";
import { loadFleet } from "../../model/reading/load";
import { buildFleet } from "../../stacks/build-fleet";
import { root } from "../support/fleet";
import type { Api } from "../support/kubernetes/api";

/** The stacks of an existing cluster, whose JSON needs no change at all. */
export const LAB = { priming: "e2e-lab-priming", apps: "e2e-lab-apps" };

export interface ExistingOptions {
  readonly addons: object;
  /** Further keys of the fleet. */
  readonly more?: object;
  /** Further facts about the cluster. */
  readonly existing?: object;
}

/** What a cluster of Meridian's own has by default: nothing is installed on an existing one that isn't asked for. */
const ASKED: Readonly<Record<string, object>> = {
  ingress: { controller: "traefik" },
  certManager: { enabled: true },
  storage: { enabled: true },
  guards: { unplannedLoadBalancers: "refuse" },
};

/** A fleet of one existing cluster: the API server of the suite. */
export function existingFleet(api: Api, { addons, more = {}, existing = {} }: ExistingOptions): object {
  const given = addons as Readonly<Record<string, object>>;
  const asked = Object.fromEntries(Object.entries(ASKED).map(([name, settings]) => [name, { ...settings, ...given[name] }]));
  return {
    fleet: "e2e",
    dns: { zone: "e2e.example", aws: { accountId: "111122223333" } },
    defaults: { addons: { ...addons, ...asked } },
    clusters: {
      lab: {
        cloud: "existing",
        location: { latitude: 52.5, longitude: 13.4, country: "DE", continent: "EU" },
        existing: {
          endpoint: api.endpoint,
          certificateAuthority: Buffer.from(api.authority).toString("base64"),
          exec: { command: "e2e-token", args: ["token"] },
          ingress: { ips: ["203.0.113.10"], serviceAnnotations: { "example.com/address": "suite" } },
          ...existing,
        },
      },
    },
    ...more,
  };
}

/** fleets/all-on.yaml, which has every add-on in three clouds. */
export const allOn = (): object => parse(readFileSync(join(root, "fleets", "all-on.yaml"), "utf8"));

/**
 * Synthesizes a fleet, with vendored charts, into the folder `out` of a workspace.
 * @param charts versions that a lock file would hold, by release. @default the pinned ones
 */
export function synthesize(folder: string, fleet: object, charts: Readonly<Record<string, string>> = {}): void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "fleet.yaml");
  writeFileSync(file, stringify({ ...fleet, charts: { source: "vendored" } }));
  try {
    symlinkSync(process.env.E2E_CHARTS!, join(folder, "charts"));
  } catch (error) {
    if ((error as { code?: string }).code !== "EEXIST") throw error;
  }
  const app = new App({ outdir: join(folder, "out"), stackTraces: false });
  const clusters = Object.keys((fleet as { clusters: object }).clusters);
  const pins = Object.fromEntries(clusters.map((name) => [name, { charts, pools: {}, images: {}, eksAddons: {} }]));
  buildFleet(app, loadFleet(file, pins));
  app.synth();
}
