import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lockProviders } from "../../cli/lock-providers";
import { describeWithTerraform } from "../rehearsal/engine";

const folder = mkdtempSync(join(tmpdir(), "lock-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A zip of one stored file (APPNOTE 6.3.10: local header, central directory, end). */
function zip(name: string, content: Buffer): Buffer {
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt32LE(crc32(content), 10);
  common.writeUInt32LE(content.length, 14);
  common.writeUInt32LE(content.length, 18);
  common.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from("PK\x03\x04"), common, Buffer.from(name), content]);
  const central = Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), common, Buffer.alloc(14), Buffer.from(name)]);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

describeWithTerraform("lock files of a bundle", () => {
  const mirror = join(folder, "mirror");
  const stacks = join(folder, "terraform");
  const lock = (stack: string) => readFileSync(join(stacks, "stacks", stack, ".terraform.lock.hcl"), "utf8");

  beforeAll(() => {
    const place = join(mirror, "registry.terraform.io/hashicorp/aws");
    mkdirSync(place, { recursive: true });
    for (const platform of ["linux_amd64", "darwin_arm64"])
      writeFileSync(
        join(place, `terraform-provider-aws_6.25.0_${platform}.zip`),
        zip("terraform-provider-aws_v6.25.0", Buffer.from(platform)),
      );
    const config = { terraform: { required_providers: { aws: { source: "aws", version: "6.25.0" } } } };
    const manifest: Record<string, object> = {};
    for (const id of ["f-a", "f-b"]) {
      mkdirSync(join(stacks, "stacks", id), { recursive: true });
      writeFileSync(join(stacks, "stacks", id, "cdk.tf.json"), JSON.stringify(config));
      manifest[id] = {
        name: id,
        workingDirectory: `stacks/${id}`,
        synthesizedStackPath: `stacks/${id}/cdk.tf.json`,
        dependencies: [],
      };
    }
    writeFileSync(join(stacks, "manifest.json"), JSON.stringify({ stacks: manifest }));
  });

  test("hold the providers' checksums for each platform that was named, in every stack, from a mirror", () => {
    expect(lockProviders(stacks, ["linux_amd64", "darwin_arm64"], mirror)).toBe(
      "Providers' checksums are locked for linux_amd64, darwin_arm64 in 2 stacks.",
    );
    expect(lock("f-a").match(/"h1:/g)).toHaveLength(2);
    expect(lock("f-b")).toBe(lock("f-a"));
  }, 60_000);

  test("are not written where the mirror lacks a platform, which is said", () => {
    expect(lockProviders(stacks, ["windows_amd64"], mirror)).toMatch(/^Providers' checksums aren't locked: .*make lock/);
  }, 60_000);
});
