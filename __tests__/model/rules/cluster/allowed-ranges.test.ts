import { problemsWith } from "../../support";

const ranges = (count: number) => Array.from({ length: count }, (_, index) => `203.${index >> 8}.${index & 255}.0/24`);

test.each([
  ["eks", 40, "aws"],
  ["aks", 200, "azure"],
  ["gke", 100, "google"],
])("%s takes an allow-list of %i ranges and no more", (cluster, most, cloud) => {
  const problems = (count: number) => problemsWith({ clusters: { [cluster]: { api: { allowFrom: ranges(count) } } } });
  expect(problems(most)).toEqual([]);
  const [first] = problems(most + 1);
  // the shape itself takes no more than Azure
  expect(first).toMatch(most === 200 ? "200" : `${most + 1} ranges are too many: at most ${most} on ${cloud}`);
});
