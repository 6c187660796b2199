/** Public names: what a client is answered, and the plans that the constructs of both engines take. */
export { type Recovery, recoveryOf } from "../model/derived/recovery";
export { clientFrom, type NamedClient } from "../routing/clients";
export { compileRoute53, type Route53Plan } from "../routing/compile/route53";
export { compileTrafficManager, type TrafficManagerPlan } from "../routing/compile/traffic-manager";
export { latencyByDistance } from "../routing/estimate";
export { type NameOptions, nameTree } from "../routing/name-tree";
export { type Answer, simulate } from "../routing/simulate";
export { type NameTree, routingTrees } from "../routing/tree";
