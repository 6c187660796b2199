// Words in a room of Rocket.Chat start a workflow of one repository. It has no rights in any cluster: what it may do is
// what its GitHub token may, which is to start that repository's workflows and to look at their runs.
//
//   guestbook list                      the last runs
//   guestbook deploy 1.4.2 to sydney    that version to one cluster
//   guestbook switch sydney=0 toronto=100
//   guestbook status                    the run that goes, job by job
//
// In comes an outgoing webhook of Rocket.Chat, out go its answer and an incoming webhook. Node alone, no packages.
import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const NEEDED = [
  "PORT",
  "GITHUB_API",
  "REPOSITORY",
  "WORKFLOW",
  "BRANCH",
  "ROOM",
  "USERS",
  "CLUSTERS",
  "WEBHOOK_TOKEN",
  "GITHUB_TOKEN",
  "ROCKETCHAT_HOOK",
];
const missing = NEEDED.filter((name) => !process.env[name]);
if (missing.length > 0) {
  console.error(`not set: ${missing.join(", ")}`);
  process.exit(1);
}
const { PORT, GITHUB_API, REPOSITORY, WORKFLOW, BRANCH, ROOM, WEBHOOK_TOKEN, GITHUB_TOKEN, ROCKETCHAT_HOOK } = process.env;
const USERS = process.env.USERS.split(",");
const CLUSTERS = process.env.CLUSTERS.split(",");
/** Between two looks at a run. */
const LOOK_MS = Number(process.env.LOOK_MS ?? 10_000);
/** A run that hasn't ended by then is followed no longer. */
const FOLLOW_MS = 60 * 60_000;
const MAX_BODY = 64 * 1024;

const HELP = [
  "guestbook list",
  `guestbook deploy <tag> to <${CLUSTERS.join("|")}>`,
  `guestbook switch ${CLUSTERS.map((cluster) => `${cluster}=<weight>`).join(" ")}`,
  "guestbook status",
].join("\n");

/** Asks GitHub about the one repository. The token never stands in a message. */
async function github(path, { method = "GET", body } = {}) {
  const response = await fetch(`${GITHUB_API}/repos/${REPOSITORY}/actions/${path}`, {
    method,
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${GITHUB_TOKEN}`,
      "x-github-api-version": "2022-11-28",
      "user-agent": "guestbook-bot",
      ...(body && { "content-type": "application/json" }),
    },
    body: body && JSON.stringify(body),
    redirect: "error",
    signal: AbortSignal.timeout(15_000),
  });
  if (!response.ok) throw new Error(`GitHub answered ${response.status} to ${method} ${path.split("?")[0]}`);
  return response.status === 204 ? undefined : response.json();
}

const runs = async (query) =>
  (await github(`workflows/${WORKFLOW}/runs?event=workflow_dispatch&per_page=5${query ?? ""}`)).workflow_runs;

const stateOf = ({ status, conclusion }) => (status === "completed" ? conclusion : status);
const lineOf = (run) => `${stateOf(run)}: ${run.display_title} (${run.html_url})`;

/** Sends a message to the room by the incoming webhook. */
async function say(text) {
  const response = await fetch(ROCKETCHAT_HOOK, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ text }),
    redirect: "error",
    signal: AbortSignal.timeout(15_000),
  });
  if (!response.ok) throw new Error(`Rocket.Chat answered ${response.status}`);
}

/** Starts the workflow, finds its run by the title that only this request has, and tells the room what its jobs do. */
async function start(user, inputs) {
  const request = randomBytes(4).toString("hex");
  await github(`workflows/${WORKFLOW}/dispatches`, {
    method: "POST",
    body: { ref: BRANCH, inputs: { ...inputs, by: user, request } },
  });
  follow(request).catch((error) => {
    console.error(error.message);
    say(`I no longer see what became of request ${request}: ${error.message}`).catch((other) => console.error(other.message));
  });
  return request;
}

async function follow(request) {
  const end = Date.now() + FOLLOW_MS;
  const said = new Map();
  for (; Date.now() < end; await new Promise((done) => setTimeout(done, LOOK_MS))) {
    const run = (await runs()).find(({ display_title }) => display_title.includes(request));
    if (!run) continue;
    const { jobs } = await github(`runs/${run.id}/jobs?per_page=50`);
    for (const job of jobs) {
      const state = stateOf(job);
      if (said.get(job.id) === state || state === "queued" || state === "skipped") continue;
      said.set(job.id, state);
      await say(`${job.name}: ${state === "in_progress" ? "begins" : state}`);
    }
    if (run.status === "completed") return say(lineOf(run));
  }
  await say(`request ${request} has not ended within an hour`);
}

/** What is said to a command of somebody who may. */
async function answer(user, words) {
  const [verb, ...rest] = words;
  if (verb === "list" && rest.length === 0) {
    const last = await runs();
    return last.length === 0 ? "nothing was deployed or switched yet" : last.map(lineOf).join("\n");
  }
  if (verb === "status" && rest.length === 0) {
    const [run] = (await runs()).filter(({ status }) => status !== "completed");
    if (!run) return "nothing is going on";
    const { jobs } = await github(`runs/${run.id}/jobs?per_page=50`);
    return [lineOf(run), ...jobs.map((job) => `${job.name}: ${stateOf(job)}`)].join("\n");
  }
  if (verb === "deploy") {
    const [tag, to, cluster, ...more] = rest;
    // as Terraform's variable takes it
    if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}(@sha256:[0-9a-f]{64})?$/.test(tag ?? "") || tag === "latest")
      return `which tag? not '${tag ?? ""}'\n${HELP}`;
    if (to !== "to" || !CLUSTERS.includes(cluster) || more.length > 0) return `to which cluster? one of ${CLUSTERS.join(", ")}`;
    return `deploys ${tag} to ${cluster}: request ${await start(user, { action: "deploy", tag, cluster, weights: "" })}`;
  }
  if (verb === "switch") {
    const weights = new Map(rest.map((word) => word.split("=")));
    const wrong =
      rest.length !== CLUSTERS.length || CLUSTERS.some((cluster) => !/^(\d{1,2}|100)$/.test(weights.get(cluster) ?? ""));
    if (wrong || CLUSTERS.every((cluster) => weights.get(cluster) === "0"))
      return `each cluster's weight from 0 to 100, not all 0\n${HELP}`;
    const text = CLUSTERS.map((cluster) => `${cluster}=${weights.get(cluster)}`).join(" ");
    return `switches to ${text}: request ${await start(user, { action: "switch", tag: "", cluster: "none", weights: text })}`;
  }
  return HELP;
}

/** Whether two secrets are the same, in a time that doesn't tell how far they are. */
function same(one, other) {
  const [a, b] = [Buffer.from(String(one)), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

async function hook(body) {
  let message;
  try {
    message = JSON.parse(body);
  } catch {
    return { status: 400 };
  }
  if (message === null || typeof message !== "object" || !same(message.token, WEBHOOK_TOKEN)) return { status: 401 };
  // its own messages, other bots' and edited ones, which Rocket.Chat sends again
  if (message.bot || message.isEdited) return { status: 200 };
  const [word, ...words] = String(message.text ?? "")
    .trim()
    .split(/\s+/);
  if (word !== "guestbook") return { status: 200 };
  if (message.channel_name !== ROOM) return { status: 200, text: `only in #${ROOM}` };
  if (!USERS.includes(message.user_name)) return { status: 200, text: `${message.user_name} may not: ask ${USERS.join(" or ")}` };
  try {
    return { status: 200, text: await answer(message.user_name, words) };
  } catch (error) {
    console.error(error.message);
    return { status: 200, text: `it didn't work: ${error.message}` };
  }
}

const server = createServer((request, response) => {
  const end = ({ status, text }) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(text === undefined ? "" : JSON.stringify({ text }));
  };
  if (request.method === "GET" && request.url === "/healthz") return end({ status: 200 });
  if (request.method !== "POST" || request.url !== "/hook") return end({ status: 404 });
  const parts = [];
  let size = 0;
  request.on("data", (part) => {
    size += part.length;
    if (size > MAX_BODY) request.destroy();
    else parts.push(part);
  });
  request.on("end", () => hook(Buffer.concat(parts).toString("utf8")).then(end, () => end({ status: 500 })));
});
server.listen(Number(PORT), () => console.log(`listens on ${server.address().port}`));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(0));
