/** One comment on a request, in shell: what every service shares. */

/** First line of the comment, by which the next run finds it again. */
export const marker = (fleet: string): string => `<!-- meridian ${fleet} -->`;

/**
 * Writes comment.md: the words of `diff` where Meridian is at hand, and what each plan said.
 * @param reviews shell that prints the plans' words
 * @param later shell that prints the stacks that a request can't plan, on one line
 * @param base shell that gives the commit that the request is compared with
 */
export function commentText(
  { fleet, source }: { readonly fleet: string; readonly source: string },
  { reviews, later, base }: { readonly reviews: string; readonly later: string; readonly base: string },
): string {
  return `{
  echo "${marker(fleet)}"
  echo "### Fleet ${fleet}"
  if [ -f package.json ] && jq -e '.scripts.diff' package.json > /dev/null && command -v npm > /dev/null; then
    npm ci --silent && npm run -s diff -- "${source}" --against "${base}" --markdown || true
    echo
  fi
  echo '\`\`\`'
  ${reviews}
  for stack in ${later}; do echo "$stack: planned after the merge only, as its plan reads secrets or follows too many"; done
  echo '\`\`\`'
  echo "Plans are made again after the merge, each after what it reads was applied."
} | head -c 60000 > comment.md`;
}
