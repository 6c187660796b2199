import { readFileSync } from "node:fs";
import { join } from "node:path";
import { lockFileOf } from "../../changes/lock/file";
import { lockText } from "../../changes/lock/lock";
import { parseLock } from "../../changes/lock/parse";
import { fleetFiles, root } from "../support/fleet";
import { aksInHub, gkeInHub, SUBNETS } from "../support/shared-network";
import { one, sideOf } from "./support";

test.each(fleetFiles)("nothing that the lock of %s says is lost by reading it", (file) => {
  const text = readFileSync(join(root, lockFileOf(file)), "utf8");
  expect(lockText(parseLock(text, file))).toBe(text);
});

test("the ranges of a cluster are those that its file gives, then those that Meridian cuts", () => {
  const { clusters } = sideOf(
    one("aks", undefined, {
      clusters: {
        given: {
          cloud: "azure",
          region: "uksouth",
          network: {
            cidr: "10.8.0.0/16",
            pods: "10.40.0.0/14",
            services: "10.44.0.0/20",
          },
        },
        cut: {
          cloud: "google",
          region: "europe-west3",
          network: { cidr: "10.9.0.0/16" },
          google: { controlPlaneCidr: "172.16.0.0/28" },
        },
        azure: aksInHub("one", 20),
        google: gkeInHub("europe-west1"),
      },
    }),
  ).lock;
  expect(Object.fromEntries(Object.entries(clusters).map(([name, { ranges }]) => [name, ranges]))).toMatchInlineSnapshot(`
    {
      "aks": {
        "cidr": "10.2.0.0/16",
        "nodes": "10.2.0.0/19",
        "pods": "10.2.128.0/17",
        "services": "10.2.32.0/20",
      },
      "azure": {
        "network": "existing",
        "pods": "10.20.0.0/16",
        "services": "10.21.0.0/16",
      },
      "cut": {
        "cidr": "10.9.0.0/16",
        "controlPlane": "172.16.0.0/28",
        "nodes": "10.9.0.0/19",
        "pods": "10.9.128.0/17",
        "services": "10.9.32.0/20",
      },
      "given": {
        "cidr": "10.8.0.0/16",
        "nodes": "10.8.0.0/19",
        "pods": "10.40.0.0/14",
        "services": "10.44.0.0/20",
      },
      "google": {
        "network": "existing",
      },
    }
  `);
  expect(JSON.stringify(clusters.azure)).not.toContain(SUBNETS);
});
