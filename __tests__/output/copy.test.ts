import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyFolder } from "../../output/copy";

const folder = mkdtempSync(join(tmpdir(), "copy-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a copy of a folder that is read-only can be written to, a second time too, and has nothing of Terraform's own", () => {
  const [from, to] = [join(folder, "from"), join(folder, "to")];
  const stack = join(from, "stacks/one");
  mkdirSync(join(stack, ".terraform/providers"), { recursive: true });
  for (const name of ["cdk.tf.json", ".terraform.lock.hcl", "terraform.tfstate", "terraform.tfstate.backup", "a.tfplan"])
    writeFileSync(join(stack, name), "{}", { mode: 0o444 });
  for (const place of [stack, join(from, "stacks"), from]) chmodSync(place, 0o555);
  try {
    copyFolder(from, to);
    copyFolder(from, to);
    const copied = join(to, "stacks/one");
    for (const place of [to, join(to, "stacks"), copied, join(copied, "cdk.tf.json")])
      expect([place, statSync(place).mode & 0o200]).toEqual([place, 0o200]);
    const left = [".terraform", "terraform.tfstate", "terraform.tfstate.backup", "a.tfplan"];
    expect(left.filter((name) => existsSync(join(copied, name)))).toEqual([]);
    expect(existsSync(join(copied, ".terraform.lock.hcl"))).toBe(true);
    expect(statSync(stack).mode & 0o200).toBe(0);
  } finally {
    for (const place of [from, join(from, "stacks"), stack]) chmodSync(place, 0o755);
  }
});
