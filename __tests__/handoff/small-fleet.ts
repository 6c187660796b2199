import type { Synthetic } from "./operator";

/** Where a stack keeps its state, and how another reads it. */
export interface Backend {
  readonly kind: string;
  of(id: string): object;
  reader(id: string): object;
}

export const localBackend: Backend = {
  kind: "local",
  of: (id) => ({ path: `../../../state/${id}.tfstate` }),
  reader: (id) => ({ path: `../../../state/${id}.tfstate` }),
};

/** A state server, such as GitLab's. */
export const httpBackend = (url: string): Backend => ({
  kind: "http",
  of: (id) => ({
    address: `${url}/${id}`,
    lock_address: `${url}/${id}/lock`,
    lock_method: "POST",
    unlock_address: `${url}/${id}/lock`,
    unlock_method: "DELETE",
  }),
  reader: (id) => ({ address: `${url}/${id}` }),
});

const at = (path: string) => ({ "//": { metadata: { path } } });
const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
});

/** A zone, two clusters' addresses, an application with its tag, and a name with a member on each cluster. */
export function smallFleet({
  weight = 10,
  members = ["one", "two"] as readonly string[],
  domain = "vpc",
  backend = localBackend,
} = {}): Record<string, Synthetic> {
  const stack = (id: string, config: object): object => ({
    terraform: {
      backend: { [backend.kind]: backend.of(id) },
      required_providers: { aws: { source: "aws", version: "6.25.0" } },
      required_version: ">= 1.5",
    },
    provider: { aws: [{ region: "eu-west-1", allowed_account_ids: ["111122223333"] }] },
    ...config,
  });
  const reads = (...ids: readonly string[]) => ({
    data: {
      terraform_remote_state: Object.fromEntries(ids.map((id) => [id, { backend: backend.kind, config: backend.reader(id) }])),
    },
  });
  const cluster = (name: string): Synthetic => ({
    dependencies: ["f-global"],
    config: stack(`f-${name}-cluster`, {
      ...reads("f-global"),
      resource: { aws_eip: { address: { domain, tags: { Name: name } } } },
      output: { ingress_ip: { value: "${aws_eip.address.public_ip}" }, id: { value: "${aws_eip.address.id}" } },
    }),
  });
  const check = (name: string) => ({
    [`${name}_endpoint`]: {
      type: "HTTPS",
      fqdn: `ingress.${name}.f.example`,
      port: 443,
      request_interval: 30,
      failure_threshold: 3,
      ...at(`f-names/names/_checks/${name}--ingress/endpoint`),
    },
    [`${name}_switch`]: {
      type: "CALCULATED",
      child_health_threshold: 1,
      child_healthchecks: [`\${aws_route53_health_check.${name}_endpoint.id}`],
      ...at(`f-names/names/_checks/${name}--ingress/switch`),
    },
  });
  const record = (name: string) => ({
    zone_id: "${data.terraform_remote_state.f-global.outputs.zone_id}",
    name: "app.f.example",
    type: "A",
    ttl: 60,
    set_identifier: name,
    weighted_routing_policy: { weight: name === "one" ? weight : 10 },
    health_check_id: `\${aws_route53_health_check.${name}_switch.id}`,
    records: [`\${data.terraform_remote_state.f-${name}-cluster.outputs.ingress_ip}`],
  });
  return {
    "f-global": {
      config: stack("f-global", {
        resource: { aws_route53_zone: { zone: { name: "f.example", lifecycle: { prevent_destroy: true } } } },
        output: {
          zone_id: { value: "${aws_route53_zone.zone.zone_id}" },
          name_servers: { value: "${aws_route53_zone.zone.name_servers}" },
        },
      }),
    },
    "f-one-cluster": cluster("one"),
    "f-two-cluster": cluster("two"),
    "f-one-app-web": {
      dependencies: ["f-one-cluster"],
      config: stack("f-one-app-web", {
        ...reads("f-one-cluster"),
        variable: { image_tag: { type: "string", description: "Tag of the image that runs." } },
        resource: { aws_iam_role: { web: { name: "web", assume_role_policy: TRUST, tags: { image: "${var.image_tag}" } } } },
        output: { image_tag: { value: "${var.image_tag}" } },
      }),
    },
    "f-names": {
      dependencies: ["f-global", "f-one-cluster", "f-two-cluster", "f-one-app-web"],
      config: stack("f-names", {
        ...reads("f-global", "f-one-cluster", "f-two-cluster"),
        resource: {
          aws_route53_health_check: { ...check("one"), ...check("two") },
          ...(members.length > 0 && { aws_route53_record: Object.fromEntries(members.map((name) => [name, record(name)])) }),
        },
      }),
    },
  };
}
