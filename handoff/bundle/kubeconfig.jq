# One kubeconfig of the bundle's connections and the stacks' outputs ($outputs); clusters that aren't applied are left out.
def value: if . == null then null elif has("text") then .text else $outputs[.stack][.output] end;
[.connections[] | . + {at: (.server | value), ca: (.authority | value)} | select(.at != null)]
| {
    apiVersion: "v1",
    kind: "Config",
    "current-context": "",
    preferences: {},
    clusters: map({
      name,
      cluster: ({server: .at}
        + (if .ca then {"certificate-authority-data": .ca} else {} end)
        + (if .proxyUrl then {"proxy-url": .proxyUrl} else {} end)
        + (if .tlsServerName then {"tls-server-name": .tlsServerName} else {} end))
    }),
    users: map({name, user: {exec: .exec}}),
    contexts: map({name, context: {cluster: .name, user: .name}})
  }
