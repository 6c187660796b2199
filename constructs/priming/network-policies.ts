import type { Values } from "../helm/values";
import type { AddOnNamespace, OpenPort } from "./namespace";

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
    ...open.map((opening, index) => {
      const { port, protocol = "TCP", pods = {}, from } = opening;
      const again = open.slice(0, index).filter((other) => nameOf(other) === nameOf(opening)).length;
      return policy(again === 0 ? nameOf(opening) : `${nameOf(opening)}-${again + 1}`, {
        podSelector: { matchLabels: pods },
        ingress: [{ ports: [{ port, protocol }], ...(from === "cluster" && { from: [{ namespaceSelector: {} }] }) }],
      });
    }),
  ];
}

const nameOf = ({ port, protocol }: OpenPort) => (protocol === "UDP" ? `allow-${port}-udp` : `allow-${port}`);
