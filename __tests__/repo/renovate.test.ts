import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { CHARTS } from "../../model/add-ons/charts";

const root = resolve(__dirname, "../..");

interface Manager {
  readonly managerFilePatterns: readonly string[];
  readonly matchStrings: readonly string[];
}

test("renovate's own managers see the pin of every chart", () => {
  const { customManagers } = JSON.parse(readFileSync(join(root, "renovate.json"), "utf8")) as {
    customManagers: readonly Manager[];
  };
  const files = readdirSync(join(root, "model"), { recursive: true, encoding: "utf8" }).map((file) => `model/${file}`);
  const seen = customManagers.flatMap(({ managerFilePatterns, matchStrings }) => {
    const wanted = managerFilePatterns.map((pattern) => new RegExp(pattern.replace(/^\/|\/$/g, "")));
    return files
      .filter((file) => wanted.some((pattern) => pattern.test(file)))
      .map((file) => readFileSync(join(root, file), "utf8"))
      .flatMap((text) => matchStrings.flatMap((pattern) => [...text.matchAll(new RegExp(pattern, "g"))]))
      .map(({ groups }) => `${groups!.depName} ${groups!.currentValue}`);
  });
  expect(seen.sort()).toEqual(
    Object.values(CHARTS)
      .map(({ chart, version }) => `${chart} ${version}`)
      .sort(),
  );
});
