import { commentText, marker } from "./comment";

/**
 * One comment on a request in Azure Repos, made anew with each push, by the run's own token: no key is stored. The
 * project's build service needs the right "Contribute to pull requests".
 */
export function commentJob(
  page: { readonly fleet: string; readonly source: string },
  jobs: readonly string[],
  unseen: readonly string[],
): readonly string[] {
  const words = {
    reviews: 'cat "$PIPELINE_WORKSPACE"/review-*/*.md 2> /dev/null || true',
    later: unseen.join(" "),
    base: "origin/$TARGET",
  };
  const script = `set -eu
TARGET=\${SYSTEM_PULLREQUEST_TARGETBRANCH#refs/heads/}
${commentText(page, words)}
api="$SYSTEM_COLLECTIONURI$SYSTEM_TEAMPROJECTID/_apis/git/repositories/$BUILD_REPOSITORY_ID/pullRequests/$SYSTEM_PULLREQUEST_PULLREQUESTID/threads"
auth=$(mktemp)
printf 'header = "Authorization: Bearer %s"\nheader = "Content-Type: application/json"\n' "$SYSTEM_ACCESSTOKEN" > "$auth"
known=$(curl -fsS --config "$auth" "$api?api-version=7.1" | jq -r '[.value[] | select(.comments[0].content // "" | startswith("${marker(page.fleet)}")) | "\\(.id)/comments/\\(.comments[0].id)"][0] // ""')
if [ -n "$known" ]; then
  jq -n --rawfile text comment.md '{content: $text}' | curl -fsS --config "$auth" -X PATCH --data @- "$api/$known?api-version=7.1" > /dev/null
else
  jq -n --rawfile text comment.md '{comments: [{parentCommentId: 0, content: $text, commentType: 1}], status: "closed"}' | curl -fsS --config "$auth" -X POST --data @- "$api?api-version=7.1" > /dev/null
fi
rm "$auth"`;
  return [
    "- job: comment",
    `  dependsOn: [${jobs.join(", ")}]`,
    "  condition: and(not(canceled()), eq(variables['Build.Reason'], 'PullRequest'), eq(variables['Build.Repository.Provider'], 'TfsGit'))",
    "  steps:",
    "  - checkout: self",
    "    fetchDepth: '0'",
    "  - download: current",
    '    patterns: "review-*/*.md"',
    "  - bash: |",
    ...script.split("\n").map((line) => `      ${line}`),
    "    displayName: comment",
    "    env: { SYSTEM_ACCESSTOKEN: $(System.AccessToken) }",
  ];
}
