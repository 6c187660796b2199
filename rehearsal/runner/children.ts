/** The Terraform processes of one rehearsal, so that none of them outlives it. */
import type { ChildProcess } from "node:child_process";

/** How long an interrupted Terraform may take to write its state, in milliseconds. */
const PATIENCE_MS = 8000;

/** The running children. */
export interface Children {
  add(child: ChildProcess): void;
  /** Interrupts all of them, once, as Ctrl-C would; kills those that don't end. */
  stop(): Promise<void>;
  /** Kills the newest one at once. */
  killNewest(): void;
}

/** No children yet. */
export function createChildren(): Children {
  const running = new Set<ChildProcess>();
  const signal = (child: ChildProcess, name: NodeJS.Signals): void => {
    try {
      if (child.pid) process.kill(-child.pid, name);
    } catch {
      child.kill(name);
    }
  };
  return {
    add: (child) => {
      running.add(child);
      child.once("close", () => running.delete(child));
    },
    stop: async () => {
      const ended = [...running].map((child) => new Promise<void>((resolve) => child.once("close", () => resolve())));
      for (const child of running) signal(child, "SIGINT");
      const timer = setTimeout(() => {
        for (const child of running) signal(child, "SIGKILL");
      }, PATIENCE_MS);
      await Promise.all(ended);
      clearTimeout(timer);
    },
    killNewest: () => {
      const newest = [...running].at(-1);
      if (newest) signal(newest, "SIGKILL");
    },
  };
}
