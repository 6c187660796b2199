import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { synthesize } from "../../cli/synthesize";
import { over, SOUND } from "../model/support";

test("what AWS chooses at each plan is said of a new EKS cluster that pins nothing, until its lock is there", () => {
  const mode = process.env.MERIDIAN_LOCK;
  process.env.MERIDIAN_LOCK = "write";
  const folder = mkdtempSync(join(tmpdir(), "eks-note-"));
  const [file, out] = [join(folder, "f.yaml"), join(folder, "out")];
  const said = (clusters: object) => {
    const lines: string[] = [];
    writeFileSync(file, stringify(over(SOUND, { clusters: { aks: undefined, gke: undefined, ...clusters } })));
    synthesize({ file, out, lock: join(folder, "f.lock.json"), say: (line) => void lines.push(line) });
    return lines.filter((line) => line.includes("AWS's choice"));
  };
  try {
    const pinned = { cloud: "aws", region: "eu-west-1", network: { cidr: "10.4.0.0/16" } };
    const versions = { aws: { addonVersions: { coredns: "v1.13.1-eksbuild.1" } } };
    expect(said({ two: { ...pinned, ...versions } })).toEqual([
      expect.stringMatching(/: eks\. npm run upgrade -- .*f\.yaml --only addons, and --only images, pin them$/),
    ]);
    expect(said({ two: { ...pinned, ...versions } })).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    if (mode === undefined) delete process.env.MERIDIAN_LOCK;
    else process.env.MERIDIAN_LOCK = mode;
  }
});
