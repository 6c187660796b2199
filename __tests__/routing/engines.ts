import { type App, TerraformStack } from "cdktf";
import { Route53Names } from "../../constructs/dns/route53/names";
import { TrafficManagerNames } from "../../constructs/dns/traffic-manager/names";
import { awsProvider, azureProvider } from "../../constructs/providers";
import type { Fleet } from "../../model/schema/fleet";
import { compileRoute53, type Route53Plan } from "../../routing/compile/route53";
import { compileTrafficManager, type TrafficManagerPlan } from "../../routing/compile/traffic-manager";
import type { NameTree } from "../../routing/tree";
import { type StackJson, synthStacks } from "../support/synth";

/** Changes to what the compiler makes, to see whether anybody notices. @default - none */
export interface Mutations {
  readonly route53?: (plan: Route53Plan) => Route53Plan;
  readonly trafficManager?: (plan: TrafficManagerPlan) => TrafficManagerPlan;
}

/** The stacks of both engines for some names, through the real constructs and one synth. */
export function synthEngines(
  fleet: Fleet,
  trees: { readonly route53: readonly NameTree[]; readonly trafficManager: readonly NameTree[] },
  mutations: Mutations = {},
): { readonly route53: StackJson; readonly trafficManager: StackJson } {
  const zone = fleet.dns.zone;
  const address = (cluster: string, index: number) => {
    const found = fleet.clusters.find(({ name }) => name === cluster);
    return found?.cloud === "existing" ? found.existing.ingress.ips[index]! : "";
  };
  const stacks = synthStacks((app: App) => {
    const plan = compileRoute53(trees.route53);
    const route53 = new TerraformStack(app, "route53");
    awsProvider(route53, "aws", { region: "us-east-1", accountId: "111122223333" });
    const trafficManager = new TerraformStack(app, "traffic-manager");
    azureProvider(trafficManager, "azure", fleet.dns.azure!);
    new Route53Names(route53, "names", { plan: mutations.route53?.(plan) ?? plan, zoneId: "Z1", address });
    const profiles = compileTrafficManager(trees.trafficManager);
    new TrafficManagerNames(trafficManager, "names", {
      plan: mutations.trafficManager?.(profiles) ?? profiles,
      resourceGroup: { name: "traffic-manager", location: "westeurope" },
      zone: { engine: "azure", name: zone, resourceGroup: "dns" },
      address,
    });
  });
  return { route53: stacks.route53!, trafficManager: stacks["traffic-manager"]! };
}
