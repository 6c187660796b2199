import type { AddOnHost } from "../host";
import { ingressNamespace } from "../ingress";
import { BASE_NAMESPACE, type Install } from "../install";

/** Refuses load balancers that nobody planned: Terraform would not know them, and they hold a network fast. */
export const loadBalancerGuard: Install<"load-balancer-guard"> = {
  install(scope, host, installer) {
    const allowed = [...new Set([...plannedNamespaces(host), ...host.addons.guards.loadBalancerNamespaces])].sort();
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
                // what is a load balancer already may be changed, and lose the finalizer that its cloud has put there
                expression:
                  "!has(object.spec.type) || object.spec.type != 'LoadBalancer' || (oldObject != null && has(oldObject.spec.type) && oldObject.spec.type == 'LoadBalancer')",
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
function plannedNamespaces(host: AddOnHost): string[] {
  if (host.addons.ingress.controller === "none" || host.face.ingress.service.type !== "LoadBalancer") return [];
  return [ingressNamespace(host)];
}
