import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FleetError, loadFleet, parseFleet } from "../../../model/reading/load";
import { fleetFiles, root } from "../../support/fleet";
import { fleetWith, problemsOfText, problemsWith } from "../support";

const SMALL = `fleet: acme
dns: { zone: k8s.example.com }
defaults:
  kubernetes: "1.35"
  tags: { team: platform, cost: shared }
  api: { allowFrom: [203.0.113.0/24, 198.51.100.0/24] }
  aws:
    accountId: "111122223333"
    admins: ["arn:aws:iam::111122223333:role/platform"]
    runner: "arn:aws:iam::111122223333:role/terraform"
clusters:
  one: { cloud: aws, region: eu-west-1, network: { cidr: 10.1.0.0/16 } }
  two:
    cloud: aws
    region: eu-west-2
    network: { cidr: 10.2.0.0/16 }
`;

describe("reading", () => {
  test.each(fleetFiles)("%s is sound", (file) => {
    expect(loadFleet(join(root, file)).clusters.length).toBeGreaterThan(0);
  });

  test("a fleet file that isn't there is named as it was given", () => {
    expect(() => loadFleet("fleets/nowhere.yaml")).toThrow("fleets/nowhere.yaml: there is no such fleet file");
  });

  test("a folder is called one", () => {
    expect(() => loadFleet(__dirname)).toThrow(`${__dirname} is a folder: name a fleet file in it`);
  });

  test("a file in UTF-16, and one that is no text, are called so", () => {
    const folder = mkdtempSync(join(tmpdir(), "odd-"));
    const file = join(folder, "fleet.yaml");
    writeFileSync(file, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(SMALL, "utf16le")]));
    expect(() => loadFleet(file)).toThrow(`${file}: is UTF-16; save it as UTF-8`);
    writeFileSync(file, Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]));
    expect(() => loadFleet(file)).toThrow(`${file}: is no text; a fleet file is YAML in UTF-8`);
    rmSync(folder, { recursive: true });
  });

  test("clusters keep the order of the file and know their names", () => {
    expect(parseFleet(SMALL, "x.yaml").clusters.map(({ name }) => name)).toEqual(["one", "two"]);
  });

  test("what the file leaves out has the schema's defaults", () => {
    const [cluster] = fleetWith({}).clusters;
    expect(cluster).toMatchObject({
      retired: false,
      deletionProtection: true,
      kubernetes: "1.36",
      pools: { main: { min: 2, max: 6 } },
    });
  });
});

describe("defaults", () => {
  const one = (more: string) => parseFleet(SMALL.replace("  two:\n", `  two:\n${more}`), "x.yaml").clusters[1];

  test("maps merge by key", () => {
    expect(one("    tags: { team: shop }\n")?.tags).toEqual({ team: "shop", cost: "shared" });
  });

  test("lists replace", () => {
    expect(one("    api: { allowFrom: [192.0.2.0/24] }\n")?.api.allowFrom).toEqual(["192.0.2.0/24"]);
  });

  test("null removes, and the schema's own default takes its place", () => {
    const cluster = one("    kubernetes: null\n    tags: { cost: null }\n");
    expect(cluster).toMatchObject({ kubernetes: "1.36", tags: { team: "platform" } });
    expect(cluster?.tags).not.toHaveProperty("cost");
  });

  test("null stays a value in overrides and in values of charts", () => {
    expect(one("    overrides: { aws_vpc.x: { tags: null } }\n")?.overrides).toEqual({ "aws_vpc.x": { tags: null } });
  });

  test("a cluster takes no other cloud's block, and an existing one only the fields that it has", () => {
    const fleet = fleetWith({
      clusters: {
        old: {
          cloud: "existing",
          region: "eu-west-2",
          existing: { endpoint: "https://old.example.com", exec: { command: "token" }, ingress: { ips: ["192.0.2.1"] } },
        },
      },
    });
    const old = fleet.clusters.find(({ name }) => name === "old");
    expect(Object.keys(old ?? {}).filter((field) => ["aws", "azure", "google", "kubernetes", "network"].includes(field))).toEqual(
      [],
    );
    expect(old?.api.allowFrom).toEqual(["203.0.113.0/24"]);
  });

  test("what the defaults say wrongly is said once, where they say it", () => {
    expect(problemsOfText(SMALL.replace('kubernetes: "1.35"', 'kubernetes: "1.21"'))).toEqual([
      "x.yaml:4:15 defaults.kubernetes: Kubernetes '1.21' is not known here; allowed: 1.33, 1.34, 1.35, 1.36, 1.37",
    ]);
    expect(problemsOfText(SMALL.replace("203.0.113.0/24", "0.0.0.0/0"))).toEqual([
      "x.yaml:6:22 defaults.api.allowFrom[0]: 0.0.0.0/0 opens the Kubernetes API to everybody: name the ranges of people and runner, or use `access: private` with a proxy",
    ]);
  });

  test("defaults are checked though no cluster takes them", () => {
    expect(problemsOfText(SMALL.replace("  aws:\n", "  google: { proyectId: x }\n  aws:\n"))).toEqual([
      "x.yaml:7:13 defaults.google.proyectId: there is no field 'proyectId' here; did you mean 'projectId'?",
    ]);
  });

  test("defaults may be incomplete where clusters complete them", () => {
    const text = SMALL.replace('    accountId: "111122223333"\n', "").replaceAll(
      "cloud: aws,",
      'cloud: aws, aws: { accountId: "111122223333" },',
    );
    expect(problemsOfText(text)).toEqual([
      "x.yaml:12:3 clusters.two.aws.accountId: is missing: AWS account. Terraform refuses to work with credentials of another one",
    ]);
  });

  test("another cloud's block in a cluster is refused by name", () => {
    expect(problemsWith({ clusters: { eks: { azure: {} } } })).toEqual([
      "clusters.eks.azure: 'azure' is for clusters with `cloud: azure`, and this one has `cloud: aws`: remove it, or write it under `defaults`",
    ]);
  });
});

describe("YAML", () => {
  test.each([
    [
      "a key that stands twice",
      SMALL.replace("fleet: acme", "fleet: acme\nfleet: b"),
      "x.yaml:2:1 the key 'fleet' stands here a second time; YAML would drop one of the two",
    ],
    [
      "a second document",
      "fleet: a\n---\nfleet: b\n",
      "x.yaml:2:1 a fleet file is one YAML document; move what follows `---` to a file of its own",
    ],
    ["an alias of nothing", SMALL.replace("acme", "*name"), "x.yaml:1:8 no anchor '&name' stands before the alias '*name'"],
    ["a merge of nothing", `${SMALL}  three:\n    <<: *name\n`, "x.yaml:18:9 no anchor '&name' stands before the alias '*name'"],
    ["a list as a key", `${SMALL}  ? [a, b]\n  : {}\n`, "x.yaml:17:5 a key is text, and this is a list"],
    ["a key that would vanish", `${SMALL}  __proto__: {}\n`, "x.yaml:17:3 a key can't be called '__proto__': choose another"],
    ["an unknown tag", "fleet: !secret a\n", "x.yaml:1:8 not valid YAML: Unresolved tag: !secret"],
    ["no map", "- fleet\n", "x.yaml:1:1 a fleet file is a map that starts with `fleet: <name>`"],
    ["nothing at all", "", "x.yaml:1:1 a fleet file is a map that starts with `fleet: <name>`"],
  ])("%s is refused at its place", (_what, text, problem) => {
    expect(problemsOfText(text)).toEqual([problem]);
  });

  test("syntax errors have a place", () => {
    expect(problemsOfText("fleet: [acme\n")[0]).toMatch(/^x\.yaml:2:1 not valid YAML: /);
  });

  test("anchors, aliases and merge keys work, and problems stand where the text does", () => {
    const text = SMALL.replace("  one: { cloud: aws,", "  one: &one { cloud: aws,").replace("    cloud: aws\n", "    <<: *one\n");
    expect(parseFleet(text, "x.yaml").clusters[1]).toMatchObject({ cloud: "aws", region: "eu-west-2" });
    expect(problemsOfText(text.replace("  one: &one { cloud: aws,", "  one: &one { cloud: aws, retired: maybe,"))).toEqual([
      "x.yaml:12:36 clusters.one.retired: 'maybe' is not true or false",
    ]);
  });
});

describe("problems", () => {
  test("all are reported together, in the order of the file, of the shape as of the rules", () => {
    const text = SMALL.replace("eu-west-2", "eu-west-9")
      .replace("cloud: aws,", "cloud: aws, colour: red,")
      .replace("fleet: acme", "fleet: Acme");
    expect(problemsOfText(text)).toEqual([
      "x.yaml:1:8 fleet: 'Acme' is not valid: a fleet name is lower-case letters and digits, starting with a letter (no hyphen: stack ids start with it)",
      "x.yaml:12:22 clusters.one.colour: there is no field 'colour' here; allowed: cloud, region, kubernetes, retired, deletionProtection, network, api, pools, servers, maintenance, logRetentionDays, location, tags, labels, addons, overrides, aws",
      "x.yaml:15:13 clusters.two.region: 'eu-west-9' is no AWS region; did you mean 'eu-west-1'?",
    ]);
  });

  test("a cluster that can't be read keeps its problems to itself", () => {
    const text = `${SMALL}  three: { cloud: aws, network: { cidr: 10.3.0.0/16 } }\nnames:\n  app: { policy: weighted, members: [one, three] }\n`;
    expect(problemsOfText(text)).toEqual([
      "x.yaml:17:3 clusters.three.region: is missing: Region, by the name that the cluster's own cloud gives it",
    ]);
  });

  test("the error has each problem as data", () => {
    expect.assertions(2);
    try {
      parseFleet(SMALL.replace("eu-west-2", "eu-west-9"), "fleets/x.yaml");
    } catch (error) {
      expect(error).toBeInstanceOf(FleetError);
      expect((error as FleetError).problems).toEqual([
        {
          file: "fleets/x.yaml",
          line: 15,
          column: 13,
          path: ["clusters", "two", "region"],
          rule: "regions",
          message: "'eu-west-9' is no AWS region; did you mean 'eu-west-1'?",
        },
      ]);
    }
  });
});
