import { problemsWith } from "../../support";

test("a wave names clusters of the fleet, each in one wave and at its place", () => {
  expect(problemsWith({ waves: { first: ["gke"], second: ["aks", "gke", "ekss"], third: ["eks"] } })).toEqual([
    "waves.second[1]: 'gke' is in wave 'first' already: a cluster moves once; name it in one wave",
    "waves.second[2]: no cluster is called 'ekss'; did you mean 'eks'?",
  ]);
  expect(problemsWith({ waves: { first: ["gke"], second: ["aks", "eks"] } })).toEqual([]);
});
