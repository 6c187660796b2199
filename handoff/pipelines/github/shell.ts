/** Shell of GitHub's workflows that is longer than a line. */
import { commentText, marker } from "../comment";

const indented = (text: string): string =>
  text
    .trim()
    .split("\n")
    .map((line) => `          ${line}`)
    .join("\n");

/**
 * The stacks that changed since the commit of the last run that went well, and all that come after them; all stacks
 * where there is no such run, or where somebody started the workflow by hand.
 */
export function changedStacks(workflow: string): string {
  return indented(`
base=
if [ "$GITHUB_EVENT_NAME" = push ]; then
  base=$(gh api "repos/$GITHUB_REPOSITORY/actions/workflows/${workflow}/runs?branch=main&status=success&per_page=1" --jq '.workflow_runs[0].head_sha // ""')
fi
if [ -n "$base" ] && git cat-file -e "$base^{commit}"; then
  git diff --name-only "$base" HEAD -- "$BUNDLE/terraform/stacks" | sed "s#^.*terraform/stacks/\\\\([^/]*\\\\)/.*#\\\\1#" | sort -u > changed.txt
else
  jq -r '.stacks[].id' "$BUNDLE/bundle.json" > changed.txt
fi
echo "stacks=$("$BUNDLE/stack.sh" affected < changed.txt | jq -c 'map(.stack)')" >> "$GITHUB_OUTPUT"
`);
}

/** One comment on the request, made anew with each push. */
export function commentOnRequest(fleet: string, source: string): string {
  const plans = { reviews: "find reviews -name review.txt | sort | xargs -r cat", later: "$LATER", base: "$BASE" };
  return indented(`
${commentText({ fleet, source }, plans)}
id=$(gh api "repos/$GITHUB_REPOSITORY/issues/$NUMBER/comments" --paginate --jq '.[] | select(.body | startswith("${marker(fleet)}")) | .id' | head -n 1)
if [ -n "$id" ]; then
  gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" -F body=@comment.md > /dev/null
else
  gh api "repos/$GITHUB_REPOSITORY/issues/$NUMBER/comments" -F body=@comment.md > /dev/null
fi
`);
}

/** Builds an image where the registry has none of its tag, so that a tag is one image for ever. */
export function buildImage(application: string): string {
  return indented(`
image="$FLEET_REGISTRY/${application}:\${GITHUB_REF_NAME#${application}/}"
case "$FLEET_REGISTRY" in
  *.amazonaws.com*) aws ecr get-login-password | docker login --username AWS --password-stdin "\${FLEET_REGISTRY%%/*}" ;;
  *.azurecr.io*) az acr login --name "\${FLEET_REGISTRY%%.*}" ;;
  *.pkg.dev*) gcloud auth print-access-token | docker login --username oauth2accesstoken --password-stdin "https://\${FLEET_REGISTRY%%/*}" ;;
  *) echo "::error::set the variable FLEET_REGISTRY to a registry of AWS, Azure or Google" && exit 1 ;;
esac
echo "image=$image" >> "$GITHUB_OUTPUT"
if docker buildx imagetools inspect "$image" > /dev/null 2>&1; then
  echo "$image is there already, and is not built again"
else
  docker build --tag "$image" "$CONTEXT"
  echo built=true >> "$GITHUB_OUTPUT"
fi
`);
}

/** The tag with the digest of its image, so that every cluster, and every fleet that it is promoted to, runs the same. */
export function digestOfImage(): string {
  return indented(`
if [ -n "$IMAGE" ]; then
  digest=$(docker buildx imagetools inspect "$IMAGE" --format '{{.Manifest.Digest}}')
  TAG="\${IMAGE##*:}@$digest"
fi
echo "tag=$TAG" >> "$GITHUB_OUTPUT"
echo "releases $TAG" >> "$GITHUB_STEP_SUMMARY"
`);
}
