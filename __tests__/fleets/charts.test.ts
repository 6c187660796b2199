import { check } from "../../cli/charts/check";
import { hasHelm } from "../../cli/charts/render";
import { fleetFiles, root } from "../support/fleet";

/** Fleets whose applications' charts lie in a folder, or are the project's own. Add-ons' charts are rendered by `npm run charts check`. */
const WITH_APPLICATIONS = ["aurora", "davies", "jldeen", "stacc"].map((name) => `fleets/${name}.yaml`);

if (!hasHelm("helm"))
  test("the charts of the fleets' applications, rendered by Helm: skipped, helm is not on PATH", () => {
    process.stderr.write("the charts of the fleets' applications, rendered by Helm: skipped, helm is not on PATH\n");
  });
else
  test.each(WITH_APPLICATIONS)("the charts of %s render, and what they make may run in its namespaces", (file) => {
    expect(fleetFiles).toContain(file);
    const { problems, rendered } = check({ charts: `${root}/charts`, fleet: `${root}/${file}` });
    expect(problems.filter((problem) => /-apps?[-,]/.test(problem))).toEqual([]);
    expect(rendered).toBeGreaterThan(3);
  });
