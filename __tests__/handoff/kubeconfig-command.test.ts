import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { main } from "../../cli/kubeconfig";
import { testUnless } from "../rehearsal/engine";
import { committedFleet, root, synthFleet } from "../support/fleet";

const folder = mkdtempSync(join(tmpdir(), "kubeconfig-"));
const out = join(folder, "the output");
const FLEET = join(root, "fleets/quickstart.yaml");
const before = process.env.TERRAFORM_BINARY_NAME;

beforeAll(() => {
  for (const [path, text] of Object.entries(synthFleet(committedFleet("fleets/quickstart.yaml")).files)) {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), text);
  }
  process.env.TERRAFORM_BINARY_NAME = join(folder, "terraform");
});
afterAll(() => {
  if (before === undefined) delete process.env.TERRAFORM_BINARY_NAME;
  else process.env.TERRAFORM_BINARY_NAME = before;
  rmSync(folder, { recursive: true, force: true });
});

/** A terraform that answers what it is asked for outputs. */
function answers(text: string): void {
  writeFileSync(join(folder, "terraform"), `#!/bin/sh\n${text}\n`);
  chmodSync(join(folder, "terraform"), 0o755);
}

function kubeconfig(...args: readonly string[]) {
  let printed = "";
  let said = "";
  const heard = jest.spyOn(process.stderr, "write").mockImplementation((text) => {
    said += String(text);
    return true;
  });
  try {
    const code = main([...args], (text) => {
      printed += text;
    });
    return { code, printed, said };
  } finally {
    heard.mockRestore();
  }
}
const contexts = (printed: string) => (JSON.parse(printed) as { contexts: { name: string }[] }).contexts.map(({ name }) => name);
const OUTPUTS = {
  endpoint: { value: "https://eks.example", sensitive: false },
  certificate_authority: { value: Buffer.from("-----BEGIN CERTIFICATE-----\n").toString("base64"), sensitive: false },
};

testUnless(
  spawnSync("kubectl", ["version", "--client"]).status === 0 ? undefined : "kubectl is not on PATH",
  "npm run kubeconfig prints what the states say, kubectl opens it, and merges it into a person's own",
  () => {
    answers(`case "$*" in *quickstart-dublin-cluster*) echo '${JSON.stringify(OUTPUTS)}' ;; *) exit 1 ;; esac`);
    const { code, printed, said } = kubeconfig(FLEET, "--out", out);
    expect([code, said]).toEqual([0, ""]);
    expect(contexts(printed)).toEqual(["quickstart-dublin"]);
    expect(printed).not.toMatch(/"token":|password/);
    const own = join(folder, "own");
    const file = join(folder, "fleet");
    writeFileSync(file, printed);
    writeFileSync(
      own,
      "apiVersion: v1\nkind: Config\ncurrent-context: home\ncontexts: [{ name: home, context: { cluster: home, user: me } }]\n",
    );
    const { stdout } = spawnSync("kubectl", ["config", "view", "--flatten", "-o", "json"], {
      encoding: "utf8",
      env: { ...process.env, KUBECONFIG: `${own}:${file}` },
    });
    const merged = JSON.parse(stdout) as { "current-context": string; clusters: { cluster: { server: string } }[] };
    expect([merged["current-context"], contexts(stdout)]).toEqual(["home", ["home", "quickstart-dublin"]]);
    expect(merged.clusters[0]!.cluster.server).toBe("https://eks.example");
  },
  30_000,
);

test("a cluster that isn't applied, or whose state can't be read, is left out with a sentence", () => {
  answers("echo '{}'");
  const fresh = kubeconfig(FLEET, "--out", out);
  expect([fresh.code, contexts(fresh.printed)]).toEqual([0, []]);
  expect(fresh.said).toMatch(/quickstart-dublin-cluster: isn't applied yet/);
  answers("echo '│ Error: no credentials' >&2; exit 1");
  const locked = kubeconfig(FLEET, "--out", out);
  expect([locked.code, contexts(locked.printed)]).toEqual([0, []]);
  expect(locked.said).toMatch(
    /quickstart-dublin-cluster: its outputs can't be read, .* \(Error: no credentials\); 'terraform init' there/,
  );
});

test("a folder of another fleet, and one without stacks, are refused with what to do", () => {
  const other = kubeconfig(join(root, "fleets/jldeen.yaml"), "--out", out);
  expect([other.code, other.said]).toEqual([
    1,
    expect.stringMatching(/holds fleet 'quickstart', not 'jldeen'; name its folder with --out/),
  ]);
  const none = kubeconfig(FLEET, "--out", join(folder, "nowhere"));
  expect([none.code, none.said]).toEqual([1, expect.stringMatching(/holds no synthesized stacks/)]);
});
