import { cloudsOf } from "../logins";
import { type Application, applicationsOf, contextOf, header, type PipelineInput } from "./common";
import { template } from "./gitlab-template";

/** Docker for the job that builds, beside it (docs.gitlab.com/ci/docker/using_docker_build, Docker-in-Docker with TLS). */
const DOCKER = "docker:28-dind";

/**
 * GitLab's releases of a fleet's applications. A git tag is the image's tag: built once, scanned, pushed, then rolled out
 * cluster after cluster, and back where one fails.
 */
export function gitlabReleases(input: PipelineInput): string {
  const { handoff, source, bundle } = input;
  const applications = applicationsOf(input);
  return `${[
    ...header(source, [
      `Include it beside ${handoff.fleet}.gitlab-ci.yml. The git tag ${applications[0]!.name}/1.4.2 releases that; protect the tags ${applications.map(({ name }) => `${name}/*`).join(", ")}, since who may push one may release.`,
      "To promote exactly what ran elsewhere run a pipeline by hand with FLEET_RELEASE=<application> and FLEET_TAG=1.4.2@sha256:…",
    ]),
    ...template(handoff, bundle),
    ...applications.flatMap((application) => release(application, input)),
  ].join("\n")}\n`;
}

function release({ name, variable, stacks }: Application, { handoff }: PipelineInput): readonly string[] {
  const { fleet } = handoff;
  const clouds = [...new Set(handoff.stacks.flatMap(({ logins }) => cloudsOf(handoff, logins)))].join(" ");
  const rules = [
    "  rules:",
    `    - if: $CI_COMMIT_TAG =~ /^${name}\\//`,
    `    - if: $CI_PIPELINE_SOURCE == "web" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $FLEET_RELEASE == "${name}"`,
  ];
  const image = `image ${name}`;
  return [
    `"${image}":`,
    `  extends: .${fleet}`,
    ...rules,
    `  services: [{ name: "${DOCKER}", alias: docker }]`,
    `  environment: { name: ${fleet} }`,
    "  variables:",
    "    WHO: apply",
    `    CLOUDS: "${clouds}"`,
    `    CONTEXT: $${contextOf(name)}`,
    "    DOCKER_HOST: tcp://docker:2376",
    "    DOCKER_TLS_VERIFY: '1'",
    "    DOCKER_TLS_CERTDIR: /certs",
    "    DOCKER_CERT_PATH: /certs/client",
    "  script:",
    `    - TAG=$("$BUNDLE/image.sh" ${name} "\${FLEET_TAG:-\${CI_COMMIT_TAG#${name}/}}")`,
    '    - echo "TAG=$TAG" > image.env',
    "  artifacts: { expire_in: 1 day, reports: { dotenv: image.env } }",
    "",
    ...stacks.flatMap(({ id, logins }, index) => [
      `"release ${id}":`,
      `  extends: .${fleet}`,
      ...rules,
      `  needs: ["${image}"${index === 0 ? "" : `, "release ${stacks[index - 1]!.id}"`}]`,
      `  environment: { name: ${fleet} }`,
      `  resource_group: ${id}`,
      `  variables: { WHO: apply, CLOUDS: "${cloudsOf(handoff, logins).join(" ")}" }`,
      // waits for the application to answer, and goes back to the tag before where it doesn't
      `  script: ['TF_VAR_${variable}="$TAG" make -C "$BUNDLE" --no-print-directory release-${id} YES=1']`,
      "",
    ]),
  ];
}
