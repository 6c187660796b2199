import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { jenkinsPipelines } from "../../../handoff/pipelines/jenkins";
import { testUnless } from "../../rehearsal/engine";
import { input } from "./remote";
import { withApp } from "./with-app";

const { stacks, levels } = input.handoff;
const folder = mkdtempSync(join(tmpdir(), "pipelines-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Groovy by the Java on PATH: its own script looks for Debian's default one, which may not be there. */
function groovy(...args: readonly string[]) {
  const java = spawnSync("sh", ["-c", 'readlink -f "$(command -v java)"'], { encoding: "utf8" }).stdout.trim();
  const home = process.env.JAVA_HOME ?? dirname(dirname(java));
  return spawnSync("groovy", args, { encoding: "utf8", env: { ...process.env, JAVA_HOME: home } });
}

describe("Jenkins", () => {
  const files = jenkinsPipelines(input);
  const withRelease = jenkinsPipelines(withApp);

  test("each level is planned, approved before an agent is taken, and applied from what was stashed", () => {
    const order = [...files.Jenkinsfile!.matchAll(/save-plan-(\S+?)'|input \{|apply-plan-(\S+?)'/g)].map(([, plan, apply]) =>
      plan ? `plan ${plan}` : apply ? `apply ${apply}` : "asks",
    );
    expect(order).toEqual(levels.flatMap((ids) => [...ids.map((id) => `plan ${id}`), "asks", ...ids.map((id) => `apply ${id}`)]));
  });

  testUnless(
    groovy("--version").status === 0 ? undefined : "groovy is not on PATH, or no Java (Debian's packages `groovy` and a JRE)",
    "Groovy compiles the files, whose sections stand where a declarative pipeline has them; a misplaced one would be found",
    () => {
      const text = files.Jenkinsfile!;
      const more = Object.fromEntries(Object.entries(withRelease).map(([name, written]) => [`nightly.${name}`, written]));
      const texts: Readonly<Record<string, string>> = {
        ...files,
        ...more,
        misspelt: text.replace("      parallel {", "      paralell {"),
        open: text.replace(/\}\s*$/, ""),
        homeless: text.replace("  agent none\n", ""),
      };
      for (const [name, written] of Object.entries(texts)) writeFileSync(join(folder, name), written);
      const paths = Object.keys(texts).map((name) => join(folder, name));
      const said = groovy(join(__dirname, "declarative.groovy"), ...paths)
        .stdout.trim()
        .split("\n");
      expect(said).toEqual([
        ...Object.keys({ ...files, ...more }).map((name) => `${name}: ok`),
        expect.stringContaining("there is no 'paralell' in stage"),
        expect.stringMatching(/^open: (?!ok)/),
        "homeless: homeless: 'agent' is missing",
      ]);
    },
    180_000,
  );

  test("a git tag is built once and rolled out cluster after cluster by its digest", () => {
    const text = withRelease["Jenkinsfile.release-web"]!;
    expect([...text.matchAll(/stage\('([^']+)'\)/g)].map(([, name]) => name)).toEqual([
      "image web",
      "release arctiq-sydney-app-web",
      "release arctiq-toronto-app-web",
    ]);
    expect(text).toContain('CONTEXT="$FLEET_CONTEXT_WEB" "$BUNDLE/image.sh" web "${TAG:-${TAG_NAME#web/}}" > image.tag');
    expect(text.match(/unstash 'image'/g)).toHaveLength(2);
    expect(text).toContain(
      'TF_VAR_image_tag="$(cat image.tag)" make -C "$BUNDLE" --no-print-directory release-arctiq-sydney-app-web YES=1',
    );
    expect(files).not.toHaveProperty(["Jenkinsfile.release-web"]);
  });

  test("a test fleet goes in the evening without a name typed and comes in the morning without a question", () => {
    expect(withRelease["Jenkinsfile.destroy"]).toContain("triggers { cron('TZ=UTC\\n0 19 * * 1-5') }");
    expect(
      withRelease["Jenkinsfile.destroy"]!.match(
        /anyOf \{ expression \{ params\.CONFIRM == 'arctiq' \}; triggeredBy 'TimerTrigger' \}/g,
      ),
    ).toHaveLength(withApp.handoff.levels.length);
    expect(withRelease.Jenkinsfile).toContain("triggers { cron('TZ=UTC\\n0 5 * * 1-5') }");
    expect(withRelease.Jenkinsfile!.match(/when \{ beforeInput true; not \{ triggeredBy 'TimerTrigger' \} \}/g)).toHaveLength(
      withApp.handoff.levels.length,
    );
    expect(Object.values(files).join("")).not.toContain("TimerTrigger");
    expect(() => jenkinsPipelines({ ...input, nights: true })).toThrow(/Jenkins: a fleet whose resources are protected/);
  });

  test("destroying is another file, by hand, typed, the other way round", () => {
    const text = files["Jenkinsfile.destroy"]!;
    const place = (id: string) => text.indexOf(`stage('destroy ${id}')`);
    for (const { id, after } of stacks) for (const other of after) expect(place(id)).toBeLessThan(place(other));
    expect(text.match(/params\.CONFIRM == 'arctiq'/g)).toHaveLength(levels.length);
    expect(text).not.toContain("triggers");
  });

  test("only shell steps begin with the login", () => {
    const text = Object.values(files).join("\n");
    expect(files.Jenkinsfile!.match(/unstash '([^']*)'/g)).toEqual(levels.flat().map((id) => `unstash '${id}'`));
    expect(text.match(/\bsh '/g)!.length).toBe(
      text.match(/\bsh 'WHO=(plan|apply) CLOUDS="[a-z ]*"; \. "\$BUNDLE\/login\.sh"; /g)!.length,
    );
  });

  test("braces, brackets and quotes are closed, line by line and in all", () => {
    for (const text of Object.values(files)) {
      const code = text
        .replace(/^\/\/.*$/gm, "")
        .replace(/'(?:[^'\\\n]|\\.)*'/g, "''")
        .replace(/"(?:[^"\\\n]|\\.)*"/g, '""');
      expect(code.replaceAll("''", "").replaceAll('""', "")).not.toMatch(/['"]/);
      for (const [open, close] of ["{}", "()", "[]"]) expect(code.split(open!)).toHaveLength(code.split(close!).length);
    }
  });
});
