import * as aws from "../../../model/limits/aws";

const UUID = "0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f";

test("EKS takes 40 ranges for its API, and a VPC is a /16 to a /20", () => {
  expect(aws.MOST_ALLOWED_RANGES).toBe(40);
  expect(aws.VPC).toEqual({ largest: 16, smallest: 20 });
});

test.each([
  ["10.0.0.0/12", undefined],
  ["172.16.0.0/24", undefined],
  ["172.31.0.0/16", undefined],
  ["192.168.0.0/16", undefined],
  ["10.0.0.0/11", "10.0.0.0/11 for services is a /11, and EKS takes /12 to /24"],
  ["10.0.0.0/25", "10.0.0.0/25 for services is a /25, and EKS takes /12 to /24"],
  ["100.64.0.0/16", "EKS takes services from 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, not 100.64.0.0/16"],
  ["172.32.0.0/16", "not 172.32.0.0/16"],
  ["192.169.0.0/16", "not 192.169.0.0/16"],
])("of services in %s EKS says %j", (range, problem) => {
  if (problem === undefined) expect(aws.servicesProblem(range)).toBeUndefined();
  else expect(aws.servicesProblem(range)).toContain(problem);
});

describe("pods on a node of EKS", () => {
  test.each(["t4g.nano", "t3.micro", "t3.small", "m7g.medium", "m7g.large", "m7g.xlarge", "m7g.2xlarge", "m7g.7xlarge"])(
    "are 110 at most on %s",
    (machine) => {
      expect(aws.podsProblem([machine], 110)).toBeUndefined();
      expect(aws.podsProblem([machine], 111)).toBe(`111 is above 110, EKS's limit for machines below 30 vCPU such as ${machine}`);
    },
  );

  test("are more on large machines, and above 250 something else says so", () => {
    for (const machine of ["m7g.8xlarge", "m7g.12xlarge", "m7g.metal", "m7g.largest"])
      expect(aws.podsProblem([machine], 111)).toBeUndefined();
    expect(aws.podsProblem(["m7g.8xlarge", "m7g.large"], 250)).toContain("such as m7g.large");
    expect(aws.podsProblem(["m7g.large"], 251)).toBeUndefined();
    expect(aws.podsProblem([], 250)).toBeUndefined();
  });
});

test("a private range is none that EKS lets in from the internet", () => {
  expect(aws.allowedRangeProblem("203.0.113.0/24")).toBeUndefined();
  expect(aws.allowedRangeProblem("10.1.0.0/16")).toContain("10.1.0.0/16 is private");
});

describe("accelerators", () => {
  test("are NVIDIA's or AWS's own, by the beginning of a machine's family", () => {
    const of = (machines: string) => machines.split(" ").map(aws.acceleratorOf);
    expect(new Set(of("p5.48xlarge g6.xlarge gr6.4xlarge"))).toEqual(new Set(["nvidia"]));
    expect(new Set(of("inf2.xlarge trn1.2xlarge"))).toEqual(new Set(["neuron"]));
    expect(new Set(of("m7g.large t4g.nano mac2.metal c7gn.large dl1.24xlarge xinf2.large"))).toEqual(new Set([undefined]));
  });

  test.each([
    [["g6.xlarge", "p5.48xlarge"], "amd64", undefined],
    [["m7g.large", "c7g.large"], "arm64", undefined],
    [["g5g.xlarge"], "arm64", undefined],
    [["inf2.xlarge", "trn1.2xlarge"], "amd64", undefined],
    [[], "arm64", undefined],
    [["m7i.large", "g6.xlarge"], "amd64", "'m7i.large' and 'g6.xlarge' have not the same accelerator"],
    [["g6.xlarge", "g5.xlarge", "inf2.xlarge"], "amd64", "'g6.xlarge' and 'inf2.xlarge' have not the same accelerator"],
    [["m7i.large", "mac1.metal"], "amd64", "'mac1.metal' runs macOS alone"],
    [["m7i.large", "dl1.24xlarge"], "amd64", "EKS has no image with the drivers of 'dl1.24xlarge'"],
    [["vt1.3xlarge"], "amd64", "the drivers of 'vt1.3xlarge'"],
    [["f2.6xlarge"], "amd64", "the drivers of 'f2.6xlarge'"],
    [["inf2.xlarge"], "arm64", "EKS has no Arm image with the drivers of 'inf2.xlarge'"],
  ] as const)("of %j with an image for %s", (machines, architecture, problem) => {
    const found = aws.acceleratorProblem(machines, architecture);
    if (problem === undefined) expect(found).toBeUndefined();
    else expect(found).toContain(problem);
  });
});

test("a node takes 17 addresses of a private subnet, of which five are AWS's", () => {
  expect(aws.roomProblem(["10.0.0.0/24"], 14, "it")).toBeUndefined();
  expect(aws.roomProblem(["10.0.0.0/24"], 15, "pool 'main'")).toMatch(
    /^pool 'main' can grow to 15 nodes, and there is room for 14 in the private subnets 10\.0\.0\.0\/24 \(256 addresses\): five .* takes 17,/,
  );
  expect(aws.roomProblem(["10.0.0.0/24", "10.0.1.0/24"], 28, "it")).toBeUndefined();
  expect(aws.roomProblem(["10.0.0.0/24", "10.0.1.0/25"], 29, "it")).toContain(
    "room for 21 in the private subnets 10.0.0.0/24 (256 addresses), 10.0.1.0/25 (128 addresses): ",
  );
  expect(aws.roomProblem([], 100, "it")).toBeUndefined();
});

test("who gets at EKS is a role or user, by the ARN that it has", () => {
  expect(aws.principalProblem("arn:aws-cn:sts::111122223333:assumed-role/ops/me")).toBe(
    "'arn:aws-cn:sts::111122223333:assumed-role/ops/me' is a session, which ends: name its role, arn:aws-cn:iam::111122223333:role/ops",
  );
  expect(aws.principalProblem("x arn:aws:sts::111122223333:assumed-role/ops/me")).toContain("is no IAM role or user");
  expect(aws.principalProblem("arn:aws:iam::111122223333:role/AWSReservedSSO_Admins_0a1b")).toContain(
    "nobody would match it: arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/<region>/AWSReservedSSO_Admins_0a1b, ",
  );
  expect(
    aws.principalProblem("arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admins_0a"),
  ).toBeUndefined();
  expect(aws.principalProblem("arn:aws:iam::111122223333:role/a b")).toContain("is no IAM role or user");
});

test("a wrong account, key, policy or cluster's name is named with what it should be", () => {
  expect(aws.accountProblem("1")).toBe("'1' is no AWS account id, which has twelve digits");
  expect(aws.keyProblem("k", "eu-west-1")).toBe(
    "'k' is no KMS key in the cluster's region: arn:aws:kms:eu-west-1:<account>:key/<id>",
  );
  expect(aws.keyProblem(`arn:aws-cn:kms:cn-north-1:111122223333:key/mrk-${UUID}`, "cn-north-1")).toBeUndefined();
  expect(aws.policyProblem("p")).toBe("'p' is no IAM policy: arn:aws:iam::<account>:policy/<name>");
  expect(aws.policyProblem(`arn:aws:iam::aws:policy/${"a".repeat(128)}`)).toBeUndefined();
  expect(aws.policyProblem(`arn:aws:iam::aws:policy/${"a".repeat(129)}`)).toBeDefined();
  expect(aws.clusterNameProblem("a_b")).toContain("'a_b' is no name that load balancers take too");
});

test("an ARN of another partition is named with that of the region", () => {
  expect(aws.partitionProblem("arn:aws-cn:iam::1:role/a", "us-gov-west-1")).toBe(
    "'arn:aws-cn:iam::1:role/a' is of partition aws-cn, and us-gov-west-1 is in aws-us-gov, where nobody knows it: write arn:aws-us-gov:…",
  );
});

test("NAT gateways have an address each", () => {
  expect(aws.egressProblem(["eipalloc-0a", "eipalloc-0b"], 2)).toBeUndefined();
  expect(aws.egressProblem(["eipalloc-0a"], 2)).toContain("there are 1 and 2 NAT gateways, which have an address each: give 2,");
  expect(aws.egressProblem(["eipalloc-0a", "eipalloc-0b"], 1)).toContain("there are 2 and 1 NAT gateways");
  expect(aws.egressProblem(["eipalloc-0a", "eip-0b"], 2)).toContain("'eip-0b' is no allocation id");
});
