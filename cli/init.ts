/** `npm run init`: writes the first fleet file. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, relative, sep } from "node:path";
import { createInterface } from "node:readline/promises";
import { projectRoot } from "../constructs/helm/chart-source";
import { noSuchRegion, regionsOf } from "../model/catalog/regions";
import { CHANGE_ME } from "../model/reading/draft";
import { command, invocation, runAsync, startedAs } from "./command";

const CLOUDS = ["aws", "azure", "google"] as const;
type Cloud = (typeof CLOUDS)[number];

interface Answers {
  readonly cloud?: string;
  readonly region?: string;
  readonly account?: string;
  readonly tenant?: string;
  readonly zone?: string;
  readonly admin?: string;
  readonly runner?: string;
  readonly allowFrom?: string;
}

/** What is asked for, in this order; the account's name depends on the cloud. */
const QUESTIONS: readonly { readonly key: keyof Answers; readonly ask: (cloud: Cloud) => string | undefined }[] = [
  {
    key: "region",
    ask: (cloud) => `Region, such as ${{ aws: "eu-west-1", azure: "westeurope", google: "europe-west4" }[cloud]}`,
  },
  {
    key: "account",
    ask: (cloud) => ({ aws: "AWS account id", azure: "Azure subscription id", google: "Google Cloud project id" })[cloud],
  },
  { key: "tenant", ask: (cloud) => (cloud === "azure" ? "Entra tenant id" : undefined) },
  {
    key: "admin",
    ask: (cloud) =>
      `Who administers the cluster: ${{ aws: "ARN of an IAM role", azure: "object id of an Entra group", google: "IAM member, such as group:platform@example.com" }[cloud]}`,
  },
  {
    key: "runner",
    ask: (cloud) =>
      `What runs Terraform: ${{ aws: "ARN of an IAM role", azure: "object id of a principal", google: "IAM member, such as serviceAccount:…" }[cloud]}`,
  },
  { key: "allowFrom", ask: () => "Address range that may reach the Kubernetes API, such as 203.0.113.0/24" },
  { key: "zone", ask: () => "DNS zone of the fleet, such as k8s.example.com" },
];

/** Where answers are typed. */
type Terminal = NodeJS.ReadableStream & { readonly isTTY?: boolean };

/**
 * Runs the program.
 * @returns the exit code
 */
export function main(argv: readonly string[], terminal: Terminal = process.stdin): Promise<number> {
  const program = command("init", {
    "fleets/shop.yaml": "ask what it has to know",
    "fleets/shop.yaml --cloud aws --region eu-west-1": "ask nothing; the rest stands as CHANGE-ME",
  })
    .description("Write a first fleet file: one cluster and a DNS zone. It never overwrites a file.")
    .argument("<fleet>", "the file to write, such as fleets/shop.yaml")
    .option("--cloud <cloud>", `${CLOUDS.join(", ")}`)
    .option("--region <region>", "region of the cluster")
    .option("--account <id>", "AWS account, Azure subscription or Google Cloud project")
    .option("--tenant <id>", "Azure: Entra tenant of the subscription")
    .option("--admin <who>", "who administers the cluster: role ARN, group's object id, or IAM member")
    .option("--runner <who>", "what runs Terraform: role ARN, object id, or IAM member")
    .option("--allow-from <range>", "address range that may reach the Kubernetes API")
    .option("--zone <zone>", "DNS zone of the fleet");
  return runAsync(program, argv, (file: string, given: Answers) => init(file, given, terminal));
}

async function init(file: string, given: Answers, terminal: Terminal): Promise<number> {
  if (existsSync(file)) throw new Error(`${file}: is there already, and init overwrites nothing; name another file`);
  const answers = terminal.isTTY && given.cloud === undefined ? await asked(given, terminal, file) : given;
  const text = fleetText(file, answers);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { flag: "wx" });
  const open = text.split(CHANGE_ME).length - 1;
  process.stdout.write(
    open === 0
      ? `${file}: written. Next: ${invocation("synth", file)}\n`
      : `${file}: written; ${CHANGE_ME} stands in it ${open} times. ${invocation("validate", file)} says what belongs there; ${invocation("synth", file)} --draft shows the stacks before that.\n`,
  );
  return 0;
}

/** @throws where the terminal is closed (Ctrl-C, Ctrl-D) before the last answer */
async function asked(given: Answers, input: Terminal, file: string): Promise<Answers> {
  const terminal = createInterface({ input, output: process.stdout });
  const closed = new Promise<never>((_, reject) => {
    terminal.once("close", () => reject(new Error(`\n${file}: not written, as the questions were broken off`)));
  });
  closed.catch(() => undefined);
  const answerTo = async (question: string) => (await Promise.race([terminal.question(question), closed])).trim();
  try {
    process.stdout.write(`What isn't known yet may stay empty: ${CHANGE_ME} stands there then.\n`);
    let cloud = "";
    while (!isCloud(cloud)) cloud = await answerTo(`Cloud (${CLOUDS.join(", ")}): `);
    const answers: Record<string, string | undefined> = { ...given, cloud };
    for (const { key, ask } of QUESTIONS) {
      const question = ask(cloud);
      if (answers[key] !== undefined || question === undefined) continue;
      let answer = await answerTo(`${question}: `);
      while (key === "region" && answer !== "" && !isRegion(cloud, answer)) {
        process.stdout.write(`${noSuchRegion(cloud, answer)}\n`);
        answer = await answerTo(`${question}: `);
      }
      if (answer !== "") answers[key] = answer;
    }
    return answers;
  } finally {
    terminal.close();
  }
}

const isRegion = (cloud: Cloud, word: string): boolean => regionsOf(cloud).some(({ region }) => region === word);
const isCloud = (word: string | undefined): word is Cloud => (CLOUDS as readonly (string | undefined)[]).includes(word);

/** The file's text; what is written wrongly in it, synth says at its place. */
export function fleetText(file: string, answers: Answers): string {
  const { cloud, region } = answers;
  if (!isCloud(cloud))
    throw new Error(
      `--cloud: ${cloud === undefined ? "is missing" : `'${cloud}' is not a cloud`}; write one of ${CLOUDS.join(", ")}`,
    );
  if (region !== undefined && !isRegion(cloud, region)) throw new Error(`--region: ${noSuchRegion(cloud, region)}`);
  const value = (answer: string | undefined) => (answer === undefined ? CHANGE_ME : JSON.stringify(answer));
  const account = value(answers.account);
  const settings = {
    aws: [`accountId: ${account}`],
    azure: [`subscriptionId: ${account}`, `tenantId: ${value(answers.tenant)}`],
    google: [`projectId: ${account}`],
  }[cloud];
  return `${[
    `# yaml-language-server: $schema=${schemaFrom(dirname(file))}`,
    `fleet: ${fleetName(file)}`,
    "dns:",
    `  zone: ${value(answers.zone)}`,
    // the zone is in the cluster's cloud, or in Route53
    ...{ aws: [], azure: ["  engine: azure"], google: [`  aws: { accountId: ${CHANGE_ME} } # the zone is in Route53`] }[cloud],
    "clusters:",
    "  main:",
    `    cloud: ${cloud}`,
    `    region: ${region ?? CHANGE_ME}`,
    "    network: { cidr: 10.0.0.0/16 }",
    `    api: { allowFrom: [${value(answers.allowFrom)}] } # who may reach the Kubernetes API`,
    `    ${cloud}:`,
    ...[...settings, `admins: [${value(answers.admin)}]`, `runner: ${value(answers.runner)}`].map((line) => `      ${line}`),
    "# public names, once an application answers: names: { www: { policy: simple, members: [main] } }",
  ].join("\n")}\n`;
}

/** A fleet's name from its file's: letters and digits, sixteen at most. */
function fleetName(file: string): string {
  const name = basename(file, extname(file))
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "")
    .replace(/^\d+/, "")
    .slice(0, 16);
  return name === "" ? "fleet" : name;
}

/** The schema for editors, seen from the fleet file's folder. */
function schemaFrom(folder: string): string {
  const path = relative(folder, join(projectRoot(), "docs", "fleet.schema.json"))
    .split(sep)
    .join("/");
  return path.startsWith(".") ? path : `./${path}`;
}

startedAs("init", main);
