import type { Data } from "../../model/support";
import { one, type Pair } from "../support";

const shop = { image: { registry: "images", repository: "shop", tag: "1" }, clusters: ["eks"] };
const ecr = (replicas: readonly string[], more: Data = {}) =>
  one(
    "eks",
    {},
    { registries: { images: { cloud: "aws", region: "us-east-1", replicas, repositories: ["shop"], ...more } }, apps: { shop } },
  );
const acr = (more: Data) => one("eks", {}, { registries: { images: { cloud: "azure", region: "uksouth", ...more } } });

const SECRET = "arn:aws:secretsmanager:us-east-1:111122223333:secret:ecr-pullthroughcache/hub-a1b2c3";
const hub = (more: Data) => ecr([], { caches: { hub: { from: "registry-1.docker.io", ...more }, quay: { from: "quay.io" } } });

/** Registries and their replicas. */
export const REGISTRIES: readonly Pair[] = [
  ["a replica of ECR nearer to a cluster", ecr([]), ecr(["eu-west-1"]), ["refused replica-empty", "warning replication-owned"]],
  [
    "copies of ECR that something else made",
    ecr(["us-west-2"], { replication: "external" }),
    ecr(["us-west-2"]),
    ["warning replication-owned"],
  ],
  ["a replica of ECR that nobody is near", ecr(["eu-west-1"]), ecr(["eu-west-1", "us-west-2"]), []],
  ["a replica of ECR less", ecr(["eu-west-1", "us-west-2"]), ecr(["eu-west-1"]), ["warning replica-removed"]],
  ["a cache's login leaves", hub({ secretArn: SECRET }), hub({ from: "public.ecr.aws" }), ["refused cache-login"]],
  ["a cache leaves with its login", hub({ secretArn: SECRET }), ecr([]), []],
  ["a cache gets a login", ecr([], { caches: { quay: { from: "quay.io" } } }), hub({ secretArn: SECRET }), []],
  ["a replica of ACR more", acr({}), acr({ replicas: ["westeurope"] }), []],
  ["a replica of ACR less", acr({ replicas: ["westeurope"] }), acr({}), ["warning replica-removed"]],
  ["a registry in another region", acr({}), acr({ region: "westeurope" }), ["refused resource-replaced"]],
  ["a registry of ECR in another region", ecr([]), ecr([], { region: "us-west-2" }), ["refused resource-replaced"]],
  ["a registry under another name", acr({}), acr({ name: "oneofmine" }), ["refused resource-replaced"]],
  ["a registry leaves", acr({}), one("eks"), ["refused stack-dropped"]],
  ["a repository of ECR leaves", ecr([], { repositories: ["shop", "old"] }), ecr([]), ["refused protected-dropped"]],
];
