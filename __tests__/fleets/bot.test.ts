import { type ChildProcess, spawn } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { root } from "../support/fleet";

/** What a false service was asked, and what it answers. */
interface Asked {
  readonly method: string;
  readonly path: string;
  readonly authorization?: string;
  readonly body: Record<string, unknown>;
}
interface Run {
  id: number;
  display_title: string;
  status: string;
  conclusion: string | null;
  html_url: string;
}
interface Job {
  id: number;
  name: string;
  status: string;
  conclusion: string | null;
}

const closing: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closing) await close();
});

/** A service on loopback that remembers what it was asked. */
async function service(asked: Asked[], answer: (asked: Asked) => { status: number; body?: unknown }): Promise<string> {
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const text = Buffer.concat(parts).toString();
      const one: Asked = {
        method: request.method!,
        path: request.url!,
        authorization: request.headers.authorization,
        body: text ? (JSON.parse(text) as Record<string, unknown>) : {},
      };
      asked.push(one);
      const { status, body } = answer(one);
      response.writeHead(status, { "content-type": "application/json" });
      response.end(body === undefined ? "" : JSON.stringify(body));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  closing.push(
    () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const REPOSITORY = "arctiq/fleet";
const WORKFLOW = `/repos/${REPOSITORY}/actions/workflows/guestbook.yml`;

const toGitHub: Asked[] = [];
const said: string[] = [];
let runs: Run[] = [];
let jobs: Job[] = [];
let refuses: number | undefined;
let hook: string;

/** GitHub: a dispatch makes a run whose title has its request, as the workflow's run-name says. */
function github({ method, path, body }: Asked): { status: number; body?: unknown } {
  if (refuses) return { status: refuses };
  if (method === "POST" && path === `${WORKFLOW}/dispatches`) {
    const { inputs } = body as { inputs: Record<string, string> };
    const title = inputs.action === "deploy" ? `deploy ${inputs.tag} to ${inputs.cluster}` : `switch to ${inputs.weights}`;
    const id = runs.length + 1;
    runs.unshift({
      id,
      display_title: `${title}, for ${inputs.by} (${inputs.request})`,
      status: "in_progress",
      conclusion: null,
      html_url: `https://github.example/runs/${id}`,
    });
    return { status: 204 };
  }
  if (path.startsWith(`${WORKFLOW}/runs?`)) return { status: 200, body: { workflow_runs: runs } };
  if (/\/actions\/runs\/\d+\/jobs\?/.test(path)) return { status: 200, body: { jobs } };
  return { status: 404 };
}

beforeAll(async () => {
  const api = await service(toGitHub, github);
  const room = await service([], ({ body }) => {
    said.push(String(body.text));
    return { status: 200, body: { success: true } };
  });
  const bot: ChildProcess = spawn(process.execPath, [join(root, "fleets/arctiq/bot/bot.mjs")], {
    env: {
      PORT: "0",
      GITHUB_API: api,
      REPOSITORY,
      WORKFLOW: "guestbook.yml",
      BRANCH: "main",
      ROOM: "deployments",
      USERS: "greg,ada",
      CLUSTERS: "sydney,toronto",
      WEBHOOK_TOKEN: "from-the-room",
      GITHUB_TOKEN: "to-github",
      ROCKETCHAT_HOOK: `${room}/hooks/1`,
      LOOK_MS: "20",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  closing.push(
    () =>
      new Promise((done) => {
        bot.once("exit", () => done());
        bot.kill();
      }),
  );
  const port = await new Promise<string>((found, failed) => {
    bot.once("exit", (code) => failed(new Error(`the bot ended with ${code}`)));
    bot.stdout!.on("data", (text: Buffer) => {
      const at = /listens on (\d+)/.exec(text.toString());
      if (at) found(at[1]!);
    });
  });
  hook = `http://127.0.0.1:${port}/hook`;
});

beforeEach(() => {
  toGitHub.length = 0;
  said.length = 0;
  runs = [];
  jobs = [];
  refuses = undefined;
});

/** A message of the room, as Rocket.Chat's outgoing webhook sends it (triggerHandler, mapEventArgsToData). */
async function message(text: string, change: object = {}): Promise<{ status: number; text?: string }> {
  const body = {
    token: "from-the-room",
    bot: false,
    trigger_word: "guestbook",
    channel_id: "c1",
    channel_name: "deployments",
    message_id: "m1",
    user_id: "u1",
    user_name: "greg",
    text,
    ...change,
  };
  const response = await fetch(hook, { method: "POST", body: JSON.stringify(body) });
  const answer = await response.text();
  return { status: response.status, text: answer ? (JSON.parse(answer) as { text: string }).text : undefined };
}

async function until(what: () => boolean): Promise<void> {
  for (let tries = 0; !what(); tries++) {
    if (tries > 200) throw new Error(`it didn't come; said: ${said.join(" | ")}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

const dispatched = () => toGitHub.filter(({ path }) => path.endsWith("/dispatches"));

test("deploy starts the workflow of the one repository with its own token, and the room hears each job and the end", async () => {
  const { text } = await message("guestbook deploy 1.4.2 to toronto");
  expect(text).toMatch(/^deploys 1\.4\.2 to toronto: request [0-9a-f]{8}$/);
  expect(dispatched()).toEqual([
    {
      method: "POST",
      path: `${WORKFLOW}/dispatches`,
      authorization: "Bearer to-github",
      body: {
        ref: "main",
        inputs: {
          action: "deploy",
          tag: "1.4.2",
          cluster: "toronto",
          weights: "",
          by: "greg",
          request: text!.split(" ").at(-1),
        },
      },
    },
  ]);
  jobs = [{ id: 1, name: "deploy", status: "in_progress", conclusion: null }];
  await until(() => said.includes("deploy: begins"));
  jobs = [{ id: 1, name: "deploy", status: "completed", conclusion: "success" }];
  await until(() => said.includes("deploy: success"));
  runs = [{ ...runs[0]!, status: "completed", conclusion: "success" }];
  await until(() => said.length === 3);
  expect(said).toEqual([
    "deploy: begins",
    "deploy: success",
    expect.stringMatching(/^success: deploy 1\.4\.2 to toronto, for greg \(\w+\) \(https:/),
  ]);
});

test("switch moves the weights of all members, and only where that leaves somebody to answer", async () => {
  expect((await message("guestbook switch toronto=100 sydney=0", { user_name: "ada" })).text).toMatch(
    /^switches to sydney=0 toronto=100: request/,
  );
  expect(dispatched()[0]!.body.inputs).toMatchObject({ action: "switch", weights: "sydney=0 toronto=100", by: "ada" });
  runs = [{ ...runs[0]!, status: "completed", conclusion: "failure" }];
  await until(() => said.some((text) => text.startsWith("failure: switch to")));
  for (const words of ["sydney=0 toronto=0", "sydney=50", "sydney=50 toronto=x", "sydney=50 toronto=101", "sydney=1 saopaulo=2"])
    expect((await message(`guestbook switch ${words}`)).text).toMatch(/^each cluster's weight/);
  expect(dispatched()).toHaveLength(1);
});

test("list says the last runs, and status the one that goes, with its jobs", async () => {
  expect((await message("guestbook list")).text).toBe("nothing was deployed or switched yet");
  expect((await message("guestbook status")).text).toBe("nothing is going on");
  const url = "https://github.example/runs/";
  runs = [
    { id: 2, display_title: "deploy 2 to sydney", status: "in_progress", conclusion: null, html_url: `${url}2` },
    { id: 1, display_title: "deploy 1 to sydney", status: "completed", conclusion: "success", html_url: `${url}1` },
  ];
  jobs = [{ id: 1, name: "deploy", status: "queued", conclusion: null }];
  expect((await message("guestbook list")).text).toBe(
    `in_progress: deploy 2 to sydney (${url}2)\nsuccess: deploy 1 to sydney (${url}1)`,
  );
  expect((await message("guestbook status")).text).toBe(`in_progress: deploy 2 to sydney (${url}2)\ndeploy: queued`);
  expect(dispatched()).toEqual([]);
});

test.each([
  ["another token", { token: "guessed" }, 401, undefined],
  ["no token", { token: undefined }, 401, undefined],
  ["another room", { channel_name: "general" }, 200, "only in #deployments"],
  ["somebody else", { user_name: "mallory" }, 200, "mallory may not: ask greg or ada"],
  ["a bot", { bot: { i: "x" } }, 200, undefined],
  ["an edited message", { isEdited: true }, 200, undefined],
])("%s starts nothing", async (_, change, status, text) => {
  expect(await message("guestbook deploy 1.4.2 to toronto", change)).toEqual({ status, text });
  expect(toGitHub).toEqual([]);
});

test.each(["latest", "1.4.2;reboot", "$(id)", "-x", `1.4.2@sha256:${"0".repeat(63)}`, "a".repeat(129)])(
  "the tag %s is refused before GitHub is asked",
  async (tag) => {
    expect((await message(`guestbook deploy ${tag} to toronto`)).text).toMatch(/^which tag\?/);
    expect(toGitHub).toEqual([]);
  },
);

test("a cluster that isn't in the file, unknown words and a broken body start nothing", async () => {
  expect((await message("guestbook deploy 1 to mars")).text).toBe("to which cluster? one of sydney, toronto");
  expect((await message("guestbook delete 3")).text).toMatch(/^guestbook list\n/);
  expect((await message("hello")).text).toBeUndefined();
  expect((await fetch(hook, { method: "POST", body: "{" })).status).toBe(400);
  expect((await fetch(hook.replace("/hook", "/other"), { method: "POST" })).status).toBe(404);
  expect(toGitHub).toEqual([]);
});

test("what GitHub refuses is said, without the token", async () => {
  refuses = 403;
  const { text } = await message("guestbook deploy 1.4.2 to toronto");
  expect(text).toBe("it didn't work: GitHub answered 403 to POST workflows/guestbook.yml/dispatches");
});

test("a run that can no longer be seen is said in the room, without the token", async () => {
  const { text } = await message("guestbook deploy 1.4.2 to toronto");
  refuses = 502;
  await until(() => said.length > 0);
  expect(said).toHaveLength(1);
  const request = text!.split(" ").at(-1);
  expect(said[0]).toMatch(new RegExp(`^I no longer see what became of request ${request}: GitHub answered 502 to GET [\\w./]+$`));
});
