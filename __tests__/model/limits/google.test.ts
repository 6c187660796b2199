import * as google from "../../../model/limits/google";

test("ranges of GKE are those of its pages, without Docker's", () => {
  expect(google.NETWORK).toEqual({ largest: 9, smallest: 20 });
  expect(google.SERVICES).toEqual({ largest: 16, smallest: 27 });
  expect(google.RESERVED).toEqual(["172.17.0.0/16"]);
  expect(google.MOST_ALLOWED_RANGES).toBe(100);
});

test("GKE wants twelve hours a week for maintenance", () => {
  expect(google.windowLengthProblem(12)).toBeUndefined();
  expect(google.windowLengthProblem(11)).toBe(
    "11 hours a week are too few for GKE, which wants 48 hours in any 32 days: 12 to 24",
  );
});

test("GKE's control plane takes a /28, no more and no less", () => {
  const at = (prefix: number) => google.controlPlaneProblem(`10.0.0.0/${prefix}`);
  expect(at(28)).toBeUndefined();
  expect(at(27)).toBe("10.0.0.0/27 for the control plane is a /27, and GKE takes a /28");
  expect(at(29)).toBe("10.0.0.0/29 for the control plane is a /29, and GKE takes a /28");
});

test("a subnet of Google Cloud has four addresses less, and pools of GKE one node more each", () => {
  expect(google.nodesIn("10.0.0.0/24")).toBe(252);
  expect(
    google.mostNodes([
      { max: 3, maxPods: 110 },
      { max: 5, maxPods: 8 },
    ]),
  ).toBe(10);
  expect(google.mostNodes([])).toBe(0);
});

test.each([
  ["10.0.0.0/22", [{ max: 3, maxPods: 110 }], undefined],
  ["10.0.0.0/22", [{ max: 4, maxPods: 110 }], "10.0.0.0/22 for pods has 1024 addresses, and .* nodes that take 1280 \\("],
  ["10.0.0.0/24", [{ max: 3, maxPods: 32 }], undefined],
  ["10.0.0.0/24", [{ max: 3, maxPods: 33 }], "has 256 addresses, and .* take 512 "],
  [
    "10.0.0.0/24",
    [
      { max: 1, maxPods: 32 },
      { max: 1, maxPods: 32 },
    ],
    undefined,
  ],
  [
    "10.0.0.0/24",
    [
      { max: 1, maxPods: 32 },
      { max: 2, maxPods: 32 },
    ],
    "take 320 ",
  ],
])("%s has room for the pods of %j, twice maxPods a node as a power of two", (range, pools, problem) => {
  const found = google.podsRoomProblem(range, pools);
  if (problem === undefined) expect(found).toBeUndefined();
  else expect(found).toMatch(new RegExp(problem));
});
