import { missingPart } from "./parts";
import { BLIND_SPOTS } from "./stand-in";

/** Once before the suites of `npm run e2e:kubernetes`: what they can't see, or the one line by which they don't run at all. */
export default function beforeAllSuites(): void {
  const missing = missingPart();
  if (missing !== undefined) {
    process.stderr.write(`e2e:kubernetes skipped: ${missing}\n`);
    process.exit(0);
  }
  process.stderr.write(`not real, so not seen here:\n${BLIND_SPOTS.map((spot) => `  ${spot}`).join("\n")}\n`);
}
