import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { fleetFile } from "../../../model/schema/fleet";
import { choices, type Setting, settings } from "../../support/schema-walk";

/** Where only the first level counts: the same fields stand in clusters too. */
const SHALLOW = ["defaults"];

/** What every chart takes is given to Helm in one place, whatever the cloud: once for each chart is enough. */
const once = (id: string) =>
  /\.addons\..*\.(version|values|timeoutSeconds)$/.test(id) ? id.replace(/^clusters\.\*<\w+>/, "clusters.*") : id;

/** What the schema leaves to choose. */
export const CHOICES = [...new Set(choices(fleetFile, SHALLOW).map(once))];

export interface UnusualFleet {
  readonly file: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly settings: readonly Setting[];
}

/** The fleets of this folder. Together they set everything away from its default. */
export const UNUSUAL: readonly UnusualFleet[] = readdirSync(__dirname)
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => {
    // without the identity of what has an anchor: what is changed in one place must not change in another
    const data = JSON.parse(JSON.stringify(parse(readFileSync(join(__dirname, file), "utf8"), { merge: true })));
    return { file, data, settings: settings(fleetFile, data, SHALLOW).map((setting) => ({ ...setting, id: once(setting.id) })) };
  });
