import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { COMMANDS } from "../../cli/commands";
import { root } from "../support/fleet";

test("an installed package has every command that npm run has here (cli/commands.ts)", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> };
  const programs = Object.entries(scripts).flatMap(([name, script]) =>
    script.startsWith("node scripts/run.mjs ") ? [name] : [],
  );
  // these renew and test Meridian itself
  expect(Object.keys(COMMANDS).sort()).toEqual(programs.filter((name) => !["schema", "e2e:aws"].includes(name)).sort());
});

test("every command is made by `command` of cli/command.ts, whose help names what can be typed", () => {
  const sources = readdirSync(join(root, "cli")).filter((file) => file.endsWith(".ts") && file !== "command.ts");
  expect(sources.filter((file) => readFileSync(join(root, "cli", file), "utf8").includes("new Command("))).toEqual([]);
});
