import { hasAddOn, ownDomain } from "../host";
import { ingressValues } from "../ingress";
import type { Install } from "../install";
import { secretFromStore } from "../secret-store";

const NAMESPACE = "graylog";

/** Graylog, with an OpenSearch for the messages and a MongoDB for the settings that nothing else can reach. */
export const graylog: Install<"graylog"> = {
  namespace: {
    name: NAMESPACE,
    podSecurity: "baseline",
    open: [
      { port: 12201, pods: { "app.kubernetes.io/name": "graylog" }, from: "cluster" },
      { port: 9000, pods: { "app.kubernetes.io/name": "graylog" }, from: "cluster" },
    ],
  },
  install(scope, host, installer) {
    const { graylog: settings } = host.addons;
    const address = settings.host ?? `graylog.${ownDomain(host)}`;
    const mongodbSecret = `${settings.secret}-mongodb`;
    const secrets = hasAddOn(host, "external-secrets")
      ? [
          installer.objects(scope, "graylog-secrets", {
            phase: "resources",
            namespace: NAMESPACE,
            objects: [settings.secret, mongodbSecret].map((name) => secretFromStore(host, name, NAMESPACE)),
          }),
        ]
      : [];
    const opensearch = installer.chart(scope, "opensearch", {
      phase: "services",
      chart: "opensearch",
      namespace: NAMESPACE,
      values: {
        fullnameOverride: "opensearch",
        clusterName: "graylog",
        singleNode: true,
        opensearchJavaOpts: "-Xms1g -Xmx1g",
        resources: { requests: { cpu: "500m", memory: "2Gi" }, limits: { memory: "2Gi" } },
        persistence: { enabled: true, enableInitChown: false, size: `${settings.storageGiB}Gi` },
        // no mmap, so that no node's vm.max_map_count has to change; no login, since only Graylog reaches it
        config: {
          "opensearch.yml": [
            "cluster.name: graylog",
            "network.host: 0.0.0.0",
            "node.store.allow_mmap: false",
            "action.auto_create_index: false",
            "plugins.security.disabled: true",
            "",
          ].join("\n"),
        },
        extraEnvs: [
          { name: "DISABLE_INSTALL_DEMO_CONFIG", value: "true" },
          { name: "DISABLE_SECURITY_PLUGIN", value: "true" },
        ],
        securityConfig: { enabled: false },
      },
    });
    const mongodb = installer.chart(scope, "mongodb", {
      phase: "services",
      chart: "mongodb",
      namespace: NAMESPACE,
      after: secrets,
      values: {
        fullnameOverride: "mongodb",
        // MONGO_INITDB_ROOT_USERNAME and MONGO_INITDB_ROOT_PASSWORD
        extraEnvSecrets: [mongodbSecret],
        storage: { requestedSize: "10Gi" },
        resources: { requests: { cpu: "100m", memory: "512Mi" }, limits: { memory: "1Gi" } },
        initResources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "128Mi" } },
      },
    });
    installer.chart(scope, "release", {
      phase: "services",
      chart: "graylog",
      namespace: NAMESPACE,
      after: [...secrets, opensearch, mongodb],
      values: {
        fullnameOverride: "graylog",
        tags: { "install-opensearch": false, "install-mongodb": false },
        // otherwise the chart asks MongoDB's operator for one, which isn't there
        mongodb: { community: { install: false } },
        graylog: {
          // the chart's own is 16g
          heapSize: "1g",
          // what the pages in the browser call, through the ingress controller's TLS
          externalUri: `https://${address}`,
          existingRootSecret: settings.secret,
          mongodb: { uriSecretName: settings.secret, uriSecretKey: "mongodb-uri" },
          // the chart has no tag for it
          init: {
            image: { repository: "docker.io/library/alpine:3.23" },
            resources: { requests: { cpu: "10m", memory: "32Mi" } },
          },
          // the service of the chart's `masterService`, whatever fullnameOverride says
          opensearch: { hosts: "http://opensearch-cluster-master:9200" },
          // the chart's own has a second port named gelf, which the API refuses
          service: { ports: [] },
          persistence: { enabled: true, size: "20Gi" },
          resources: { requests: { cpu: "500m", memory: "2Gi" }, limits: { memory: "3Gi" } },
          input: { tcp: { service: { name: "graylog-tcp", type: "ClusterIP" }, ports: [{ name: "gelf", port: 12201 }] } },
          ingress: {
            ...ingressValues(host),
            hosts: [address],
          },
        },
      },
    });
  },
};
