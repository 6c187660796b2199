import { invocation, typed } from "./command";
import { USUAL_FOLDER } from "./lock";

/** What rules print to be typed, as it is typed here: they know neither the fleet file nor the output folder. */
export function fromHere(text: string, file: string, out: string = USUAL_FOLDER): string {
  return text
    .replace(/npm run ([\w-]+) -- FLEET/g, (_, name: string) => invocation(name, file))
    .replaceAll(`-chdir=${USUAL_FOLDER}/`, `-chdir=${typed(out)}/`);
}
