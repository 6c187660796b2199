import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";

/** Where Chromium is: Debian's package, or what CHROMIUM names. Nothing where there is none. */
export const chromium: string | undefined = [process.env.CHROMIUM, "chromium", "chromium-browser", "google-chrome"].find(
  (program) => program !== undefined && spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0,
);

type Message = Readonly<Record<string, unknown>>;

/** A page of a real Chromium, spoken to in the DevTools protocol over a pipe: no port, and no package. */
export class Page {
  /** Errors and warnings of the console, exceptions, and whatever was asked of a network. */
  readonly complaints: string[] = [];
  private readonly waiting = new Map<number, (message: Message) => void>();
  private readonly events: { readonly method: string; readonly done: () => void }[] = [];
  private session = "";
  private last = 0;

  private constructor(
    private readonly process: ChildProcess,
    private readonly profile: string,
  ) {
    let rest = "";
    (process.stdio[4] as Readable).setEncoding("utf8").on("data", (text: string) => {
      const messages = (rest + text).split("\0");
      rest = messages.pop() ?? "";
      for (const message of messages) this.hear(JSON.parse(message) as Message);
    });
  }

  /** @param program what `chromium` found */
  static async open(program: string): Promise<Page> {
    const profile = mkdtempSync(join(tmpdir(), "chromium-"));
    const process = spawn(
      program,
      ["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", `--user-data-dir=${profile}`, "--lang=en-GB"],
      { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] },
    );
    const page = new Page(process, profile);
    const { targetId } = await page.send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await page.send("Target.attachToTarget", { targetId, flatten: true });
    page.session = String(sessionId);
    for (const domain of ["Page", "Runtime", "Log", "Network"]) await page.send(`${domain}.enable`);
    return page;
  }

  async close(): Promise<void> {
    const ended = new Promise((done) => this.process.once("exit", done));
    this.process.kill();
    await ended;
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Opens a file as a person does, and waits until it is there. */
  async show(file: string, { width = 1280, height = 900, dark = false } = {}): Promise<void> {
    await this.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: width < 600 });
    await this.send("Emulation.setEmulatedMedia", {
      features: [{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }],
    });
    const loaded = new Promise<void>((done) => this.events.push({ method: "Page.loadEventFired", done }));
    await this.send("Page.navigate", { url: `file://${file}` });
    await loaded;
  }

  /** What an expression of the page's own language gives. */
  async read<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", {
      expression,
      returnByValue: true,
      awaitPromise: true,
    });
    if (exceptionDetails) throw new Error(`${expression}: ${JSON.stringify(exceptionDetails)}`);
    return (result as { value: T }).value;
  }

  /** Presses keys, one after the other: "Tab", "ArrowDown", "Space". */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      const known = KEYS[key] ?? { code: key, windowsVirtualKeyCode: 0 };
      const event = { key, ...known };
      await this.send("Input.dispatchKeyEvent", { type: known.text === undefined ? "rawKeyDown" : "keyDown", ...event });
      await this.send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
    }
  }

  /** The whole page as a PNG. */
  async picture(): Promise<Buffer> {
    const { data } = await this.send("Page.captureScreenshot", { captureBeyondViewport: true });
    return Buffer.from(String(data), "base64");
  }

  async send(method: string, params: Message = {}): Promise<Message> {
    const id = ++this.last;
    const answer = new Promise<Message>((done) => this.waiting.set(id, done));
    const message = { id, method, params, ...(this.session !== "" && { sessionId: this.session }) };
    (this.process.stdio[3] as Writable).write(`${JSON.stringify(message)}\0`);
    const { error, result } = await answer;
    if (error) throw new Error(`${method}: ${JSON.stringify(error)}`);
    return result as Message;
  }

  private hear(message: Message): void {
    if (typeof message.id === "number") {
      this.waiting.get(message.id)?.(message);
      this.waiting.delete(message.id);
      return;
    }
    const method = String(message.method);
    const params = message.params as Message;
    if (method === "Runtime.exceptionThrown" || method === "Log.entryAdded" || method === "Runtime.consoleAPICalled")
      this.complaints.push(JSON.stringify(params));
    if (method === "Network.requestWillBeSent") {
      const { url } = params.request as { readonly url: string };
      if (!url.startsWith("file:") && !url.startsWith("data:")) this.complaints.push(`asked for ${url}`);
    }
    for (const event of this.events.splice(0)) {
      if (event.method === method) event.done();
      else this.events.push(event);
    }
  }
}

interface Key {
  readonly code: string;
  readonly windowsVirtualKeyCode: number;
  readonly text?: string;
}

const KEYS: Readonly<Record<string, Key>> = {
  Tab: { code: "Tab", windowsVirtualKeyCode: 9 },
  ArrowDown: { code: "ArrowDown", windowsVirtualKeyCode: 40 },
  ArrowRight: { code: "ArrowRight", windowsVirtualKeyCode: 39 },
  " ": { code: "Space", windowsVirtualKeyCode: 32, text: " " },
};
