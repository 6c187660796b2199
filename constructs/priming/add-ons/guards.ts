import type { Values } from "../../helm/values";
import type { AddOn, AddOnNamespace, PrimingContext } from "../context";
import { ingressNamespace } from "../ingress";
import { BASE_NAMESPACE } from "../installer";

/** Refuses load balancers that nobody planned: Terraform would not know them, and they hold a network fast. */
export const loadBalancerGuard: AddOn = {
  name: "load-balancer-guard",
  wanted: ({ addons }) => addons.guards.unplannedLoadBalancers === "refuse",
  install(scope, context, installer) {
    const allowed = [...new Set([...plannedNamespaces(context), ...context.addons.guards.loadBalancerNamespaces])].sort();
    const name = "unplanned-load-balancers";
    installer.objects(scope, "load-balancer-guard", {
      phase: "definitions",
      namespace: BASE_NAMESPACE,
      objects: [
        {
          apiVersion: "admissionregistration.k8s.io/v1",
          kind: "ValidatingAdmissionPolicy",
          metadata: { name },
          spec: {
            failurePolicy: "Fail",
            matchConstraints: {
              resourceRules: [
                { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["services"] },
              ],
            },
            validations: [
              {
                expression: "!has(object.spec.type) || object.spec.type != 'LoadBalancer'",
                message: `a Service of type LoadBalancer makes a load balancer that Terraform does not know; use an Ingress, or name the namespace in addons.guards.loadBalancerNamespaces (allowed: ${allowed.join(", ") || "none"})`,
              },
            ],
          },
        },
        {
          apiVersion: "admissionregistration.k8s.io/v1",
          kind: "ValidatingAdmissionPolicyBinding",
          metadata: { name },
          spec: {
            policyName: name,
            validationActions: ["Deny"],
            matchResources: {
              namespaceSelector: {
                // kube-system: what the cloud itself runs
                matchExpressions: [
                  { key: "kubernetes.io/metadata.name", operator: "NotIn", values: ["kube-system", ...allowed] },
                ],
              },
            },
          },
        },
      ],
    });
  },
};

/** Only the ingress controller, and only where the cloud makes its load balancer from the Service. */
function plannedNamespaces(context: PrimingContext): string[] {
  if (context.addons.ingress.controller === "none" || context.face.ingress.service.type !== "LoadBalancer") return [];
  return [ingressNamespace(context)];
}

/** Closes a namespace to all but its own pods, and opens what its add-on offers. What it may reach is not limited. */
export function networkPolicies({ name: namespace, open = [] }: AddOnNamespace): Values[] {
  const policy = (name: string, spec: Values): Values => ({
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name, namespace },
    spec: { policyTypes: ["Ingress"], ...spec },
  });
  return [
    policy("default-deny", { podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] }),
    ...open.map(({ port, protocol = "TCP", pods = {}, from }) =>
      policy(`allow-${port}`, {
        podSelector: { matchLabels: pods },
        ingress: [{ ports: [{ port, protocol }], ...(from === "cluster" && { from: [{ namespaceSelector: {} }] }) }],
      }),
    ),
  ];
}
