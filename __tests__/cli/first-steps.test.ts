import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { PassThrough } from "node:stream";
import { main as expand } from "../../cli/expand";
import { fleetText, main as init } from "../../cli/init";
import { main as validate } from "../../cli/validate";
import { expandFleet } from "../../model/reading/expand";
import { parseFleet } from "../../model/reading/load";
import { committedFleet, coveringFleets, root, synthFleet } from "../support/fleet";

const folder = mkdtempSync(join(tmpdir(), "first-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => jest.restoreAllMocks());

/** What a program prints. */
async function said(
  run: () => number | Promise<number>,
  heard: (text: string) => void = () => undefined,
): Promise<{ code: number; out: string; err: string }> {
  const texts = { out: "", err: "" };
  jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    texts.out += text;
    heard(String(text));
    return true;
  });
  jest.spyOn(process.stderr, "write").mockImplementation((text) => {
    texts.err += text;
    return true;
  });
  const code = await run();
  jest.restoreAllMocks();
  return { code, ...texts };
}

const REGIONS = { aws: "eu-west-1", azure: "westeurope", google: "europe-west4" };

describe.each(Object.entries(REGIONS))("init for %s", (cloud, region) => {
  const file = join(folder, `${cloud}.yaml`);

  test("writes a file in which validate names each thing that is still to be given, and nothing else", async () => {
    expect(await said(() => init([file, "--cloud", cloud]))).toMatchObject({ code: 0, err: "" });
    const { code, err } = await said(() => validate([file]));
    const lines = err.trim().split("\n");
    expect(code).toBe(1);
    expect(lines.length).toBe(readFileSync(file, "utf8").split("CHANGE-ME").length - 1);
    for (const line of lines) expect(line).toMatch(/^\S+\.yaml:\d+:\d+ \S+: is still CHANGE-ME: write (an?|the) /);
  });

  test("leads editors to the schema, and overwrites nothing", async () => {
    const [, schema] = /\$schema=(\S+)/.exec(readFileSync(file, "utf8"))!;
    expect(existsSync(resolve(dirname(file), schema!))).toBe(true);
    const again = await said(() => init([file, "--cloud", cloud, "--region", region]));
    expect(again).toMatchObject({ code: 1, err: `${file}: is there already, and init overwrites nothing; name another file\n` });
  });

  test("makes a draft that can be looked at", () => {
    const { stacks } = synthFleet(parseFleet(readFileSync(file, "utf8"), file, undefined, true));
    expect(Object.keys(stacks)).toContain(`${cloud}-main-cluster`);
  });
});

test("a file with every answer is well at once", async () => {
  const answers = {
    cloud: "aws",
    region: "eu-west-1",
    account: "111122223333",
    admin: "arn:aws:iam::111122223333:role/platform",
    runner: "arn:aws:iam::111122223333:role/terraform",
    allowFrom: "203.0.113.0/24",
    zone: "k8s.example.com",
  };
  const file = join(folder, "well.yaml");
  writeFileSync(file, fleetText(file, answers));
  expect(await said(() => validate([file]))).toEqual({ code: 0, out: `${file}: fleet well is well; 1 clusters\n`, err: "" });
});

/** Somebody at a terminal, who answers one question after the other, and goes away after the last answer. */
function person(answers: readonly string[]) {
  const terminal = Object.assign(new PassThrough(), { isTTY: true });
  const asked: string[] = [];
  const answer = (text: string) => {
    if (!/: $/.test(text)) return;
    asked.push(text);
    const next = answers[asked.length - 1];
    if (next === undefined) terminal.end();
    else terminal.write(`${next}\n`);
  };
  return { terminal, asked, answer };
}

test("init asks at a terminal, asks again where the cloud or its region is none, and leaves open what isn't answered", async () => {
  const file = join(folder, "asked.yaml");
  const { terminal, asked, answer } = person([
    "oracle",
    "azure",
    "eu-west-1",
    "westeurope",
    "",
    "",
    "",
    "",
    "203.0.113.0/24",
    "k8s.example.com",
  ]);
  const { code } = await said(() => init([file], terminal), answer);
  expect(code).toBe(0);
  expect(asked.slice(0, 4)).toEqual([
    expect.stringMatching(/^Cloud/),
    expect.stringMatching(/^Cloud/),
    expect.stringMatching(/^Region/),
    expect.stringMatching(/^Region/),
  ]);
  expect(asked).toHaveLength(10);
  const text = readFileSync(file, "utf8");
  expect(text).toContain('allowFrom: ["203.0.113.0/24"]');
  expect(text.split("CHANGE-ME").length - 1).toBe(4);
});

test("questions that are broken off write nothing, and say so", async () => {
  const file = join(folder, "broken.yaml");
  const { terminal, answer } = person(["aws", "eu-west-1"]);
  expect(await said(() => init([file], terminal), answer)).toMatchObject({
    code: 1,
    err: `\n${file}: not written, as the questions were broken off\n`,
  });
  expect(existsSync(file)).toBe(false);
});

test("init says which answer it can't use", () => {
  expect(() => fleetText("x.yaml", { cloud: "aws", region: "eu-wst-1" })).toThrow(
    /--region: 'eu-wst-1' is no AWS region; did you mean/,
  );
  expect(() => fleetText("x.yaml", { cloud: "oracle", region: "x" })).toThrow(
    "--cloud: 'oracle' is not a cloud; write one of aws, azure, google",
  );
  expect(() => fleetText("x.yaml", {})).toThrow("--cloud: is missing; write one of aws, azure, google");
});

test.each(coveringFleets)("%s, expanded, is a fleet file that means the same", (file) => {
  const text = readFileSync(join(root, file), "utf8");
  const expanded = expandFleet(text, file);
  const { folder: _folder, ...fleet } = committedFleet(file);
  expect(parseFleet(expanded, file)).toEqual(fleet);
});

test("an expanded file says where each value comes from", async () => {
  const file = join(root, "fleets/jldeen.yaml");
  const { code, out } = await said(() => expand([file]));
  expect(code).toBe(0);
  expect(out).toMatch(/^ {4}region: eastus$/m);
  expect(out).toMatch(/^ {2}ttlSeconds: 60 # default$/m);
  expect(out).toMatch(/^ {6}subscriptionId: 00000000-0000-0000-0000-000000000001 # defaults$/m);
  expect(out).toMatch(/^ {4}kubernetes: "1\.\d+" # /m);
});
