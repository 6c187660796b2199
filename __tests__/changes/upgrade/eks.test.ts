import { pinEks, questions } from "../../../changes/upgrade/eks";
import { EKS_ADD_ONS } from "../../../model/schema/clouds";
import { fleetWith } from "../../model/support";
import { said } from "../upgrade-support";

const POOLS = {
  main: {},
  arm: { architecture: "arm64", kubernetes: "1.35", image: "1.35.1-20261112" },
};
const read = fleetWith({
  clusters: { eks: { kubernetes: "1.36", pools: POOLS, aws: { addonVersions: { coredns: "v1.13.1-eksbuild.1" } } } },
});

test("each pool's newest image is asked for by its version and architecture, each add-on's default by the control plane's", () => {
  const parameter = (version: string, architecture: string) =>
    `/aws/service/eks/optimized-ami/${version}/amazon-linux-2023/${architecture}/standard/recommended/release_version`;
  const ask = ["ssm", "get-parameter", "--region", "eu-west-1", "--query", "Parameter.Value", "--output", "text", "--name"];
  expect(questions(read, [], "images")).toEqual([
    { cluster: "eks", key: "main", ask: [...ask, parameter("1.36", "x86_64")] },
    { cluster: "eks", key: "arm", ask: [...ask, parameter("1.35", "arm64")] },
  ]);
  const addOns = questions(read, [], "addons");
  expect(addOns.map(({ key }) => key)).toEqual([...EKS_ADD_ONS]);
  expect(addOns[0]).toEqual({
    cluster: "eks",
    key: EKS_ADD_ONS[0],
    ask: [
      ...["eks", "describe-addon-versions", "--region", "eu-west-1", "--kubernetes-version", "1.36"],
      ...["--addon-name", EKS_ADD_ONS[0], "--query"],
      "addons[0].addonVersions[?compatibilities[?defaultVersion==`true`]].addonVersion | [0]",
      ...["--output", "text"],
    ],
  });
});

test("what AWS answers is pinned where the fleet says it; what is there already, or was not answered, stays", () => {
  const images = (arm: string) =>
    pinEks(
      read,
      [],
      "images",
      new Map([
        ["eks/main", "1.36.2-20261120"],
        ["eks/arm", arm],
      ]),
    );
  expect(images("1.35.1-20261112").moves).toEqual([
    {
      cluster: "eks",
      path: ["pools", "main", "image"],
      what: "image of pool main",
      from: "AWS's choice",
      to: "1.36.2-20261120",
      notes: ["nodes are replaced a third at a time"],
      pin: { field: "images", key: "main" },
    },
  ]);
  expect(images("1.35.1-20261112").stays).toEqual([{ cluster: "eks", why: "arm is at 1.35.1-20261112 already" }]);
  expect(images("1.35.9-20261120").moves[1]!.from).toBe("1.35.1-20261112");
  const addOn = pinEks(read, [], "addons", new Map([["eks/coredns", "v1.14.0-eksbuild.1"]]));
  expect(addOn.moves).toEqual([
    {
      cluster: "eks",
      path: ["aws", "addonVersions", "coredns"],
      what: "add-on coredns",
      from: "v1.13.1-eksbuild.1",
      to: "v1.14.0-eksbuild.1",
      notes: [],
      pin: { field: "eksAddons", key: "coredns" },
    },
  ]);
  expect(said(pinEks(read, [], "addons", new Map()))).toContain("eks stays: coredns is not pinned");
});
