import { resources, theResource } from "../support/synth";
import { resourceLike, synthEks, unusual, usual, ZONES } from "./eks-fixtures";

const stack = synthEks(usual);
const other = synthEks(unusual);
const addOn = (name: string) => resourceLike(stack, "aws_eks_addon", `add-ons_${name}`);
const pool = resourceLike(stack, "aws_eks_node_group", "nodes");

describe("a node pool", () => {
  test("that is replaced lives beside its successor: new name, made before the old one goes", () => {
    expect(pool.block.node_group_name).toBeUndefined();
    expect(pool.block.node_group_name_prefix).toBe("main-");
    expect(pool.block.lifecycle).toMatchObject({ create_before_destroy: true });
  });

  test("stays attached while it is replaced: the attachments are made before the old ones go, too", () => {
    const attachments = Object.values(resources(stack, "aws_autoscaling_attachment"));
    expect(attachments).toHaveLength(2);
    for (const attachment of attachments) {
      expect(attachment.lifecycle).toEqual({ create_before_destroy: true });
      expect(attachment.autoscaling_group_name).toBe(`\${${pool.address}.resources[0].autoscaling_groups[0].name}`);
    }
  });

  test("leaves the number of nodes to the autoscaler", () => {
    expect(pool.block.lifecycle).toMatchObject({ ignore_changes: ["scaling_config[0].desired_size"] });
    expect(pool.block.scaling_config).toEqual({ min_size: 3, max_size: 9, desired_size: 3 });
  });

  test("waits for the way out, the role's policies, the network, kube-proxy and the pod identity agent", () => {
    expect(pool.block.depends_on).toEqual(
      expect.arrayContaining([
        ...ZONES.flatMap((zone) => [
          resourceLike(stack, "aws_route", `private-default-${zone}`).address,
          resourceLike(stack, "aws_route_table_association", `private-association-${zone}`).address,
        ]),
        resourceLike(stack, "aws_iam_role_policy_attachment", "node-AmazonEKSWorkerNodePolicy").address,
        resourceLike(stack, "aws_iam_role_policy_attachment", "node-AmazonEC2ContainerRegistryPullOnly").address,
        addOn("vpc-cni").address,
        addOn("kube-proxy").address,
        addOn("eks-pod-identity-agent").address,
      ]),
    );
  });

  test("follows the control plane's version", () => {
    expect(pool.block.version).toBe("1.36");
  });

  test("has machines with encrypted gp3 disks and metadata that pods don't reach", () => {
    const template = theResource(stack, "aws_launch_template");
    expect(template.metadata_options).toEqual({
      http_endpoint: "enabled",
      http_tokens: "required",
      http_put_response_hop_limit: 1,
    });
    expect(template.block_device_mappings).toEqual([
      {
        device_name: "/dev/xvda",
        ebs: { volume_size: 100, volume_type: "gp3", encrypted: "true", delete_on_termination: "true" },
      },
    ]);
  });

  test("leaves to EKS what a launch template must not say beside it", () => {
    const template = theResource(stack, "aws_launch_template");
    expect(template.vpc_security_group_ids).toBeUndefined();
    expect(template.instance_type).toBeUndefined();
    expect(template.image_id).toBeUndefined();
    expect(pool.block.disk_size).toBeUndefined();
    expect(pool.block.remote_access).toBeUndefined();
    expect(pool.block.launch_template).toEqual({
      id: expect.stringMatching(/\.id\}$/),
      version: expect.stringMatching(/\.latest_version\}$/),
    });
  });

  test("tells nodeadm how many pods a node takes", () => {
    const template = resourceLike(other, "aws_launch_template", "pool-main_template").block;
    const userData = Buffer.from(template.user_data as string, "base64").toString();
    expect(userData).toMatch(
      /^MIME-Version: 1\.0\nContent-Type: multipart\/mixed; boundary="node"\n\n--node\nContent-Type: application\/node\.eks\.aws\n\n/,
    );
    expect(JSON.parse(userData.split("\n")[6]!).spec).toEqual({ kubelet: { config: { maxPods: 58 } } });
  });

  test("of spot machines of arm spells taints as EKS does and shows an empty group's labels and taints to the autoscaler", () => {
    const spot = resourceLike(other, "aws_eks_node_group", "pool-spot-arm_nodes").block;
    expect(spot).toMatchObject({
      capacity_type: "SPOT",
      ami_type: "AL2023_ARM_64_STANDARD",
      instance_types: ["m7g.xlarge", "m6g.xlarge", "c7gn.2xlarge"],
      taint: [
        { key: "batch", value: "only", effect: "NO_SCHEDULE" },
        { key: "spot", effect: "PREFER_NO_SCHEDULE" },
      ],
    });
    const tags = Object.values(resources(other, "aws_autoscaling_group_tag")).map((block) => block.tag);
    expect(tags).toEqual([
      { key: "k8s.io/cluster-autoscaler/node-template/label/example.com/kind", value: "batch", propagate_at_launch: false },
      { key: "k8s.io/cluster-autoscaler/node-template/taint/batch", value: "only:NoSchedule", propagate_at_launch: false },
      { key: "k8s.io/cluster-autoscaler/node-template/taint/spot", value: ":PreferNoSchedule", propagate_at_launch: false },
    ]);
  });

  test("can be kept to one zone, for pods with a volume there", () => {
    const zonal = synthEks({ ...usual, pools: { main: {}, "zone-b": { zones: [ZONES[1]!] } } });
    const subnet = resourceLike(zonal, "aws_subnet", `private-${ZONES[1]}`).address;
    expect(resourceLike(zonal, "aws_eks_node_group", "pool-zone-b_nodes").block.subnet_ids).toEqual([`\${${subnet}.id}`]);
  });
});

describe("the managed add-ons", () => {
  test("are read in the version for a literal Kubernetes version: another pending change of the cluster doesn't touch them", () => {
    const versions = Object.values(stack.data?.aws_eks_addon_version ?? {});
    expect(versions.map((version) => version.addon_name).sort()).toEqual([
      "aws-ebs-csi-driver",
      "coredns",
      "eks-node-monitoring-agent",
      "eks-pod-identity-agent",
      "kube-proxy",
      "snapshot-controller",
      "vpc-cni",
    ]);
    for (const version of versions) expect(version).toMatchObject({ kubernetes_version: "1.36", most_recent: false });
  });

  test("that need nodes come after every pool", () => {
    for (const name of ["coredns", "aws-ebs-csi-driver", "eks-node-monitoring-agent", "snapshot-controller"])
      expect(addOn(name).block.depends_on).toEqual(expect.arrayContaining([pool.address]));
  });

  test("that give nodes their network need no node, and the network comes after its credentials", () => {
    for (const name of ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"])
      expect(addOn(name).block.depends_on ?? []).not.toContain(pool.address);
    expect(addOn("vpc-cni").block.depends_on).toContain(addOn("eks-pod-identity-agent").address);
  });

  test("tag the volumes of claims, in the same order whatever the file's", () => {
    const { extraVolumeTags } = (
      JSON.parse(addOn("aws-ebs-csi-driver").block.configuration_values as string) as {
        controller: { extraVolumeTags: Record<string, string> };
      }
    ).controller;
    expect(extraVolumeTags).toMatchObject({ fleet: "arctiq", cluster: "saopaulo" });
    expect(Object.keys(extraVolumeTags)).toEqual(Object.keys(extraVolumeTags).sort());
  });

  test("enforce network policies and give nodes as many addresses as pods", () => {
    expect(JSON.parse(addOn("vpc-cni").block.configuration_values as string)).toEqual({
      enableNetworkPolicy: "true",
      env: { ENABLE_PREFIX_DELEGATION: "true", WARM_PREFIX_TARGET: "1" },
    });
  });

  test("work with AWS by roles of their own, for one service account of this cluster, not by the node's", () => {
    for (const [name, role, account] of [
      ["vpc-cni", "vpc-cni-role", "aws-node"],
      ["aws-ebs-csi-driver", "ebs-csi-role", "ebs-csi-controller-sa"],
    ] as const) {
      const { address, block } = resourceLike(stack, "aws_iam_role", role);
      expect(addOn(name).block.pod_identity_association).toEqual([{ role_arn: `\${${address}.arn}`, service_account: account }]);
      const [statement] = JSON.parse(block.assume_role_policy as string).Statement;
      expect(statement).toMatchObject({
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: {
          StringEquals: {
            "aws:RequestTag/eks-cluster-name": "arctiq-saopaulo",
            "aws:RequestTag/kubernetes-namespace": "kube-system",
            "aws:RequestTag/kubernetes-service-account": account,
          },
        },
      });
    }
    const node = resourceLike(stack, "aws_iam_role", "node-role").address;
    const ofNode = Object.values(resources(stack, "aws_iam_role_policy_attachment")).filter(
      (attachment) => attachment.role === `\${${node}.name}`,
    );
    expect(ofNode.map((attachment) => attachment.policy_arn)).toEqual([
      "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
      "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
    ]);
  });
});

describe("access", () => {
  const associations = Object.values(resources(stack, "aws_eks_access_policy_association"));

  test("is given to the runner and the administrators, each once", () => {
    const both = synthEks({ ...usual, admins: [usual.runner, ...(usual.admins ?? [])] });
    expect(resources(both, "aws_eks_access_entry")).toEqual(resources(stack, "aws_eks_access_entry"));
    expect(Object.values(resources(stack, "aws_eks_access_entry")).map((entry) => entry.principal_arn)).toEqual(
      ["arn:aws:iam::123456789012:role/ci", "arn:aws:iam::123456789012:role/teams/Platform.Admins"].sort(),
    );
  });

  test("is bound to the entry, so that the policy never comes before it", () => {
    expect(associations).toHaveLength(2);
    for (const association of associations)
      expect(association).toMatchObject({
        principal_arn: expect.stringMatching(/^\$\{aws_eks_access_entry\..*\.principal_arn\}$/),
        policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
        access_scope: { type: "cluster" },
      });
  });

  test("of somebody who stays is not touched when another comes before", () => {
    const more = synthEks({ ...usual, admins: ["arn:aws:iam::123456789012:user/new", ...(usual.admins ?? [])] });
    expect(resources(more, "aws_eks_access_entry")).toMatchObject(resources(stack, "aws_eks_access_entry"));
  });

  test("in GovCloud names that partition", () => {
    const gov = synthEks({
      ...usual,
      region: "us-gov-west-1",
      network: { cidr: "10.20.0.0/16", zones: ["us-gov-west-1a", "us-gov-west-1b"] },
      runner: "arn:aws-us-gov:iam::123456789012:role/ci",
      admins: [],
    });
    expect(theResource(gov, "aws_eks_access_policy_association").policy_arn).toMatch(/^arn:aws-us-gov:eks::aws:/);
    const policies = Object.values(resources(gov, "aws_iam_role_policy_attachment")).map((attachment) => attachment.policy_arn);
    for (const policy of policies) expect(policy).toMatch(/^arn:aws-us-gov:iam::aws:policy\//);
    expect(theResource(gov, "aws_kms_key").policy).not.toContain("arn:aws:");
  });
});

test.each([
  [["m6i.xlarge"], "amd64", "AL2023_x86_64_STANDARD"],
  [["m6g.xlarge"], "arm64", "AL2023_ARM_64_STANDARD"],
  [["g6.xlarge", "g5.xlarge"], "amd64", "AL2023_x86_64_NVIDIA"],
  [["g5g.xlarge"], "arm64", "AL2023_ARM_64_NVIDIA"],
  [["p5.48xlarge"], "amd64", "AL2023_x86_64_NVIDIA"],
  [["inf2.xlarge"], "amd64", "AL2023_x86_64_NEURON"],
] as const)("nodes of %j (%s) have the image with the drivers of their accelerator", (machines, architecture, image) => {
  const stack = synthEks({ ...usual, pools: { main: {}, other: { machines, architecture } } });
  expect(resourceLike(stack, "aws_eks_node_group", "pool-other_nodes").block.ami_type).toBe(image);
});

test("machines with and without an accelerator are no pool", () => {
  const pools = { main: {}, other: { machines: ["g6.xlarge", "m6i.xlarge"] } };
  expect(() => synthEks({ ...usual, pools })).toThrow("'g6.xlarge' and 'm6i.xlarge' have not the same accelerator");
});
