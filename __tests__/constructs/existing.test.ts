import { LocalBackend, TerraformStack } from "cdktf";
import { literal } from "../../constructs/cdktf/escape";
import { existingFace } from "../../constructs/clusters/existing";
import { exportCluster, remoteFace } from "../../constructs/clusters/outputs";
import { existingSettings } from "../../model/schema/existing";
import { synthStacks } from "../support/synth";

const faceOf = (change: object = {}) =>
  existingFace({
    name: "legacy",
    existing: existingSettings.parse({
      endpoint: "https://k8s.example.com:6443",
      exec: { command: "kubectl-token", args: ["--cluster", "legacy"] },
      ingress: { ips: ["198.51.100.7", "198.51.100.8"] },
      ...change,
    }),
  });

describe("the face of a cluster that exists", () => {
  test("is what the fleet file says of it", () => {
    const face = faceOf({
      certificateAuthority: "LS0t",
      oidcIssuer: "https://issuer.example.com/legacy/",
      exec: { command: "kubectl-token", args: ["--cluster", "legacy"], env: { REALM: "prod" } },
      ingress: { ips: ["198.51.100.7"], serviceAnnotations: { "example.com/pool": "edge" } },
    });
    expect(face).toEqual({
      name: "legacy",
      endpoint: "https://k8s.example.com:6443",
      certificateAuthority: "LS0t",
      auth: { command: "kubectl-token", args: ["--cluster", "legacy"], env: { REALM: "prod" } },
      oidcIssuer: "https://issuer.example.com/legacy/",
      ingress: {
        ips: ["198.51.100.7"],
        hostname: undefined,
        service: { type: "LoadBalancer", annotations: { "example.com/pool": "edge" } },
      },
    });
  });

  test("says nothing of what the fleet file leaves out", () => {
    const face = faceOf();
    expect([face.certificateAuthority, face.oidcIssuer, face.auth.env, face.ingress.hostname]).toEqual(Array(4).fill(undefined));
  });

  test("may be a host name alone", () => {
    expect(faceOf({ ingress: { hostname: "edge.example.com" } }).ingress).toMatchObject({
      ips: [],
      hostname: "edge.example.com",
    });
  });

  test("reaches Terraform as it was written", () => {
    const { existing } = synthStacks((app) => {
      const stack = new TerraformStack(app, "existing");
      new LocalBackend(stack, { path: "../../../state/existing.tfstate" });
      exportCluster(stack, faceOf({ oidcIssuer: literal("https://issuer.example.com/${realm}") }));
    });
    expect(existing!.output).toMatchObject({
      oidc_issuer: { value: "https://issuer.example.com/$${realm}" },
      ingress_ips: { value: ["198.51.100.7", "198.51.100.8"] },
    });
    expect(existing).not.toHaveProperty("resource");
  });

  test("is read by other stacks as that of any other cluster", () => {
    const outputs = {
      getString: (name: string) => name,
      getNumber: () => 0,
      getList: () => ["a", "b"],
      get: (name: string) => name,
    };
    expect(remoteFace(faceOf(), outputs as never).ingress.ips).toHaveLength(2);
    const templated = faceOf({ exec: { command: "kubectl-token", args: [literal("${HOME}")] } });
    expect(remoteFace(templated, outputs as never).auth.args).toEqual(["$${HOME}"]);
  });
});
