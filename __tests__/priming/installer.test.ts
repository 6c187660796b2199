import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { TerraformStack } from "cdktf";
import type { AddOnHost } from "../../constructs/priming/host";
import type { Phase } from "../../constructs/priming/install";
import { Installer } from "../../constructs/priming/installer";
import { resources, synthStacks } from "../support/synth";

/** What each release waits for, by its name, namespaces left out. */
function orderOf(phases: readonly Phase[]): Readonly<Record<string, readonly string[]>> {
  const { one } = synthStacks((app) => {
    const stack = new TerraformStack(app, "one");
    new HelmProvider(stack, "helm", {});
    new KubernetesProvider(stack, "kubernetes", {});
    // what a release of an add-on of one's own needs of it
    const host = { charts: { charts: { source: "repositories" }, folder: "." }, addons: { failedReleases: "remove" } };
    const installer = new Installer(stack, host as unknown as AddOnHost);
    installer.namespace({ name: "ours", podSecurity: "baseline" });
    for (const phase of phases)
      installer.release(stack, phase, {
        phase,
        chart: { chart: phase, repository: "https://charts.example.com", version: "1.0.0" },
        namespace: "ours",
        values: {},
      });
    installer.order();
  });
  return Object.fromEntries(
    Object.values(resources(one!, "helm_release")).map(({ name, depends_on }) => [
      String(name),
      (depends_on as string[]).filter((address) => address.startsWith("helm_release.")).map((address) => address.slice(13)),
    ]),
  );
}

test("each phase waits for the one before it", () => {
  expect(orderOf(["services", "operators", "resources"])).toEqual({
    operators: [],
    resources: ["operators"],
    services: ["resources"],
  });
});

test("a phase that has nothing on a cluster doesn't part the ones around it", () => {
  expect(orderOf(["operators", "services"])).toEqual({ operators: [], services: ["operators"] });
});
