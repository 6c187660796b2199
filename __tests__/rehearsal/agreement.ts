import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type Action, compareStacks } from "../../changes/diff/compare";
import type { Stack } from "../../output/folder";
import { isJsonObject, type JsonObject, member } from "../../output/json";
import { inOrder } from "../../output/order";
import { unprotected } from "../../output/unprotected";
import { ByHand } from "./by-hand";

/** What the comparison and Terraform say of one stack. */
export interface Compared {
  readonly stack: string;
  /** Addresses with what the comparison says. */
  readonly said: ReadonlyMap<string, Action>;
  /** Addresses with what Terraform plans. */
  readonly planned: ReadonlyMap<string, Action>;
  /** Why Terraform made no plan. */
  readonly failed?: string;
}

const PLANNED: Readonly<Record<string, Action>> = {
  create: "created",
  update: "changed",
  delete: "destroyed",
  replace: "replaced",
};

/**
 * Stacks that were applied once, and of which any number of changes are planned, each stack by itself: what an apply of
 * one does to another is no part of a comparison. A stack takes two runs of Terraform to apply and one to plan.
 */
export class Applied {
  private readonly hand = new ByHand();
  private readonly root = mkdtempSync(join(tmpdir(), "agree-"));
  private readonly done = new Map<string, Promise<string | undefined>>();
  private changes = 0;

  constructor(private readonly before: readonly Stack[]) {
    for (const stack of before) this.write(BEFORE, stack);
  }

  /** What of a change the comparison and Terraform say, for each stack that is on both sides and not the same. */
  async change(after: readonly Stack[]): Promise<readonly Compared[]> {
    const { cloud } = this.hand.workspace;
    const found: Compared[] = [];
    for (const stack of after) {
      const was = this.before.find(({ id }) => id === stack.id);
      if (was === undefined || text(was.config) === text(stack.config)) continue;
      // of its own: what another stack of the change reads may be applied for that one, and not for this
      const name = `after${this.changes++}`;
      const said = new Map(compareStacks(bare(was.config), bare(stack.config)).map(({ address, action }) => [address, action]));
      const problem = await this.applied(was);
      const there = cloud.all();
      const problemToo = problem ?? (await this.ready(name, after, stack));
      found.push({
        stack: stack.id,
        said,
        ...(problemToo === undefined ? await this.plan(name, stack) : { planned: new Map(), failed: problemToo }),
      });
      // what was made for this change only was never there for the next
      for (const resource of cloud.all()) cloud.remove(resource);
      for (const resource of there) cloud.put(resource);
    }
    return found;
  }

  end(): void {
    this.hand.end();
    rmSync(this.root, { recursive: true, force: true });
  }

  private async plan(name: string, stack: Stack): Promise<Pick<Compared, "planned" | "failed">> {
    const folder = this.write(name, stack);
    // the same backend: so that there is nothing to initialize
    const settled = join(this.folder(BEFORE, stack.id), ".terraform");
    if (existsSync(settled)) cpSync(settled, join(folder, ".terraform"), { recursive: true });
    cpSync(this.state(BEFORE, stack.id), this.state(name, stack.id));
    const { code, out } = await this.hand.terraform(folder, ["plan", "-json", "-input=false", "-lock=false"]);
    const events = out.split("\n").flatMap((line) => (line.startsWith("{") ? [JSON.parse(line) as Event] : []));
    const planned = new Map(
      events.flatMap(({ type, change }) => {
        const action = type === "planned_change" ? PLANNED[change!.action] : undefined;
        return action === undefined ? [] : [[change!.resource.addr, action] as const];
      }),
    );
    const errors = events.flatMap(({ "@level": level, "@message": message }) => (level === "error" ? [message] : []));
    return { planned, ...(code !== 0 && { failed: errors.join("; ") || out }) };
  }

  /**
   * Gives a change the states that its stack reads, as they were; one that is new, or whose new outputs something reads, is
   * applied as the change makes it. @returns what stopped it
   */
  private async ready(name: string, after: readonly Stack[], stack: Stack): Promise<string | undefined> {
    for (const other of inOrder(after)) {
      if (!stack.dependencies.includes(other.id) || existsSync(this.state(name, other.id))) continue;
      const was = this.before.find(({ id }) => id === other.id);
      const problem = was && (await this.applied(was));
      if (problem !== undefined) return problem;
      if (was) cpSync(this.state(BEFORE, was.id), this.state(name, was.id));
      if (was && !givesMore(was, other)) continue;
      const stopped = (await this.ready(name, after, other)) ?? (await this.run(this.write(name, other)));
      if (stopped !== undefined) return stopped;
    }
    return undefined;
  }

  /** Applies a stack and what it reads, once. @returns what stopped it */
  private applied(stack: Stack): Promise<string | undefined> {
    const begun = this.done.get(stack.id) ?? this.apply(stack);
    this.done.set(stack.id, begun);
    return begun;
  }

  private async apply(stack: Stack): Promise<string | undefined> {
    for (const other of inOrder(this.before)) {
      if (!stack.dependencies.includes(other.id)) continue;
      const problem = await this.applied(other);
      if (problem !== undefined) return problem;
    }
    return this.run(this.folder(BEFORE, stack.id));
  }

  private async run(folder: string): Promise<string | undefined> {
    for (const args of [["init"], ["apply", "-auto-approve"]]) {
      const { code, out } = await this.hand.terraform(folder, [...args, "-input=false", "-no-color"]);
      if (code !== 0) return `${basename(folder)}: ${out}`;
    }
    return undefined;
  }

  private write(name: string, { id, config }: Stack): string {
    const folder = this.folder(name, id);
    mkdirSync(folder, { recursive: true });
    mkdirSync(join(this.root, name, "state"), { recursive: true });
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(here(id, bare(config))));
    return folder;
  }

  private folder(name: string, stack: string): string {
    return join(this.root, name, "stacks", stack);
  }

  private state(name: string, stack: string): string {
    return join(this.root, name, "state", `${stack}.tfstate`);
  }
}

const BEFORE = "before";

/** Whether a stack has an output that it didn't have. */
function givesMore(was: Stack, is: Stack): boolean {
  const had = member(was.config, "output");
  return Object.keys(member(is.config, "output")).some((output) => !(output in had));
}

interface Event {
  readonly type: string;
  readonly "@level": string;
  readonly "@message": string;
  readonly change?: { readonly action: string; readonly resource: { readonly addr: string } };
}

/** Without protection, as nobody could see otherwise what would be destroyed. */
const bare = (config: JsonObject): JsonObject => unprotected(config);

/** A stack whose state, and those that it reads, are in this folder; its variables have a value. */
function here(id: string, config: JsonObject): JsonObject {
  const path = (stack: string) => `../../state/${stack}.tfstate`;
  const { cloud: _, ...terraform } = member(config, "terraform");
  const readers = Object.entries(member(config, "data", "terraform_remote_state")).map(([name, block]) => {
    const key = JSON.stringify(member(block, "config"));
    const stack = /([a-z0-9]+-[a-z0-9-]+?)(?:\.tfstate)?"/.exec(key)?.[1] ?? name;
    return [name, { ...member(block), backend: "local", config: { path: path(stack) } }];
  });
  const variables = Object.entries(member(config, "variable")).map(([name, block]) => [
    name,
    { default: "1.0.0", ...member(block) },
  ]);
  return {
    ...config,
    terraform: { ...terraform, backend: { local: { path: path(id) } } },
    ...(readers.length > 0 && { data: { ...member(config, "data"), terraform_remote_state: Object.fromEntries(readers) } }),
    ...(variables.length > 0 && { variable: Object.fromEntries(variables) }),
  };
}

const text = (config: JsonObject): string => JSON.stringify(isJsonObject(config) ? { ...config, "//": null } : config);

/** What Terraform plans otherwise than the comparison says, a line each. */
export function disagreements({ stack, said, planned, failed }: Compared): readonly string[] {
  if (failed !== undefined) return [`${stack}: no plan: ${failed}`];
  return [...new Set([...said.keys(), ...planned.keys()])].sort().flatMap((address) => {
    const [word, is] = [said.get(address), planned.get(address)];
    const isOpen = word === "unknown" && (is === "changed" || is === "replaced");
    return word === is || isOpen ? [] : [`${stack} ${address}: said ${word ?? "nothing"}, planned ${is ?? "nothing"}`];
  });
}
