// Prints a fleet file of N clusters, a third in each cloud.
export function fleetOf(count) {
  const clusters = Array.from({ length: count }, (_, index) => {
    const [cloud, region] = [
      ["aws", "eu-west-1"],
      ["azure", "westeurope"],
      ["google", "europe-west4"],
    ][index % 3];
    // a /18 for each, four to a 10.x.0.0/16
    const cidr = `10.${Math.floor(index / 4)}.${(index % 4) * 64}.0/18`;
    return `  c${index}: { cloud: ${cloud}, region: ${region}, network: { cidr: ${cidr} } }`;
  });
  return `fleet: bench
dns: { zone: k8s.example.com, aws: { accountId: "111122223333" } }
defaults:
  api: { allowFrom: [203.0.113.0/24] }
  aws: { accountId: "111122223333", admins: ["arn:aws:iam::111122223333:role/a"], runner: "arn:aws:iam::111122223333:role/r" }
  azure:
    subscriptionId: 00000000-0000-0000-0000-000000000001
    tenantId: 00000000-0000-0000-0000-000000000002
    admins: [00000000-0000-0000-0000-000000000003]
    runner: 00000000-0000-0000-0000-000000000004
  google: { projectId: bench-project, admins: ["group:a@example.com"], runner: "serviceAccount:r@bench-project.iam.gserviceaccount.com" }
clusters:
${clusters.join("\n")}
`;
}
