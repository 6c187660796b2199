import * as aws from "../../limits/aws";
import * as azure from "../../limits/azure";
import * as google from "../../limits/google";
import { allowedRangeProblem } from "../../limits/kubernetes";
import type { Problem, Rule, Rules } from "../../problems/problem";
import type { Cluster } from "../../schema/cluster";
import type { Api } from "../../schema/network";
import { inCluster } from "../clusters";

const MOST_RANGES = {
  aws: aws.MOST_ALLOWED_RANGES,
  azure: azure.MOST_ALLOWED_RANGES,
  google: google.MOST_ALLOWED_RANGES,
} as const;

/** Who may reach the Kubernetes API is written down, and Terraform is among them. */
export const api: Rules = {
  "api-proxy": ofClusters(proxyProblems),
  "api-ranges": ofClusters(rangeProblems),
  "api-access": ofClusters(accessProblems),
};

function ofClusters(problems: (cluster: Cluster) => readonly Problem[]): Rule {
  return ({ clusters }) => clusters.flatMap(problems);
}

function accessProblems(cluster: Cluster): readonly Problem[] {
  if (cluster.cloud === "existing") return [];
  const { access, allowFrom, proxyUrl, runnerInNetwork } = cluster.api;
  const dnsEndpoint = cluster.cloud === "google" && cluster.google.dnsEndpoint;
  if (access === "public") {
    if (allowFrom.length > MOST_RANGES[cluster.cloud])
      return [
        inCluster(
          cluster,
          ["api", "allowFrom"],
          `${allowFrom.length} ranges are too many: at most ${MOST_RANGES[cluster.cloud]} on ${cluster.cloud}`,
        ),
      ];
    if (allowFrom.length > 0 || dnsEndpoint) return [];
    return [
      inCluster(
        cluster,
        ["api", "allowFrom"],
        "a public API needs the ranges that may reach it, at least those of the people and of the runner of Terraform; or write `access: private`",
      ),
    ];
  }
  const problems: Problem[] = [];
  if (cluster.cloud === "azure" && allowFrom.length > 0)
    problems.push(
      inCluster(
        cluster,
        ["api", "access"],
        "AKS has no allow-list for a private API: write `allowFrom: null`, which also removes the defaults'",
      ),
    );
  if (proxyUrl === undefined && !runnerInNetwork && !dnsEndpoint)
    problems.push(
      inCluster(
        cluster,
        ["api", "access"],
        `Terraform must reach a private API: give \`proxyUrl\`, or say \`runnerInNetwork: true\`${cluster.cloud === "google" ? ", or open the DNS endpoint with `google.dnsEndpoint: true`" : ""}`,
      ),
    );
  return problems;
}

function rangeProblems(cluster: Cluster): readonly Problem[] {
  return cluster.api.allowFrom.flatMap((range, index) => {
    const problem =
      allowedRangeProblem(range) ??
      (cluster.cloud === "aws" && cluster.api.access === "public" ? aws.allowedRangeProblem(range) : undefined);
    return problem === undefined ? [] : [inCluster(cluster, ["api", "allowFrom", index], problem)];
  });
}

function proxyProblems(cluster: Cluster): readonly Problem[] {
  const { proxyUrl }: Api = cluster.api;
  if (proxyUrl === undefined) return [];
  const at = (message: string) => [inCluster(cluster, ["api", "proxyUrl"], message)];
  if (!URL.canParse(proxyUrl) || !/^(https?|socks5):$/.test(new URL(proxyUrl).protocol))
    return at("it is no URL of a proxy: http://, https:// or socks5://, host and port");
  const { username, password } = new URL(proxyUrl);
  return username || password
    ? at("the URL has a user or password in it, and would show them to everybody who reads the output: remove them")
    : [];
}
