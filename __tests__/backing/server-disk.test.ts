import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SCRIPTS } from "../../constructs/backing/servers/scripts";

const EMPTY = 32 * 1024 * 1024;

/** A machine that is a folder: a file is the disk, and programs say what they are told to and write down how they were called. */
function machine(options: {
  readonly isNew: boolean;
  readonly bytes?: string;
  /** What blkid finds, or its exit code. */
  readonly blkid: string | number;
  readonly partition?: boolean;
  readonly e2fsck?: number;
  readonly mounted?: boolean;
  /** Place of the link to the disk; `late` after the second look. @default by-lun/0, at once */
  readonly link?: "scsi1/lun0" | "late" | "never";
  /** Programs of this machine that are taken instead of stand-ins. */
  readonly real?: boolean;
}) {
  const root = mkdtempSync(join(tmpdir(), "machine-"));
  const bin = join(root, "bin");
  const disk = join(root, "sdc");
  for (const folder of ["bin", "etc/meridian", "dev/disk/azure/data/by-lun", "dev/disk/azure/scsi1"])
    mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(disk, options.bytes ?? "");
  truncateSync(disk, EMPTY);
  writeFileSync(join(root, "etc/meridian/server"), `NAME='gen-east-files'\nDISK_IS_NEW='${options.isNew ? "yes" : "no"}'\n`);
  const place = options.link === "scsi1/lun0" ? options.link : "data/by-lun/0";
  const link = join(root, "dev/disk/azure", place);
  if (options.link !== "late" && options.link !== "never") symlinkSync(disk, link);
  const program = (name: string, does: string) => {
    writeFileSync(join(bin, name), `#!/bin/sh\necho "${name} $*" >> "${root}/calls"\n${does}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  program("mountpoint", `exit ${options.mounted ? 0 : 1}`);
  program("lsblk", `echo "${disk} disk"\n${options.partition ? `echo "${disk}1 part"` : ""}`);
  program("mount", "exit 0");
  program("resize2fs", "exit 0");
  program("sleep", options.link === "late" ? `ln -sfn "${disk}" "${link}"` : "exit 0");
  if (!options.real) {
    program("blkid", typeof options.blkid === "number" ? `exit ${options.blkid}` : `echo ${options.blkid}`);
    program("mkfs.ext4", "exit 0");
    program("e2fsck", `exit ${options.e2fsck ?? 0}`);
  }
  const script = join(root, "data-disk");
  writeFileSync(script, SCRIPTS.postgres["data-disk"]);
  const run = () => {
    rmSync(join(root, "calls"), { force: true });
    const { status, stderr } = spawnSync("sh", [script], {
      encoding: "utf8",
      env: { ROOT: root, PATH: `${bin}:${process.env.PATH}:/usr/sbin:/sbin` },
    });
    const calls = existsSync(join(root, "calls")) ? readFileSync(join(root, "calls"), "utf8").replaceAll(root, "") : "";
    return { status, stderr, formatted: calls.includes("mkfs"), mounted: /^mount .*/m.exec(calls)?.[0], calls };
  };
  return { root, disk, run };
}

const made: string[] = [];
function start(options: Parameters<typeof machine>[0]) {
  const { root, run } = machine(options);
  made.push(root);
  return run();
}
afterAll(() => {
  for (const root of made) rmSync(root, { recursive: true, force: true });
});

test("an empty disk that was made empty is formatted, and mounted", () => {
  expect(start({ isNew: true, blkid: 2 })).toMatchObject({
    status: 0,
    formatted: true,
    mounted: "mount -o noatime /sdc /data",
  });
});

test.each<[string, Parameters<typeof machine>[0], RegExp]>([
  [
    "with bytes that blkid doesn't know",
    { isNew: true, bytes: "a dump of somebody's", blkid: 2 },
    /no file system and is not empty/,
  ],
  ["with a partition", { isNew: true, blkid: 2, partition: true }, /has a partition and no file system on it/],
  ["that was made from a copy", { isNew: false, blkid: 2 }, /made from a copy and no file system is found/],
  ["with another file system", { isNew: true, blkid: "xfs" }, /holds 'xfs' and not ext4/],
  ["that blkid finds two things on", { isNew: true, blkid: 8 }, /blkid says 8/],
  ["whose file system is broken", { isNew: false, blkid: "ext4", e2fsck: 4 }, /needs a hand/],
  ["that never comes", { isNew: true, blkid: 2, link: "never" }, /has not come within half an hour/],
])("a disk %s is neither formatted nor mounted", (_, options, message) => {
  const { status, stderr, formatted, mounted } = start(options);
  expect([status, formatted, mounted]).toEqual([1, false, undefined]);
  expect(stderr).toMatch(message);
});

test.each<[string, Parameters<typeof machine>[0], string]>([
  ["a disk with data, new or not", { isNew: true, bytes: "data", blkid: "ext4" }, "/sdc"],
  ["a partition of a restored disk", { isNew: false, blkid: "ext4", partition: true }, "/sdc1"],
  ["a disk whose file system was mended", { isNew: false, blkid: "ext4", e2fsck: 1 }, "/sdc"],
  ["a disk that is attached after the first look", { isNew: false, blkid: "ext4", link: "late" }, "/sdc"],
  ["a disk of a machine without NVMe", { isNew: false, blkid: "ext4", link: "scsi1/lun0" }, "/sdc"],
])("%s is mounted as it is", (_, options, what) => {
  expect(start(options)).toMatchObject({ status: 0, formatted: false, mounted: `mount -o noatime ${what} /data` });
});

test("what is mounted already is left alone", () => {
  expect(start({ isNew: true, blkid: 2, mounted: true })).toMatchObject({ status: 0, calls: "mountpoint -q /data\n" });
});

const tools = ["/usr/sbin", "/sbin", "/usr/bin"].some((folder) => existsSync(join(folder, "mkfs.ext4")));
if (!tools)
  process.stderr.write("a disk formatted by the real programs: skipped, as there is no mkfs.ext4 (Debian's package e2fsprogs)\n");
(tools ? test : test.skip)("with the real programs a disk is formatted once, and stays as it is at the next start", () => {
  const { root, disk, run } = machine({ isNew: true, blkid: 2, real: true });
  made.push(root);
  expect(run()).toMatchObject({ status: 0, mounted: "mount -o noatime /sdc /data" });
  const first = readFileSync(disk);
  expect(first.subarray(1080, 1082).toString("hex")).toBe("53ef"); // the magic number of ext4's superblock
  expect(run()).toMatchObject({ status: 0, mounted: "mount -o noatime /sdc /data" });
  const uuid = (bytes: Buffer) => bytes.subarray(1128, 1144).toString("hex");
  expect(uuid(readFileSync(disk))).toBe(uuid(first));
});
