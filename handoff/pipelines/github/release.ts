import { cloudsOf } from "../../logins";
import { type Application, contextOf, type PipelineInput } from "../common";
import { AZURE_LOGIN, TRIVY } from "./actions";
import { environment, steps } from "./job";
import { buildImage, digestOfImage } from "./shell";

/**
 * A git tag is the image's tag: built once, scanned, pushed, then rolled out cluster after cluster, and back where one
 * fails. By hand: a tag with its digest, to promote exactly what ran elsewhere.
 */
export function releaseWorkflow({ handoff, bundle }: PipelineInput, { name, variable, stacks }: Application): string {
  const { fleet } = handoff;
  const rollout = stacks.map(({ id, logins, programs }, index) => {
    const clouds = cloudsOf(handoff, logins);
    return `  ${id}:
    needs: [image${index === 0 ? "" : `, ${stacks[index - 1]!.id}`}]
    runs-on: ubuntu-24.04
    environment: ${fleet}
    steps:
${steps(handoff, "apply", { aws: clouds.includes("aws"), azure: clouds.includes("azure"), google: clouds.includes("google"), programs })}
      # waits for the application to answer, and goes back to the tag before where it doesn't
      - run: make -C "$BUNDLE" --no-print-directory release-${id} YES=1
        env: { TF_VAR_${variable}: "\${{ needs.image.outputs.tag }}" }`;
  });
  return `name: ${fleet} release ${name}
on:
  push: { tags: ["${name}/*"] }
  workflow_dispatch:
    inputs:
      tag: { description: "a tag that was pushed, as 1.4.2@sha256:… to promote exactly that image", required: true }
concurrency: { group: ${fleet}, cancel-in-progress: false }
permissions: { contents: read, id-token: write }
env:
${environment(handoff, "apply", "  ", "", bundle)}
  FLEET_REGISTRY: \${{ vars.FLEET_REGISTRY }}
jobs:
  image:
    runs-on: ubuntu-24.04
    environment: ${fleet}-apply
    outputs: { tag: "\${{ steps.digest.outputs.tag }}" }
    steps:
${steps(handoff, "apply", { aws: true, azure: true, google: true, programs: [] })}
      - if: \${{ github.event_name == 'push' && contains(vars.FLEET_REGISTRY, '.azurecr.io') }}
        uses: ${AZURE_LOGIN}
        with: { client-id: "\${{ vars.AZURE_APPLY_CLIENT_ID }}", tenant-id: "\${{ env.ARM_TENANT_ID }}", subscription-id: "\${{ env.ARM_SUBSCRIPTION_ID }}" }
      - id: build
        if: \${{ github.event_name == 'push' }}
        run: |
${buildImage(name)}
        env: { CONTEXT: "\${{ vars.${contextOf(name)} }}" }
      - if: \${{ steps.build.outputs.built == 'true' }}
        uses: ${TRIVY}
        with: { image-ref: "\${{ steps.build.outputs.image }}", severity: "CRITICAL,HIGH", ignore-unfixed: true, exit-code: "1" }
      - if: \${{ steps.build.outputs.built == 'true' }}
        run: docker push "$IMAGE"
        env: { IMAGE: "\${{ steps.build.outputs.image }}" }
      - id: digest
        run: |
${digestOfImage()}
        env: { IMAGE: "\${{ steps.build.outputs.image }}", TAG: "\${{ inputs.tag }}" }
${rollout.join("\n")}
`;
}
