import { commentText } from "./comment";

/** Characters of a report's details (Bitbucket Cloud REST API, reports). */
const MAX_DETAILS = 2000;

/**
 * One report on a request: what its change does, in words. A step can't comment without a stored key, but the proxy beside
 * it sends reports in the pipeline's own name (bitbucket.org/blog, reports of Code Insights).
 */
export function reportStep(
  page: { readonly fleet: string; readonly source: string },
  unseen: readonly string[],
): readonly string[] {
  const words = {
    reviews: "cat review-*.txt 2> /dev/null || true",
    later: unseen.join(" "),
    base: "origin/$BITBUCKET_PR_DESTINATION_BRANCH",
  };
  const script = `set -eu
${commentText(page, words)}
jq -n --rawfile words comment.md '{title: "Fleet ${page.fleet}", details: ($words | split("\\n")[2:] | join("\\n") | .[0:${MAX_DETAILS}]), report_type: "TEST", reporter: "Meridian", result: "PASSED"}' |
  curl -fsS --proxy http://localhost:29418 -X PUT -H 'Content-Type: application/json' --data @- "http://api.bitbucket.org/2.0/repositories/$BITBUCKET_REPO_FULL_NAME/commit/$BITBUCKET_COMMIT/reports/meridian-${page.fleet}" > /dev/null`;
  return [
    "      - step:",
    "          name: report",
    "          clone: { depth: full }",
    "          script:",
    "            - |",
    ...script.split("\n").map((line) => `              ${line}`),
  ];
}
