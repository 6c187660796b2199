import { stringify } from "yaml";
import { FleetError, StackProblems } from "../../../model/problems/fleet-error";
import { printable } from "../../../model/problems/wording";
import { parseFleet } from "../../../model/reading/load";
import { fleetWith, problemsOfText, problemsWith, SOUND } from "../support";

const START = `fleet: acme\ndns: { zone: k8s.example.com, aws: { accountId: "111122223333" } }\n`;

describe("aliases", () => {
  test.each([
    ["in a cluster", `${START}clusters:\n  b: &b { cloud: aws, addons: *b }\n`, "x.yaml:4:31", "*b", "&b"],
    ["in all clusters", `${START}clusters: &c\n  b: *c\n`, "x.yaml:4:6", "*c", "&c"],
    ["in values", `${START}clusters: {}\napps: { a: { values: &v { x: { y: [1, *v] } } } }\n`, "x.yaml:4:39", "*v", "&v"],
    ["in a list", `${START}clusters: {}\ndrain: &d [a, *d]\n`, "x.yaml:4:15", "*d", "&d"],
    ["in the defaults", `${START}defaults: &d { aws: *d }\nclusters: {}\n`, "x.yaml:3:21", "*d", "&d"],
    ["in overrides", `${START}clusters: { a: { overrides: &o { x: { y: *o } } } }\n`, "x.yaml:3:42", "*o", "&o"],
    ["in a merge key", `${START}clusters: &c\n  <<: *c\n`, "x.yaml:4:7", "*c", "&c"],
    ["in a list of merge keys", `${START}clusters: &c\n  <<: [*c]\n`, "x.yaml:4:8", "*c", "&c"],
    ["in the whole file", `&f\n${START}clusters: *f\n`, "x.yaml:4:11", "*f", "&f"],
  ])("inside their own anchor %s are said with their place", (_what, text, place, alias, anchor) => {
    const own = problemsOfText(text).filter((line) => line.includes("would have no end"));
    expect(own).toEqual([
      `${place} the alias '${alias}' stands inside '${anchor}' itself and would have no end: write out what is meant`,
    ]);
  });

  test("as many as people need are read, nested ones too", () => {
    const pools = "&p { p0: { min: 1, labels: &l { a: b } }, p1: { min: 1, labels: *l }, p2: { min: 1, labels: *l } }";
    const clusters = Array.from(
      { length: 150 },
      (_, i) => `  c${i}: { cloud: aws, region: eu-west-1, network: { cidr: 10.${i}.0.0/16 }, pools: ${i === 0 ? pools : "*p"} }`,
    );
    const { dns, defaults } = SOUND;
    const fleet = parseFleet(`${stringify({ fleet: "acme", dns, defaults })}clusters:\n${clusters.join("\n")}\n`, "x.yaml");
    expect(fleet.clusters).toHaveLength(150);
    expect(fleet.clusters[149]).toMatchObject({ pools: { p2: { labels: { a: "b" } } } });
  });

  test("of aliases that stand for more than can be read are refused at their place, at once", () => {
    const lines = ["a: &a [x, x, x, x, x, x, x, x, x]"];
    for (const [here, last] of ["ba", "cb", "dc", "ed", "fe", "gf", "hg", "ih"])
      lines.push(`${here}: &${here} [${Array(9).fill(`*${last}`).join(", ")}]`);
    const began = performance.now();
    const [problem, ...more] = problemsOfText(`${START}clusters: {}\n${lines.join("\n")}\n`);
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(more).toEqual([]);
    expect(problem).toMatch(
      /^x\.yaml:\d+:\d+ (the alias '\*\w' stands for|with its aliases written out this is) [\d,]+ values, and a file may have 1,000,000/,
    );
  });
});

describe("values that readers of YAML read in two ways", () => {
  const withValues = (values: string) =>
    problemsOfText(
      `${stringify(SOUND)}apps:\n  shop: { chart: shop, repository: "https://charts.example.com", version: "1.2.3", values: ${values} }\n`,
    ).filter(Boolean);

  test.each([
    ["{ enabled: no }", "enabled: no is text here and false in a values file of Helm's own"],
    ["{ countries: [NO] }", 'countries[0]: NO is text here and false in .* "NO" in quotes where text is meant'],
    ["{ debug: On }", "debug: On is text here and true in"],
    [
      "{ defaultMode: 0400 }",
      "defaultMode: 0400 is 400 to YAML 1.2, and octal to Helm and others: write 256 where octal is meant",
    ],
    ["{ code: 0089 }", 'code: 0089 is 89 to YAML 1.2, .* "0089" in quotes where text is meant'],
    ["{ id: 12345678901234567890 }", "id: 12345678901234567890 is a number of more digits than are kept: write it in quotes"],
    ["{ blob: !!binary aGVsbG8= }", "blob: a value of the kind !!binary has no place in a fleet file"],
    ["{ set: !!set {a, b} }", "set: a value of the kind !!set has no place in a fleet file"],
    ["!!omap [a: 1]", "values: "],
  ])("%s is refused with what to write", (values, words) => {
    const problems = withValues(values);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(words.replace(/\[0\]/, "\\[0\\]")));
  });

  test.each([
    '{ enabled: "no", countries: ["NO"], debug: "On" }',
    '{ defaultMode: 256, other: 0o400, hex: 0x1F, text: "0400", zero: 0, half: 0.5, minus: -1 }',
    "{ big: 9007199254740991, float: 1e30, date: 2020-01-01, time: 12:30, not: note, once: onion }",
  ])("%s is taken as it is written", (values) => {
    expect(withValues(values)).toEqual([]);
  });

  test("Meridian's own numbers have no octal either, and texts are told once that they lack quotes", () => {
    const max = stringify(SOUND).replace("region: eu-west-1", "region: eu-west-1\n    pools: { main: { max: 010 } }");
    expect(problemsOfText(max)).toEqual([expect.stringContaining("clusters.eks.pools.main.max: 010 is 10 to YAML 1.2")]);
    const account = stringify(SOUND).replace('accountId: "111122223333"', "accountId: 012345678901");
    expect(problemsOfText(account)).toEqual([expect.stringContaining('write it in quotes, "012345678901"')]);
  });

  test("an anchor elsewhere is read as Helm would where its alias stands in values", () => {
    const text = `${stringify(SOUND)}x-v: &v { enabled: no }\napps:\n  shop: { chart: shop, repository: "https://charts.example.com", version: "1.2.3", values: *v }\n`;
    expect(problemsOfText(text)).toEqual([expect.stringContaining("apps.shop.values.enabled: no is text here")]);
  });

  test("a merge key without a map is said where it stands", () => {
    const merged = stringify(SOUND).replace("clusters:\n", "clusters:\n  b: { <<: 5, cloud: aws, region: eu-west-1 }\n");
    expect(problemsOfText(merged)).toEqual([
      expect.stringMatching(/^x\.yaml:\d\d:8 what stands behind << is merged in, and is neither a map nor an alias of one/),
    ]);
  });
});

describe("depth", () => {
  test.each([300, 3_000, 100_000])("of %s lists in each other is refused with a place, and nothing overflows", (levels) => {
    const [problem] = problemsOfText(`${START}clusters: ${"[".repeat(levels)}${"]".repeat(levels)}\n`);
    expect(problem).toMatch(/^x\.yaml:\d+:\d+ maps and lists stand .*deep/);
  });

  test("by a chain of aliases is refused too", () => {
    const chain = Array.from({ length: 400 }, (_, i) => `a${i}: &a${i} [${i === 0 ? "x" : `*a${i - 1}`}]`);
    expect(problemsOfText(`${START}clusters: {}\n${chain.join("\n")}\n`).join("\n")).toMatch(
      /levels deep in each other here, and 200 are the most/,
    );
  });
});

describe("what a file says", () => {
  test("reaches a terminal as text: no sign that moves, colours, hides or turns round", () => {
    const odd = "\u001b[2J\u001b[31mPWNED\u001b[0m\nfleets/x.yaml: all good \u202e\u200b\u0007\u2028";
    const lines = problemsWith({ [odd]: 1, tags: { [odd]: odd }, clusters: { eks: { region: odd } }, drain: [odd] });
    const { message } = new FleetError([
      { file: "x.yaml", line: 1, column: 1, path: ["tags", odd], message: `'${odd}' is wrong` },
    ]);
    expect(lines.length).toBeGreaterThan(2);
    for (const text of [message, new StackProblems([{ path: [odd], message: odd }]).message])
      expect(text).not.toMatch(/[^\P{C}]|[\u2028\u2029]/u);
    expect(message).toContain("\\u{1b}[2J\\u{1b}[31mPWNED");
    expect(problemsOfText(`${START}clusters: {}\n${JSON.stringify(odd)}: 1\n`)).toHaveLength(1);
  });

  test("is cut where it is long, in quotes, in keys and as a whole", () => {
    const long = "x".repeat(100_000);
    const text = `${START}clusters: {}\n${long}: 1\nstate: { backend: ${long} }\ndrain: [${long}]\ntags: { ${long}: [] }\n`;
    for (const line of problemsOfText(text)) expect(line.length).toBeLessThan(3_200);
    expect(printable(`'${long}' is no region`)).toMatch(/^'x{299}\.\.\.' is no region$/);
  });
});

describe("a file with very much wrong in it", () => {
  test.each([
    ["misspelt keys", (i: number) => `  c${i}: { clowd: aws }`],
    ["empty values", (i: number) => `  c${i}: { cloud: aws, region: null, network: null, aws: null, api: null }`],
    ["wrong kinds", (i: number) => `  c${i}: [a]`],
  ])("%s is read once: two hundred problems are said, and how many more there are", (_what, line) => {
    const text = (count: number) => `${START}clusters:\n${Array.from({ length: count }, (_, i) => line(i)).join("\n")}\n`;
    const took = (count: number) => {
      const began = performance.now();
      expect(problemsOfText(text(count))).toHaveLength(201);
      return performance.now() - began;
    };
    took(400);
    const [few, many] = [took(400), took(1_600)];
    // four times as many took forty times as long
    expect(many / few).toBeLessThan(12);
    expect(problemsOfText(text(400)).at(-1)).toMatch(
      /^x\.yaml:\d+:\d+ clusters\.c\d+.*: here and at \d+ further places more is wrong/,
    );
  });

  test.each([
    [
      "clusters in one range",
      (i: number) => `  c${i}: { cloud: google, region: europe-west3, network: { cidr: 10.0.0.0/16 } }`,
      "clusters",
      (count: number) => 3 * count,
    ],
    [
      "applications in a circle",
      (i: number, count: number) => `  a${i}: { image: { repository: x/y, tag: "1" }, after: [a${(i + 1) % count}] }`,
      "apps",
      () => 1,
    ],
    [
      "applications that are each after all others before them",
      (i: number) =>
        `  a${i}: { image: { repository: x/y, tag: "1" }, after: [${Array.from({ length: Math.min(i, 40) }, (_, j) => `a${i - j - 1}`).join(", ")}] }`,
      "apps",
      () => 0,
    ],
  ])("%s are not said with all others", (_what, line, section, most) => {
    const count = 300;
    const { clusters, ...rest } = SOUND;
    const text = `${stringify(section === "clusters" ? rest : { ...rest, clusters })}${section}:\n${Array.from({ length: count }, (_, i) => line(i, count)).join("\n")}\n`;
    const began = process.cpuUsage();
    const said = problemsOfText(text).filter((problem) => /overlaps|comes after itself/.test(problem));
    const { user, system } = process.cpuUsage(began);
    expect(said.length).toBeLessThanOrEqual(most(count));
    expect(Math.max(...said.map((problem) => problem.length), 0)).toBeLessThan(400);
    expect((user + system) / 1_000).toBeLessThan(10_000);
  });

  test("a map of many keys that don't belong there ends as soon", () => {
    const keys = Array.from({ length: 5_000 }, (_, i) => `k${i}: 1`).join("\n");
    const began = performance.now();
    const lines = problemsOfText(`${START}clusters: {}\n${keys}\n`);
    expect(lines).toHaveLength(201);
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});

describe("words that every object of JavaScript has", () => {
  test.each(["constructor"])("%s is no key that people can choose", (word) => {
    for (const changes of [
      { names: { [word]: { policy: "latency" } } },
      { apps: { [word]: { chart: "c", repository: "https://charts.example.com", version: "1.2.3" } } },
      { clusters: { [word]: { cloud: "aws", region: "eu-west-1", network: { cidr: "10.9.0.0/16" } } } },
      { clusters: { eks: { pools: { [word]: { min: 1 } } } } },
    ])
      expect(problemsWith(changes)).toEqual([
        expect.stringMatching(/constructor: .*this word is taken by the programs below: choose another/),
      ]);
  });

  test.each(["constructor", "toString", "valueOf", "hasOwnProperty"])(
    "%s names no application, cluster or member that nobody wrote",
    (word) => {
      expect(problemsWith({ names: { www: { policy: "latency", app: word } } })).toEqual([
        expect.stringContaining(`no application is called '${word}'`),
      ]);
      expect(problemsWith({ names: { www: { policy: "latency", members: ["eks", word] } } })).toEqual([
        expect.stringContaining(word),
      ]);
      expect(problemsWith({ drain: [word] })).toEqual([expect.stringContaining(word)]);
    },
  );

  test("as parts of longer names they are ordinary", () => {
    expect(() => fleetWith({ names: { "constructor.app": { policy: "simple", members: ["eks"] } } })).not.toThrow();
  });
});
