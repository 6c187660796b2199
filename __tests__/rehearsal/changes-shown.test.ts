import { rehearseChange } from "../../rehearsal";
import { describeWithTerraform } from "./engine";
import { removeFolders, synthesizedFolder } from "./folder";

afterAll(removeFolders);

const subnetwork = (range: string) =>
  synthesizedFolder({
    "f-one": {
      config: {
        provider: { google: [{ project: "arctiq-prod", region: "us-east1" }] },
        resource: {
          google_compute_subnetwork: {
            nodes: { name: "nodes", network: "default", region: "us-east1", ip_cidr_range: range },
          },
        },
      },
    },
  });

describeWithTerraform("what a change does to what exists", () => {
  test.each([
    ["moves", "10.42.0.0/19", ["delete", "create"]],
    ["shrinks", "10.32.0.0/20", ["delete", "create"]],
    ["shrinks at its end", "10.32.16.0/20", ["delete", "create"]],
    ["grows", "10.32.0.0/18", ["update"]],
    ["grows from another start", "10.0.0.0/8", ["update"]],
  ])("a Google subnetwork whose range %s", async (_, range, actions) => {
    const { after, ok } = await rehearseChange(subnetwork("10.32.0.0/19"), subnetwork(range), { until: "apply" });
    expect(after?.stacks["f-one"]?.plan.map((change) => change.actions)).toEqual([actions]);
    expect(ok).toBe(true);
  });
});
