import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fleetWith, problemsWith } from "../support";

describe("patterns hold from the first sign to the last", () => {
  test.each([
    ["1.2.3 || >=2.0.0"],
    ["1.2.3 - 2.0.0"],
    ["1.2.3 ~2"],
    ["^1.2.3"],
    ["1.2.x"],
    ["1.2"],
    ["1.2.3-rc.1 <2"],
    ["1.2.3+${x}"],
  ])("%s is no exact version of a chart", (version) => {
    const application = { chart: "c", repository: "https://charts.example.com", version };
    expect(problemsWith({ apps: { a: application } })).toEqual([expect.stringContaining("apps.a.version: ")]);
    expect(problemsWith({ defaults: { addons: { certManager: { version } } } })[0]).toContain("addons.certManager.version: ");
  });

  test.each(["1.2.3", "v1.2.3", "1.2.3-rc.1", "1.2.3+build.5", "10.20.30-alpha-1+x"])("%s is one", (version) => {
    const application = { chart: "c", repository: "https://charts.example.com", version };
    expect(() => fleetWith({ apps: { a: application } })).not.toThrow();
  });

  test.each([
    ["a name with a letter that IAM lacks", "arn:aws:iam::111122223333:role/té"],
    ["a name with a space", "arn:aws:iam::111122223333:role/plat form"],
    ["a name with an expression", 'arn:aws:iam::111122223333:role/x${file("/etc/hostname")}'],
    ["a name that is too long", `arn:aws:iam::111122223333:role/${"a".repeat(65)}`],
    ["a path that is empty", "arn:aws:iam::111122223333:role//a"],
    ["another service's", "arn:aws:s3:::bucket"],
  ])("%s makes no administrator and no runner, said with the place", (_what, arn) => {
    const told = problemsWith({ clusters: { eks: { aws: { admins: [arn], runner: arn } } } });
    expect(told).toEqual(
      expect.arrayContaining([
        expect.stringContaining("clusters.eks.aws.admins[0]: "),
        expect.stringContaining("clusters.eks.aws.runner: "),
      ]),
    );
  });

  test.each([
    [
      "a member that is an expression",
      { clusters: { gke: { google: { admins: ['group:${file("/etc/hostname")}@acme.example'] } } } },
      "google.admins[0]",
    ],
    [
      "a boundary that is an expression",
      { clusters: { eks: { aws: { permissionsBoundaryArn: 'arn:aws:iam::111122223333:policy/${upper("x")}' } } } },
      "permissionsBoundaryArn",
    ],
    [
      "a key with a space",
      { clusters: { eks: { aws: { secretsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/a b" } } } },
      "secretsKeyArn",
    ],
    [
      "a chart that is an expression",
      { apps: { a: { chart: "${x}", repository: "https://charts.example.com", version: "1.2.3" } } },
      "apps.a.chart",
    ],
    ["a mirror that is an expression", { charts: { source: "mirror", mirror: "oci://${x}/y" } }, "charts.mirror"],
    ["an address of two words", { defaults: { addons: { certManager: { email: "me @ here" } } } }, "certManager.email"],
  ])("%s is refused", (_what, changes, place) => {
    expect(problemsWith(changes)[0]).toContain(place);
  });

  test("so every pattern of the schema is held at both ends, or says only how a URL or an ARN begins", () => {
    const schema = readFileSync(join(__dirname, "../../../docs/fleet.schema.json"), "utf8");
    const patterns = [...schema.matchAll(/"pattern": ("(?:[^"\\]|\\.)*")/g)].map(([, text]) => JSON.parse(text!) as string);
    expect(patterns.length).toBeGreaterThan(20);
    const open = patterns.filter((pattern) => !/^\^.*\$$/.test(pattern));
    expect(
      [...new Set(open)].filter(
        (pattern) => !["^https:\\/\\/.*", "^arn:.*", "^http.*", "\\{stack\\}", "\\S", "^\\/.*"].includes(pattern),
      ),
    ).toEqual([]);
  });
});
