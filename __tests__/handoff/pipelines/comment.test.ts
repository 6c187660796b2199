import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { parse } from "yaml";
import { azurePipelines } from "../../../handoff/pipelines/azure";
import { bitbucketPipelines } from "../../../handoff/pipelines/bitbucket";
import type { PipelineInput } from "../../../handoff/pipelines/common";
import { githubWorkflows } from "../../../handoff/pipelines/github";
import { gitlabPipelines } from "../../../handoff/pipelines/gitlab";
import { testUnless } from "../../rehearsal/engine";
import { ended } from "../operator";
import { input as whole } from "./remote";

const [, second, ...others] = whole.handoff.stacks;
/** With a stack whose plan reads a secret, which a request can't plan. */
const withSecret = {
  ...whole,
  handoff: { ...whole.handoff, stacks: [whole.handoff.stacks[0]!, { ...second!, secrets: ["is given token"] }, ...others] },
};

const MARK = "<!-- meridian arctiq -->";
const missing = ["jq", "curl", "bash"].find((name) => spawnSync(name, ["--version"]).status !== 0);

/** What a service keeps of a request's comments, oldest first: somebody's own is there already. */
let comments: string[] = [];
/** What was asked of it, and by whom. */
let asked: { readonly method: string; readonly path: string; readonly token: string }[] = [];

const read = async (request: IncomingMessage) => {
  let text = "";
  for await (const part of request) text += String(part);
  return text;
};

/** GitLab's notes and Azure Repos' threads, each with the one comment that it begins with. */
const server: Server = createServer((request, response) => {
  void read(request).then((text) => {
    const { pathname } = new URL(request.url!, "http://localhost");
    const token = String(request.headers["private-token"] ?? request.headers.authorization ?? "");
    asked.push({ method: request.method!, path: pathname, token });
    const sent = text === "" ? {} : (JSON.parse(text) as { body?: string; content?: string; comments?: { content: string }[] });
    const words = sent.body ?? sent.content ?? sent.comments?.[0]?.content;
    const which = /\/(?:notes|threads)(?:\/(?<id>\d+))?(?:\/comments\/1)?$/.exec(pathname);
    if (!which) return response.writeHead(404).end();
    if (words !== undefined && which.groups?.id === undefined) comments.push(words);
    else if (words !== undefined) comments[Number(which.groups!.id) - 1] = words;
    const gitlab = comments.map((body, index) => ({ id: index + 1, body }));
    const azure = { value: comments.map((content, index) => ({ id: index + 1, comments: [{ id: 1, content }] })) };
    return response.end(JSON.stringify(pathname.includes("/notes") ? gitlab : azure));
  });
});

const folder = mkdtempSync(join(tmpdir(), "comment-"));
let at = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  comments = ["looks good"];
  asked = [];
});

/** `gh api`, as far as the workflow asks it. */
const GH = `#!/bin/sh
store=${join(folder, "store.json")}
case "$*" in
  *--paginate*) jq -r "$5" "$store" ;;
  *"--method PATCH"*) id=\${4##*/}; jq --argjson id "$id" --rawfile body comment.md 'map(if .id == $id then .body = $body else . end)' "$store" >"$store.new" && mv "$store.new" "$store" ;;
  *) jq --rawfile body comment.md '. + [{id: 2, body: $body}]' "$store" >"$store.new" && mv "$store.new" "$store" ;;
esac
`;

interface Service {
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  /** Where the words of one stack's review lie. */
  readonly review: string;
  /** What proves who comments. */
  readonly token?: string;
  /** A stand-in for curl. @default - the real one */
  readonly curl?: string;
}

function services(input: PipelineInput): Readonly<Record<string, Service>> {
  const github = parse(githubWorkflows(input)[".github/workflows/arctiq-request.yml"]!) as {
    jobs: { comment: { steps: { run?: string }[] } };
  };
  const gitlab = parse(gitlabPipelines(input)["arctiq.gitlab-ci.yml"]!) as Record<string, { script: string[] }>;
  const azure = parse(azurePipelines(input)["arctiq-read.yml"]!) as { jobs: { job: string; steps: { bash?: string }[] }[] };
  const of = (steps: readonly { run?: string; bash?: string }[]) => steps.map(({ run, bash }) => run ?? bash ?? "").at(-1)!;
  return {
    github: {
      script: of(github.jobs.comment.steps),
      review: "reviews/review-arctiq-global/review.txt",
      env: {
        GITHUB_REPOSITORY: "o/r",
        NUMBER: "7",
        BASE: "main",
        LATER: input.handoff.stacks.flatMap(({ id, secrets }) => (secrets.length > 0 ? [id] : [])).join(" "),
      },
    },
    gitlab: {
      script: gitlab["comment on arctiq"]!.script.join("\n"),
      review: "review-arctiq-global.txt",
      token: "the-projects-token",
      env: {
        CI_API_V4_URL: `${at}/api/v4`,
        CI_PROJECT_ID: "3",
        CI_MERGE_REQUEST_IID: "7",
        CI_MERGE_REQUEST_DIFF_BASE_SHA: "main",
        FLEET_COMMENT_TOKEN: "the-projects-token",
      },
    },
    azure: {
      script: of(azure.jobs.find(({ job }) => job === "comment")!.steps),
      review: "workspace/review-arctiq-global/arctiq-global.md",
      token: "Bearer the-runs-token",
      env: {
        SYSTEM_COLLECTIONURI: `${at}/`,
        SYSTEM_TEAMPROJECTID: "p",
        BUILD_REPOSITORY_ID: "r",
        SYSTEM_PULLREQUEST_PULLREQUESTID: "7",
        SYSTEM_PULLREQUEST_TARGETBRANCH: "refs/heads/main",
        SYSTEM_ACCESSTOKEN: "the-runs-token",
        PIPELINE_WORKSPACE: "workspace",
      },
    },
  };
}

/** Runs a service's script on what a review said, and gives the comments that stand then. */
async function commented(service: Service, said: string): Promise<readonly string[]> {
  const place = mkdtempSync(join(folder, "job-"));
  const bin = join(place, "bin");
  mkdirSync(bin);
  const program = (name: string, text: string) => {
    writeFileSync(join(bin, name), text);
    chmodSync(join(bin, name), 0o755);
  };
  program("gh", GH);
  if (service.curl) program("curl", service.curl);
  program("npm", `#!/bin/sh\n[ "$1" = ci ] || echo "diff of $5 against $7"\n`);
  writeFileSync(join(place, "package.json"), '{"scripts":{"diff":"x"}}');
  mkdirSync(join(place, service.review, ".."), { recursive: true });
  writeFileSync(join(place, service.review), said);
  const store = join(folder, "store.json");
  const isGithub = service.token === undefined;
  if (isGithub) writeFileSync(store, JSON.stringify(comments.map((body, index) => ({ id: index + 1, body }))));
  const { code, out } = await ended(
    spawn("bash", ["-e", "-c", service.script], {
      cwd: place,
      env: { PATH: [bin, process.env.PATH].join(delimiter), HOME: place, TMPDIR: place, ...service.env },
    }),
  );
  expect([code, out]).toEqual([0, expect.not.stringContaining("rror")]);
  if (isGithub) comments = (JSON.parse(readFileSync(store, "utf8")) as { body: string }[]).map(({ body }) => body);
  return comments;
}

testUnless(
  missing && `${missing} is not on PATH`,
  "bitbucket: a step can't comment without a key, so a request has one report, of the same words, by the proxy beside the step",
  async () => {
    const { pipelines } = parse(bitbucketPipelines(withSecret)["bitbucket-pipelines.yml"]!) as {
      pipelines: { "pull-requests": { "**": { step?: { name: string; script: string[] } }[] } };
    };
    const step = pipelines["pull-requests"]["**"].flatMap((entry) => entry.step ?? []).find(({ name }) => name === "report")!;
    const sent = join(folder, "sent");
    const curl = `#!/bin/sh\necho "$*" >${sent}.args\ncat >${sent}\n`;
    const env = { BITBUCKET_PR_DESTINATION_BRANCH: "main", BITBUCKET_REPO_FULL_NAME: "w/r", BITBUCKET_COMMIT: "abc" };
    const service = { script: step.script.join("\n"), env, review: "review-arctiq-global.txt", token: "", curl };
    await commented(service, `arctiq-global: 1 to create\n${"  ~ one\n".repeat(500)}`);
    expect(readFileSync(`${sent}.args`, "utf8")).toMatch(
      /--proxy http:\/\/localhost:29418 -X PUT .* http:\/\/api\.bitbucket\.org\/2\.0\/repositories\/w\/r\/commit\/abc\/reports\/meridian-arctiq/,
    );
    const report = JSON.parse(readFileSync(sent, "utf8")) as Record<string, string>;
    expect(report).toMatchObject({ title: "Fleet arctiq", report_type: "TEST", result: "PASSED" });
    expect(report.details).toMatch(/^diff of fleets\/arctiq\.yaml against origin\/main[\s\S]*arctiq-global: 1 to create/);
    expect(report.details).toHaveLength(2000);
  },
  30_000,
);

describe.each(["github", "gitlab", "azure"])("%s", (name) => {
  testUnless(
    missing && `${missing} is not on PATH`,
    "has one comment on a request, with the words of diff and of the plans, made anew with each push",
    async () => {
      const first = await commented(
        services(withSecret)[name]!,
        "arctiq-global: 1 to create, 0 to change, 0 to replace, 0 to delete\n",
      );
      expect(first).toEqual(["looks good", expect.stringMatching(new RegExp(`^${MARK}\n`))]);
      expect(first[1]).toContain("arctiq-global: 1 to create");
      expect(first[1]).toMatch(/diff of fleets\/arctiq\.yaml against (origin\/)?main/);
      expect(first[1]).toContain(`${second!.id}: planned after the merge only`);
      const service = services(whole)[name]!;
      const again = await commented(service, "arctiq-global: nothing to do\n");
      expect(again).toEqual(["looks good", expect.stringContaining("arctiq-global: nothing to do")]);
      expect(again[1]).not.toMatch(/1 to create|planned after the merge only/);
      expect(asked.map(({ token }) => token)).toEqual(asked.map(() => service.token));
    },
    30_000,
  );
});
