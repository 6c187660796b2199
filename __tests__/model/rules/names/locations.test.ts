import { azure, one, type Parts, problems } from "./fixtures";

const at = (latitude: number, longitude: number) => ({ latitude, longitude });
const located = (...locations: readonly object[]) =>
  one({ policy: "geolocation", default: "sydney", members: ["sydney", { cluster: "toronto", locations: locations as never }] });
const HALF = "latitude and longitude are one place: give both or neither";
const geo = (first: object, second: object): Parts =>
  one({
    policy: "geoproximity",
    members: [{ cluster: "sydney", ...first } as never, { cluster: "toronto", ...second } as never],
  });
const BOTH = (a: string, b: string, what: string) =>
  `both '${a}' and '${b}' serve ${what}, and a client can be sent to one only; give them different \`locations\`, or nest them in one member`;

test.each<[string, Parts, string[]]>([
  ["a state of the USA", located({ country: "US", state: "TX" }), []],
  ["the USA and one of its states", located({ country: "US" }, { country: "US", state: "TX" }), []],
  [
    "a state that the USA lack",
    located({ country: "US", state: "ZZ" }),
    [expect.stringMatching(/^names\.app\.members\.1\.locations: 'ZZ' is no state of the USA; they are AL, AK, AZ, /) as never],
  ],
  [
    "a state twice",
    located({ country: "US", state: "TX" }, { country: "US", state: "TX" }),
    ["names.app.members.1.locations: state TX of US stands here twice; once is enough"],
  ],
  [
    "a continent twice",
    located({ continent: "EU" }, { continent: "EU" }),
    ["names.app.members.1.locations: continent EU stands here twice; once is enough"],
  ],
  [
    "the rest of the world of two",
    located("default" as never),
    [`names.app.members.1.locations: ${BOTH("sydney", "toronto", "the rest of the world")}`],
  ],
  [
    "a country of three, each beside the one before it",
    one({
      policy: "geolocation",
      default: "sydney",
      members: ["sydney", ...["toronto", "montreal", "saopaulo"].map((cluster) => ({ cluster, locations: [{ country: "BR" }] }))],
    }),
    [
      `names.app.members.2.locations: ${BOTH("toronto", "montreal", "country BR")}`,
      `names.app.members.3.locations: ${BOTH("montreal", "saopaulo", "country BR")}`,
    ],
  ],
  ["Western Sahara on Route53", located({ country: "EH" }), []],
  ["half a point by its latitude", geo({ place: { latitude: 1 } }, {}), [`names.app.members.0.place: ${HALF}`]],
  ["half a point by its longitude", geo({}, { place: { longitude: 1 } }), [`names.app.members.1.place: ${HALF}`]],
  ["points apart with biases", geo({ place: at(1, 2), bias: 5 }, { place: at(1, 3) }), []],
  ["points apart by latitude", geo({ place: at(1, 2), bias: 5 }, { place: at(2, 2) }), []],
  [
    "points that are one to a hundredth of a degree",
    geo({ place: at(1, 2), bias: 5 }, { place: at(1.004, 2.004) }),
    [
      "names.app.members.1: 'sydney' (bias 5) and 'toronto' (bias 0) are at the same place and share its clients; give them the same bias",
    ],
  ],
  ["points a hundredth of a degree apart", geo({ place: at(1, 2), bias: 5 }, { place: at(1.01, 2) }), []],
  ["one point with one bias", geo({ place: at(1, 2), bias: 5 }, { place: at(1, 2), bias: 5 }), []],
  [
    "the third of three clusters at one place",
    one({
      policy: "geoproximity",
      members: [
        { cluster: "toronto", bias: 5 },
        { cluster: "montreal", bias: 5 },
        { cluster: "sydney", place: at(43.65, -79.38), bias: 6 },
      ],
    }),
    [
      "names.app.members.2: 'toronto' (bias 5) and 'sydney' (bias 6) are at the same place and share its clients; give them the same bias",
    ],
  ],
  [
    "a group at the place of its first cluster",
    one({
      policy: "geoproximity",
      members: ["toronto", { name: "na", bias: 7, policy: "failover", members: ["montreal", "sydney"] }],
    }),
    [
      "names.app.members.1: 'toronto' (bias 0) and 'na' (bias 7) are at the same place and share its clients; give them the same bias",
    ],
  ],
  [
    "regions of both clouds that nobody knows",
    one({
      policy: "latency",
      members: [{ cluster: "sydney", place: { awsRegion: "eu-west-1", azureRegion: "uksoth" } }, "toronto"],
    }),
    ["names.app.members.0.place.azureRegion: 'uksoth' is no Azure region whose latency is known; did you mean 'uksouth'?"],
  ],
  [
    "regions of both clouds",
    one({
      policy: "latency",
      members: [{ cluster: "sydney", place: { awsRegion: "eu-west-1", azureRegion: "uksouth" } }, "toronto"],
    }),
    [],
  ],
  ["geolocation in a zone of Azure", azure({ policy: "geolocation", default: "sydney", members: ["sydney", "toronto"] }), []],
])("places: %s", (_, parts, expected) => {
  expect(problems(parts)).toEqual(expected);
});
