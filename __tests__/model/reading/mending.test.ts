import { problemsOfText, problemsWith } from "../support";

const START = `fleet: acme
dns: { zone: k8s.example.com, aws: { accountId: "111122223333" } }
`;
const SETTINGS = `defaults:
  api: { allowFrom: [203.0.113.0/24] }
  aws: { accountId: "111122223333", admins: ["arn:aws:iam::111122223333:role/platform"], runner: "arn:aws:iam::111122223333:role/terraform" }
`;
const CLUSTERS = `clusters:
  a: { cloud: aws, region: sa-east-1, network: { cidr: 10.20.0.0/16 } }
  b: { cloud: aws, region: us-east-2, network: { cidr: 10.30.0.0/16 } }
`;

/** Problems by where they are, without what they say. */
const placesOf = (text: string) => problemsOfText(text).map((problem) => problem.split(" ")[1]?.replace(/:$/, ""));

describe("a file whose shape is wrong is looked at by the rules too", () => {
  test("a number that should be text, and mistakes of every other kind", () => {
    const text = `${START}clusters:
  ohio: { cloud: aws, region: us-east-2, network: { cidr: 10.30.0.0/16 }, pools: { p: { min: 5, max: 1 } }, aws: { accountId: 111122223333 } }
names: { app: { policy: latency, members: [oho] } }
drain: [oihoo]
`;
    expect(placesOf(text)).toEqual([
      "clusters.ohio.api.allowFrom",
      "clusters.ohio.pools.p.min",
      "clusters.ohio.aws.runner",
      "clusters.ohio.aws.admins",
      "clusters.ohio.aws.accountId",
      "names.app.members[0]",
      "drain[0]",
    ]);
  });

  test("a cluster without its cloud's block keeps its range, its pools and its name", () => {
    const text = `${START}clusters:
  a: { cloud: aws, region: sa-east-1, network: { cidr: 10.20.0.0/16 }, api: { allowFrom: [203.0.113.0/24] } }
  b: { cloud: azure, region: canadacentral, network: { cidr: 10.20.0.0/16 }, api: { allowFrom: [203.0.113.0/24] }, pools: { p: { spot: true } } }
  Upper: { cloud: google, region: us-east1, network: { cidr: 10.20.0.0/16 }, api: { allowFrom: [203.0.113.0/24] }, google: { projectId: 1 } }
names: { app: { policy: latency, members: [a, b, Upper] } }
`;
    expect(placesOf(text)).toEqual([
      "clusters.a.aws",
      "clusters.b.azure",
      "clusters.b.network.cidr",
      "clusters.b.pools",
      "clusters.Upper",
      "clusters.Upper.network.cidr",
      "clusters.Upper.network.cidr",
      "clusters.Upper.google.runner",
      "clusters.Upper.google.admins",
      "clusters.Upper.google.projectId",
      "clusters.Upper.google.projectId",
    ]);
  });

  test("a misspelt word is read as what was meant", () => {
    expect(
      problemsWith({
        clusters: { eks: { cloud: "EKS", network: undefined, netwrok: { cidr: "10.2.0.0/16" } } },
        names: { app: { policy: "latncy", members: ["aws"] } },
      }),
    ).toEqual([
      "clusters.eks.cloud: 'EKS' is not allowed; did you mean 'aws'?",
      "clusters.eks.netwrok: there is no field 'netwrok' here; did you mean 'network'?",
      "clusters.aks.network.cidr: 10.2.0.0/16 overlaps 10.2.0.0/16 of cluster 'eks': clusters must not share addresses",
      "names.app.policy: 'latncy' is not allowed; did you mean 'latency'?",
      "names.app.members[0]: no cluster is called 'aws'; did you mean 'aks'?",
    ]);
  });

  test("a cluster without a cloud is one of the cloud that has its region", () => {
    expect(problemsWith({ clusters: { gke: { cloud: undefined, network: { cidr: "10.2.0.0/16" } } } })).toEqual([
      "clusters.gke.cloud: is missing; allowed: aws, azure, google, existing",
      "clusters.gke.network.cidr: 10.2.0.0/16 overlaps 10.2.0.0/16 of cluster 'aks': clusters must not share addresses",
    ]);
  });

  test("entries behind a broken one keep their places", () => {
    expect(problemsWith({ names: { app: { policy: "latency", members: [[], "eks", "gkee"] } }, drain: [[], "nobody"] })).toEqual([
      "names.app.members[0]: an empty list is not valid: a member is a cluster's name, {cluster, …} or {name, policy, members, …}; further fields: weight, locations, bias, place",
      "names.app.members[2]: no cluster is called 'gkee'; did you mean 'gke'?",
      "drain[0]: an empty list is not text",
      "drain[1]: no cluster is called 'nobody'; clusters: eks, aks, gke",
    ]);
  });

  test("a text that YAML takes for a map, as a colon stands in it, is told to be in quotes", () => {
    expect(problemsWith({ acceptChanges: [{ "clusters.eks.kubernetes": "1.36 → 1.35" }, { a: "b", c: "d" }] })).toEqual([
      'acceptChanges[0]: a map is not text, which a colon makes of it: write it in quotes, "clusters.eks.kubernetes: 1.36 → 1.35"',
      "acceptChanges[1]: a map is not text",
    ]);
  });

  test("what comes of a broken part is not said: the fleet's name, the zone, a region, all clusters", () => {
    expect(problemsWith({ fleet: 5.5, destroyedStacks: ["acme-old-cluster"] })).toHaveLength(2);
    expect(problemsWith({ dns: { zone: [], parent: { zone: "example.com" } } })).toEqual(["dns.zone: an empty list is not text"]);
    expect(problemsWith({ clusters: { eks: { region: [], network: { zones: ["eu-west-1a", "eu-west-1b"] } } } })).toHaveLength(1);
    expect(problemsWith({ clusters: [], drain: ["eks"], names: { app: { policy: "latency", members: ["eks"] } } })).toEqual([
      "clusters: an empty list is not a map: write `name: …` for each instead of `- …`",
    ]);
    expect(problemsWith({ drain: ["eks"], names: { app: { policy: "latency", members: ["eks", []] } } })).toHaveLength(1);
  });

  test("ranges of an allow-list are looked at one by one", () => {
    expect(problemsWith({ clusters: { eks: { api: { access: "open", allowFrom: ["0.0.0.0/0", 7] } } } })).toEqual([
      "clusters.eks.api.access: 'open' is not allowed; allowed: public, private",
      expect.stringMatching(/^clusters\.eks\.api\.allowFrom\[0\]: 0\.0\.0\.0\/0 opens/),
      'clusters.eks.api.allowFrom[1]: 7 is a number to YAML, and this is text: write it in quotes, "7"',
      "clusters.eks.api.allowFrom[1]: '7' is not valid: an IPv4 CIDR such as 10.10.0.0/16",
    ]);
  });

  test("a version without quotes that no cloud has is told both", () => {
    expect(problemsOfText(`${START}${SETTINGS}${CLUSTERS.replace("us-east-2,", "us-east-2, kubernetes: 1.30,")}`)).toEqual([
      'x.yaml:8:51 clusters.b.kubernetes: 1.30 is a number to YAML, and this is text: write it in quotes, "1.30"',
      "x.yaml:8:51 clusters.b.kubernetes: Kubernetes '1.30' is not known here; allowed: 1.33, 1.34, 1.35, 1.36, 1.37",
    ]);
  });
});

describe("keys that stand twice, and aliases of nothing, hide nothing else", () => {
  const names = (text: string) => `${START}${SETTINGS}${CLUSTERS}names:\n${text}`;

  test("what stands in two maps of one key is all looked at", () => {
    const text = names("  app: { policy: latency }\n  x: { policy: latency, members: [nobody] }\n");
    expect(
      problemsOfText(`${text}clusters:\n  c: { cloud: awss, region: eu-west-1, network: { cidr: 10.30.0.0/16 } }\n`),
    ).toEqual([
      "x.yaml:11:35 names.x.members[0]: no cluster is called 'nobody'; clusters: a, b, c",
      "x.yaml:12:1 the key 'clusters' stands here a second time; YAML would drop one of the two",
      "x.yaml:13:15 clusters.c.cloud: 'awss' is not allowed; did you mean 'aws'?",
      "x.yaml:13:57 clusters.c.network.cidr: 10.30.0.0/16 overlaps 10.30.0.0/16 of cluster 'b': clusters must not share addresses",
    ]);
  });

  test("an anchor that goes with a second key leaves one problem", () => {
    const text = `${START}${SETTINGS}${CLUSTERS}tags: { team: a, team: &team b, owner: *team }\n`;
    expect(problemsOfText(text)).toEqual([
      "x.yaml:9:18 the key 'team' stands here a second time; YAML would drop one of the two",
    ]);
  });

  test("an alias of nothing is one problem, and what it stands for makes no other", () => {
    const text = names("  app: { policy: latency, members: [nobody] }\n  x: { policy: *policy, members: [a, b] }\n");
    expect(problemsOfText(text)).toEqual([
      "x.yaml:10:37 names.app.members[0]: no cluster is called 'nobody'; clusters: a, b",
      "x.yaml:11:16 no anchor '&policy' stands before the alias '*policy'",
    ]);
  });
});

describe("defaults", () => {
  test("a missing field is missing in the cluster, whatever the defaults say that it can't take", () => {
    const text = `${START}${SETTINGS.replace("defaults:\n", "defaults:\n  cloud: aws\n")}${CLUSTERS.replace("cloud: aws, region: sa", "region: sa")}`;
    expect(problemsOfText(text).map((problem) => problem.slice(0, 60))).toEqual([
      "x.yaml:4:3 defaults.cloud: 'cloud' is said by each cluster f",
      "x.yaml:8:3 clusters.a.cloud: is missing; allowed: aws, azure",
    ]);
  });

  test("a block for clusters of another kind is no matter for the defaults where they can't take it", () => {
    expect(problemsWith({ clusters: { eks: { existing: {} } } })).toEqual([
      "clusters.eks.existing: 'existing' is for clusters with `cloud: existing`, and this one has `cloud: aws`: remove it",
    ]);
  });
});

test("how many pods a node takes is not judged while its machines can't be read", () => {
  const pool = (machines: string) => `${START}${SETTINGS}clusters:
  a: { cloud: aws, region: sa-east-1, network: { cidr: 10.20.0.0/16 }, pools: { main: {}, big: { machines: ${machines}, maxPods: 200 } } }
`;
  expect(placesOf(pool("[m7i.xlarge]"))).toEqual(["clusters.a.pools.big.maxPods"]);
  expect(placesOf(pool("[{ size: 16xlarge }]"))).toEqual(["clusters.a.pools.big.machines[0]"]);
});
