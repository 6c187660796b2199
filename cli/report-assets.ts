import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PageAssets } from "../handoff/report/page";
import { projectFolder } from "./synthesized";

/** The style and the script of the report's page, as they are in the project. */
export function pageAssets(): PageAssets {
  const read = (name: string) => readFileSync(join(projectFolder(), "handoff", "report", name), "utf8");
  return { css: read("browser.css"), js: read("browser.js") };
}
