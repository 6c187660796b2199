import { type Data, fleetWith, problemsOfText, problemsWith } from "../../support";

const ROLE = "the ARN of an IAM role, such as arn:aws:iam::111122223333:role/terraform";
const EMAIL = "the email of a service account and nothing before it, such as terraform@acme-platform.iam.gserviceaccount.com";
const OTHER = "arn:aws:iam::444455556666:role/deploy";
const otherAccount = (accountId: string) =>
  `'${OTHER}' is a role of account 444455556666, and \`accountId\` is ${accountId}, the only account that Terraform may work in: take a role of ${accountId}, or write \`accountId: "444455556666"\``;

const eks = (aws: Data): Data => ({ clusters: { eks: { aws } } });
const gke = (google: Data): Data => ({ clusters: { gke: { google } } });
const s3 = (more: Data): Data => ({ state: { backend: "s3", bucket: "acme-state", region: "eu-west-1", ...more } });
const gcs = (more: Data): Data => ({ state: { backend: "gcs", bucket: "acme-state", ...more } });

const IDENTITIES: [string, Data, string[]][] = [
  [
    "a user in the place of a role",
    eks({ assumeRoleArn: "arn:aws:iam::111122223333:user/me" }),
    [`clusters.eks.aws.assumeRoleArn: 'arn:aws:iam::111122223333:user/me' is not valid: ${ROLE}`],
  ],
  [
    "a session in the place of a role",
    eks({ assumeRoleArn: "arn:aws:sts::111122223333:assumed-role/ops/me" }),
    [`clusters.eks.aws.assumeRoleArn: 'arn:aws:sts::111122223333:assumed-role/ops/me' is not valid: ${ROLE}`],
  ],
  [
    "a role whose account has too few digits",
    eks({ assumeRoleArn: "arn:aws:iam::11112222333:role/terraform" }),
    [`clusters.eks.aws.assumeRoleArn: 'arn:aws:iam::11112222333:role/terraform' is not valid: ${ROLE}`],
  ],
  [
    "a role by its name",
    { dns: { aws: { accountId: "111122223333", assumeRoleArn: "terraform" } } },
    [`dns.aws.assumeRoleArn: 'terraform' is not valid: ${ROLE}`],
  ],
  [
    "a cluster's role of another account",
    eks({ assumeRoleArn: OTHER }),
    [`clusters.eks.aws.assumeRoleArn: ${otherAccount("111122223333")}`],
  ],
  [
    "an account that has the defaults' role of another one",
    { defaults: { aws: { assumeRoleArn: OTHER, accountId: "444455556666" } }, ...eks({ accountId: "777788889999" }) },
    [`defaults.aws.assumeRoleArn: ${otherAccount("777788889999")}`],
  ],
  [
    "a role of another account in the defaults, once for clusters and zone",
    { defaults: { aws: { assumeRoleArn: OTHER } } },
    [`defaults.aws.assumeRoleArn: ${otherAccount("111122223333")}`],
  ],
  [
    "a role of another account in the defaults, for the zone alone",
    { defaults: { aws: { assumeRoleArn: OTHER } }, clusters: { eks: undefined } },
    [`dns.aws.assumeRoleArn: ${otherAccount("111122223333")}`],
  ],
  [
    "a zone's role of another account",
    { dns: { aws: { accountId: "777788889999", assumeRoleArn: OTHER } } },
    [`dns.aws.assumeRoleArn: ${otherAccount("777788889999")}`],
  ],
  [
    "a parent zone's role of another account",
    { dns: { parent: { zone: "example.com", aws: { accountId: "777788889999", assumeRoleArn: OTHER } } } },
    [`dns.parent.aws.assumeRoleArn: ${otherAccount("777788889999")}`],
  ],
  [
    "a user in the place of the state's role",
    s3({ assumeRoleArn: "arn:aws:iam::111122223333:user/me" }),
    [`state.assumeRoleArn: 'arn:aws:iam::111122223333:user/me' can't be the assumeRoleArn: ${ROLE}`],
  ],
  [
    "a service account as a member of IAM",
    gke({ impersonateServiceAccount: "serviceAccount:terraform@acme-platform.iam.gserviceaccount.com" }),
    [
      `clusters.gke.google.impersonateServiceAccount: 'serviceAccount:terraform@acme-platform.iam.gserviceaccount.com' is not valid: ${EMAIL}`,
    ],
  ],
  [
    "a person in the place of a service account",
    gke({ impersonateServiceAccount: "me@example.com" }),
    [`clusters.gke.google.impersonateServiceAccount: 'me@example.com' is not valid: ${EMAIL}`],
  ],
  [
    "a service account of the state by its name",
    gcs({ impersonateServiceAccount: "terraform" }),
    [`state.impersonateServiceAccount: 'terraform' is not valid: ${EMAIL}`],
  ],
  [
    "a role as the boundary of permissions",
    eks({ permissionsBoundaryArn: "arn:aws:iam::111122223333:role/boundary" }),
    [
      "clusters.eks.aws.permissionsBoundaryArn: 'arn:aws:iam::111122223333:role/boundary' is no IAM policy: arn:aws:iam::<account>:policy/<name>",
    ],
  ],
  [
    "an alias as the key for secrets",
    eks({ secretsKeyArn: "arn:aws:kms:eu-west-1:111122223333:alias/secrets" }),
    [
      "clusters.eks.aws.secretsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:alias/secrets' is no KMS key in the cluster's region: arn:aws:kms:eu-west-1:<account>:key/<id>",
    ],
  ],
];

test.each(IDENTITIES)("%s is refused", (_what, changes, problems) => {
  expect(problemsWith(changes)).toEqual(problems);
});

const FINE: [string, Data][] = [
  ["a role", eks({ assumeRoleArn: "arn:aws:iam::111122223333:role/terraform" })],
  ["a role with a path", eks({ assumeRoleArn: "arn:aws:iam::111122223333:role/teams/platform/Deploy+CI=a,b.c@d_e-f" })],
  ["a role in China", eks({ assumeRoleArn: "arn:aws-cn:iam::111122223333:role/terraform" })],
  ["a role of GovCloud", eks({ assumeRoleArn: "arn:aws-us-gov:iam::111122223333:role/terraform" })],
  ["a role of an isolated partition", eks({ assumeRoleArn: "arn:aws-iso-b:iam::111122223333:role/terraform" })],
  ["a cluster in another account with its role", eks({ accountId: "444455556666", assumeRoleArn: OTHER })],
  ["a zone in another account with its role", { dns: { aws: { accountId: "444455556666", assumeRoleArn: OTHER } } }],
  ["a role of the state in another account", s3({ accountId: "111122223333", assumeRoleArn: OTHER })],
  ["a role of another S3 service", s3({ endpoint: "https://s3.example.com", assumeRoleArn: "arn:aws:iam:::role/states" })],
  ["a service account", gke({ impersonateServiceAccount: "terraform@acme-platform.iam.gserviceaccount.com" })],
  ["one of a domain's project", gke({ impersonateServiceAccount: "terraform@platform.example.com.iam.gserviceaccount.com" })],
  ["Compute Engine's", gke({ impersonateServiceAccount: "123456789012-compute@developer.gserviceaccount.com" })],
  ["App Engine's", gcs({ impersonateServiceAccount: "acme-platform@appspot.gserviceaccount.com" })],
  ["a policy of AWS's as the boundary", eks({ permissionsBoundaryArn: "arn:aws:iam::aws:policy/PowerUserAccess" })],
  ["a policy with a path as the boundary", eks({ permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/teams/boundary" })],
  ["a key of another account", eks({ secretsKeyArn: "arn:aws:kms:eu-west-1:444455556666:key/mrk-0a1b2c3d" })],
];

test.each(FINE)("%s is taken", (_what, changes) => {
  expect(() => fleetWith(changes)).not.toThrow();
});

test("an account that is misspelt is not held against its role", () => {
  expect(problemsWith(eks({ accountId: "1111", assumeRoleArn: OTHER }))).toEqual([
    "clusters.eks.aws.accountId: '1111' is not valid: an AWS account id: twelve digits, in quotes",
  ]);
});

test("a role of another account is said where it stands", () => {
  const [line] = problemsOfText(`fleet: acme
dns: { zone: k8s.example.com }
clusters:
  a:
    cloud: aws
    region: eu-west-1
    network: { cidr: 10.1.0.0/16 }
    api: { allowFrom: [203.0.113.0/24] }
    aws:
      accountId: "111122223333"
      assumeRoleArn: ${OTHER}
      admins: ["arn:aws:iam::111122223333:role/a"]
      runner: "arn:aws:iam::111122223333:role/r"
`);
  expect(line).toBe(`x.yaml:11:22 clusters.a.aws.assumeRoleArn: ${otherAccount("111122223333")}`);
});

test("a role of IAM Identity Center without its path is refused: the access entry would match nobody", () => {
  const role = (path: string) => `arn:aws:iam::111122223333:role/${path}AWSReservedSSO_Admin_0123456789abcdef`;
  const problems = (path: string) => problemsWith({ clusters: { eks: { aws: { admins: [role(path)] } } } });
  expect(problems("")).toEqual([expect.stringContaining("lacks the path that roles of IAM Identity Center have")]);
  expect(problems("aws-reserved/sso.amazonaws.com/eu-west-1/")).toEqual([]);
  expect(problems("aws-reserved/sso.amazonaws.com/")).toEqual([]);
});
