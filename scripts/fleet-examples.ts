/** Examples of the reference, by section: what stands at that path. Each is checked against the schema by a test. */
export const EXAMPLES: Readonly<Record<string, string>> = {
  "": `fleet: shop
dns: { zone: k8s.example.com }
clusters:
  dublin:
    cloud: aws
    region: eu-west-1
    network: { cidr: 10.1.0.0/16 }
    api: { allowFrom: [203.0.113.0/24] }
    aws:
      accountId: "111122223333"
      admins: ["arn:aws:iam::111122223333:role/platform"]
      runner: "arn:aws:iam::111122223333:role/terraform"
names:
  www: { policy: simple, members: [dublin] }`,
  dns: `dns:
  zone: k8s.example.com
  caa: [letsencrypt.org]
  parent: { zone: example.com, aws: { accountId: "444455556666" } }`,
  "dns.parent": 'parent: { zone: example.com, engine: route53, aws: { accountId: "444455556666" } }',
  "dns.parent.aws": 'aws: { accountId: "444455556666", assumeRoleArn: "arn:aws:iam::444455556666:role/dns" }',
  "dns.parent.azure": `azure:
  subscriptionId: 00000000-0000-0000-0000-000000000005
  tenantId: 00000000-0000-0000-0000-000000000002
  resourceGroup: dns`,
  "dns.aws": 'aws: { accountId: "444455556666", assumeRoleArn: "arn:aws:iam::444455556666:role/dns" }',
  "dns.azure": `azure:
  subscriptionId: 00000000-0000-0000-0000-000000000001
  tenantId: 00000000-0000-0000-0000-000000000002`,
  "state (backend: local)": "state: { backend: local }",
  "state (backend: s3)": `state:
  backend: s3
  bucket: example-terraform-states
  region: eu-west-1
  prefix: shop/`,
  "state (backend: azurerm)": `state:
  backend: azurerm
  subscriptionId: 00000000-0000-0000-0000-000000000001
  resourceGroup: terraform
  storageAccount: exampleterraform
  container: states`,
  "state (backend: gcs)": "state: { backend: gcs, bucket: example-terraform-states, prefix: shop }",
  "state (backend: pg)": "state: { backend: pg }",
  "state (backend: http)": 'state: { backend: http, address: "https://states.example.com/{stack}" }',
  "state (backend: hcp)": "state: { backend: hcp, organization: example }",
  "clusters.<cluster>.servers.<server>": `files:
  role: nfs
  sshPublicKey: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFBsYXRmb3JtUGxhdGZvcm1QbGF0Zm9ybVBsYXRmb3Jt platform@example.com
  disk: { sizeGiB: 512, restoreFrom: { cluster: dublin-1706 } }`,
  "clusters.<cluster>.servers.<server>.disk": "disk: { sizeGiB: 512 }",
  "clusters.<cluster>.servers.<server>.disk.restoreFrom": "restoreFrom: { cluster: dublin-1706, server: files }",
  "clusters.<cluster>.servers.<server>.backup": "backup: { everyHours: 6, days: 30 }",
  "databases.<database>": `orders:
  engine: postgres
  cloud: aws
  region: eu-west-1
  size: medium
  highAvailability: true
  replicas: [eu-central-1]
  secretsRegion: eu-central-1
  network: { cidr: 10.250.0.0/24 }
  clusters: [dublin]`,
  "databases.<database>.network": "network: { cidr: 10.250.0.0/24 }",
  "databases.<database>.backups": "backups: { days: 30 }",
  "databases.<database>.restoreFrom":
    'restoreFrom: { server: /subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/shop-data/providers/Microsoft.DBforPostgreSQL/flexibleServers/shop-orders, time: "2026-11-20T03:00:00Z" }',
  "databases.<database>.aws": 'aws: { accountId: "111122223333" }',
  "databases.<database>.azure": `azure:
  subscriptionId: 00000000-0000-0000-0000-000000000001
  tenantId: 00000000-0000-0000-0000-000000000002
  runner: 00000000-0000-0000-0000-000000000004`,
  "databases.<database>.google": "google: { projectId: shop-data }",
  "registries.<registry>": `images:
  cloud: azure
  region: uksouth
  replicas: [westus, southeastasia]
  push: [00000000-0000-0000-0000-000000000005]`,
  "registries.<registry>.ci":
    "ci: { subnetId: /subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/ci/subnets/runners }",
  "registries.<registry>.keep": "keep: { untaggedDays: 30 }",
  "registries.<registry>.caches.<cache>": "quay: { from: quay.io }",
  "registries.<registry>.aws": 'aws: { accountId: "111122223333" }',
  "registries.<registry>.azure": `azure:
  subscriptionId: 00000000-0000-0000-0000-000000000001
  tenantId: 00000000-0000-0000-0000-000000000002`,
  "registries.<registry>.google": "google: { projectId: shop-images }",
  "backups.<backup>": "store: { cloud: azure, region: westeurope }",
  "backups.<backup>.aws": 'aws: { accountId: "111122223333" }',
  "backups.<backup>.azure": `azure:
  subscriptionId: 00000000-0000-0000-0000-000000000001
  tenantId: 00000000-0000-0000-0000-000000000002
  runner: 00000000-0000-0000-0000-000000000004`,
  "backups.<backup>.google": "google: { projectId: shop-backups }",
  charts: "charts: { source: mirror, mirror: oci://registry.example.com/charts }",
  "apps.<app>": `shop:
  chart: shop
  repository: oci://registry.example.com/charts
  version: 1.4.2
  clusters: [dublin, frankfurt]
  values: { replicas: 3 }`,
  "apps.<app>.image": "image: { repository: ghcr.io/team/shop, tag: variable }",
  "apps.<app>.perCluster.<perCluster>": "dublin: { values: { replicas: 5 } }",
  "apps.<app>.uses.<use>": "orders: { database: orders, read: local, as: DATABASE_URL }",
  "apps.<app>.rights": "rights: { aws: { buckets: { shop-media: write } }, google: { roles: [roles/pubsub.publisher] } }",
  "apps.<app>.rights.aws": `aws:
  buckets: { shop-media: write }
  queues: { shop-jobs: both }
  policies: ["arn:aws:iam::111122223333:policy/shop"]`,
  "apps.<app>.rights.azure[]": `- role: Storage Blob Data Contributor
  scope: /subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/shop/providers/Microsoft.Storage/storageAccounts/shopmedia`,
  "apps.<app>.rights.google": "google: { buckets: { shop-media: read }, roles: [roles/pubsub.publisher] }",
  "apps.<app>.smoke": "smoke: { path: /healthz, expect: 204 }",
  "namespaces.<namespace>": `shop:
  podSecurity: restricted
  openTo: [billing]
  quota: { cpu: "20", memory: 64Gi, pods: 100 }`,
  "namespaces.<namespace>.access": `access:
  aws: { developers: ["arn:aws:iam::111122223333:role/shop-developers"] }
  azure: { developers: [00000000-0000-0000-0000-000000000001] }
  google: { developers: ["group:shop@example.com"], viewers: ["user:ann@example.com"] }`,
  "namespaces.<namespace>.access.aws": 'aws: { developers: ["arn:aws:iam::111122223333:role/shop-developers"] }',
  "namespaces.<namespace>.access.azure": "azure: { viewers: [00000000-0000-0000-0000-000000000001] }",
  "namespaces.<namespace>.access.google": 'google: { developers: ["group:shop@example.com"], viewers: ["user:ann@example.com"] }',
  "namespaces.<namespace>.access.existing": "existing: { developers: [shop-developers] }",
  "namespaces.<namespace>.quota": 'quota: { cpu: "20", memory: 64Gi, storage: 500Gi, pods: 100 }',
  "namespaces.<namespace>.defaults": "defaults: { cpu: 100m, memory: 128Mi }",
  "names.<name>": `www:
  policy: weighted
  members:
    - { cluster: dublin, weight: 90 }
    - { cluster: frankfurt, weight: 10 }
  probe: { path: /healthz, intervalSeconds: 10 }`,
  "names.<name>.members[] (cluster)": "- { cluster: dublin, weight: 90 }",
  "names.<name>.members[].locations[] (continent)": "- { continent: EU }",
  "names.<name>.members[].locations[] (country)": "- { country: US, state: CA }",
  "names.<name>.members[].place": "place: { latitude: 53.35, longitude: -6.26 }",
  "names.<name>.members[] (name)": "- { name: europe, policy: failover, members: [dublin, frankfurt] }",
  "names.<name>.probe": "probe: { protocol: https, path: /healthz, intervalSeconds: 10, failureThreshold: 2 }",
  "clusters.<cluster>": `dublin:
  cloud: aws
  region: eu-west-1
  network: { cidr: 10.1.0.0/16 }
  pools: { main: { min: 2, max: 6 } }`,
  "clusters.<cluster>.network": "network: { cidr: 10.1.0.0/16, zones: [eu-west-1a, eu-west-1b, eu-west-1c], nat: single }",
  "clusters.<cluster>.network.existing": `existing:
  vpcId: vpc-0a1b2c3d4e5f60718
  privateSubnetIds: [subnet-0aaaaaaaaaaaaaaa1, subnet-0aaaaaaaaaaaaaaa2]
  publicSubnetIds: [subnet-0bbbbbbbbbbbbbbb1, subnet-0bbbbbbbbbbbbbbb2]`,
  "clusters.<cluster>.api": "api: { access: private, runnerInNetwork: true }",
  "clusters.<cluster>.pools.<pool>": `spot:
  machines: [m7i.xlarge, m6i.xlarge, m7a.xlarge]
  spot: true
  min: 0
  max: 20
  labels: { capacity: spot }
  taints: [{ key: capacity, value: spot, effect: NoSchedule }]`,
  "clusters.<cluster>.pools.<pool>.taints[]": "- { key: capacity, value: spot, effect: NoSchedule }",
  "clusters.<cluster>.maintenance": "maintenance: { day: saturday, startHour: 3, durationHours: 4 }",
  "clusters.<cluster>.location": "location: { latitude: 53.35, longitude: -6.26, country: IE, continent: EU }",
  "clusters.<cluster>.addons": `addons:
  monitoring: { enabled: true }
  externalDns: { enabled: true }
  ingress: { controller: traefik, replicas: 3 }`,
  "clusters.<cluster>.addons.ingress":
    "ingress: { controller: traefik, replicas: 3, values: { logs: { access: { enabled: true } } } }",
  "clusters.<cluster>.addons.backup": 'backup: { enabled: true, schedule: "0 3 * * *", keepDays: 30 }',
  "clusters.<cluster>.addons.backup.restore":
    "restore: { cluster: dublin-1706, backup: velero-daily-20261120030000, namespaces: [shop] }",
  "clusters.<cluster>.addons.certManager": "certManager: { ingressCertificate: production }",
  "clusters.<cluster>.addons.externalDns": "externalDns: { enabled: true, policy: upsert-only }",
  "clusters.<cluster>.addons.gatewayApi": "gatewayApi: { enabled: true }",
  "clusters.<cluster>.addons.clusterAutoscaler":
    "clusterAutoscaler: { values: { extraArgs: { scale-down-unneeded-time: 20m } } }",
  "clusters.<cluster>.addons.metricsServer": "metricsServer: { values: { replicas: 2 } }",
  "clusters.<cluster>.addons.storage": "storage: { shared: true }",
  "clusters.<cluster>.addons.storage.nfs": "nfs: { server: 10.1.0.40, share: /exports }",
  "clusters.<cluster>.addons.storage.nfsProvisioner": "nfsProvisioner: { enabled: true, sizeGiB: 100 }",
  "clusters.<cluster>.addons.monitoring": "monitoring: { enabled: true, retentionDays: 30, storageGiB: 200 }",
  "clusters.<cluster>.addons.logging": "logging: { enabled: true, output: { to: gelf, host: logs.example.com, mode: tls } }",
  "clusters.<cluster>.addons.logging.output (to: graylog)": "output: { to: graylog }",
  "clusters.<cluster>.addons.logging.output (to: gelf)": "output: { to: gelf, host: logs.example.com, port: 12201, mode: tls }",
  "clusters.<cluster>.addons.logging.output (to: elasticsearch or opensearch)":
    "output: { to: opensearch, host: search.example.com, credentialsSecret: search-login }",
  "clusters.<cluster>.addons.logging.output (to: cloud)": "output: { to: cloud, retentionDays: 90 }",
  "clusters.<cluster>.addons.graylog": "graylog: { enabled: true, storageGiB: 200 }",
  "clusters.<cluster>.addons.graylog.opensearch": "opensearch: { values: { opensearchJavaOpts: -Xms2g -Xmx2g } }",
  "clusters.<cluster>.addons.graylog.mongodb": "mongodb: { values: { resources: { requests: { memory: 512Mi } } } }",
  "clusters.<cluster>.addons.headlamp": "headlamp: { enabled: true, host: dashboard.example.com }",
  "clusters.<cluster>.addons.externalSecrets": "externalSecrets: { enabled: true, prefix: shop-production }",
  "clusters.<cluster>.addons.reloader": "reloader: { enabled: false }",
  "clusters.<cluster>.addons.guards": `guards:
  loadBalancerNamespaces: [game]
  open: [{ namespace: traefik, port: 9000, from: cluster }]`,
  "clusters.<cluster>.addons.guards.open[]": "- { namespace: traefik, port: 9000, from: cluster }",
  "clusters.<cluster>.aws": `aws:
  accountId: "111122223333"
  admins: ["arn:aws:iam::111122223333:role/platform"]
  runner: "arn:aws:iam::111122223333:role/terraform"`,
  "clusters.<cluster>.azure": `azure:
  subscriptionId: 00000000-0000-0000-0000-000000000001
  tenantId: 00000000-0000-0000-0000-000000000002
  admins: [00000000-0000-0000-0000-000000000003]
  runner: 00000000-0000-0000-0000-000000000004`,
  "clusters.<cluster>.azure.systemPool": "systemPool: { machine: Standard_D4ds_v5, min: 3, max: 5 }",
  "clusters.<cluster>.google": `google:
  projectId: shop-platform
  admins: ["group:platform@example.com"]
  runner: serviceAccount:terraform@shop-platform.iam.gserviceaccount.com`,
  "clusters.<cluster>.existing": `existing:
  endpoint: https://kubernetes.example.com
  exec: { command: fetch-token }
  ingress: { ips: [198.51.100.7] }`,
  "clusters.<cluster>.existing.exec": "exec: { command: fetch-token, args: [--cluster, office] }",
  "clusters.<cluster>.existing.ingress":
    "ingress: { hostname: k8s-office-0123456789.eu-west-1.elb.amazonaws.com, zoneId: Z32O12XQLNTSW2 }",
};

/** What may be written shorter, by section. */
export const SHORTHANDS: Readonly<Record<string, string>> = {
  "names.<name>.members[] (cluster)":
    "A cluster's name alone is short for `{ cluster: <name> }`: `members: [dublin, frankfurt]`.",
  "names.<name>.members[].locations[] (continent)": "`default` alone stands for every client that no other location covers.",
};
