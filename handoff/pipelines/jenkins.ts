import type { Files } from "../bundle/files";
import { cloudsOf } from "../logins";
import type { Handoff, HandoffStack } from "../model";
import {
  type Application,
  applicationsOf,
  contextOf,
  knownFacts,
  NIGHT,
  type PipelineInput,
  refuseLocalState,
  refuseProtectedByNight,
} from "./common";

/** Jenkins' declarative pipelines of a fleet. It has no graph: stacks go by levels, each of which waits for its slowest. */
export function jenkinsPipelines(input: PipelineInput): Files {
  refuseLocalState(input.handoff, "Jenkins");
  if (input.nights) refuseProtectedByNight(input.handoff, "Jenkins");
  return {
    Jenkinsfile: applyPipeline(input),
    "Jenkinsfile.read": readPipeline(input),
    "Jenkinsfile.destroy": destroyPipeline(input),
    ...Object.fromEntries(
      applicationsOf(input).map((application) => [
        `Jenkinsfile.release-${application.name}`,
        releasePipeline(input, application),
      ]),
    ),
  };
}

const HEAD = (source: string, words: string) => `// Made by Meridian from ${source}; edits are overwritten. ${words}`;

/** A test fleet by night, at these minutes of UTC. */
const triggers = (nights: boolean, cron: string) => (nights ? `\n  triggers { cron('TZ=UTC\\n${cron}') }` : "");
const BY_TIMER = "triggeredBy 'TimerTrigger'";

function applyPipeline({ handoff, source, bundle, nights = false }: PipelineInput): string {
  const { fleet, levels } = handoff;
  const of = stacksById(handoff);
  const stages = levels.map((ids, index) => {
    const level = index + 1;
    return `    stage('level ${level}: plan') {
      parallel {
${of(ids)
  .map((stack) =>
    stage(`plan ${stack.id}`, stack, handoff, "apply", [
      `sh 'make -C "$BUNDLE" save-plan-${stack.id}'`,
      `stash name: '${stack.id}', includes: "${place(bundle)}terraform/${stack.folder}/plan.bin,${place(bundle)}terraform/${stack.folder}/.terraform.lock.hcl", allowEmpty: true, useDefaultExcludes: false`,
    ]),
  )
  .join("\n")}
      }
    }
    stage('level ${level}: approve') {
      // asked before an agent is taken
      agent none${nights ? `\n      when { beforeInput true; not { ${BY_TIMER} } }` : ""}
      input { message 'Apply these plans of fleet ${fleet}?' }
      steps { echo 'approved' }
    }
    stage('level ${level}: apply') {
      parallel {
${of(ids)
  .map((stack) =>
    stage(`apply ${stack.id}`, stack, handoff, "apply", [
      `unstash '${stack.id}'`,
      `lock('${stack.id}') { sh 'make -C "$BUNDLE" apply-plan-${stack.id}' }`,
    ]),
  )
  .join("\n")}
      }
    }`;
  });
  return `${HEAD(source, "By levels: Jenkins has no graph, so a level waits for its slowest.")}
pipeline {
  agent none
  options { disableConcurrentBuilds(); timeout(time: 1, unit: 'DAYS'); preserveStashes(buildCount: 1) }${triggers(nights, NIGHT.up)}
  parameters { string(name: 'ALLOW', defaultValue: '', description: 'what may be deleted or replaced: stack:address …') }
  environment {
${environment(handoff, bundle)}
  }
  stages {
${stages.join("\n")}
  }
}
`;
}

/** Requests (a multibranch job on pull requests) and the night, by the identity that reads. */
function readPipeline({ handoff, source, bundle }: PipelineInput): string {
  const readable = handoff.stacks.filter(({ secrets }) => secrets.length === 0);
  const unseen = handoff.stacks.filter(({ secrets }) => secrets.length > 0).map(({ id }) => id);
  const stages = readable.map((stack) =>
    stage(stack.id, stack, handoff, "plan", [
      `sh '"$BUNDLE/stack.sh" "$([ -n "$CHANGE_ID" ] && echo review || echo drift)" ${stack.id}'`,
    ]),
  );
  return `${HEAD(source, unseen.length > 0 ? `Not planned here, because their plans read secrets: ${unseen.join(" ")}. Let the job build no request of a fork.` : "For requests, of this repository alone: let the job build none of a fork; and for drift at night.")}
pipeline {
  agent none
  triggers { cron(env.CHANGE_ID ? '' : 'H 3 * * *') }
  environment {
${environment(handoff, bundle)}
  }
  stages {
    stage('read') {
      parallel {
${stages.join("\n")}
      }
    }
  }
}
`;
}

function destroyPipeline({ handoff, source, bundle, nights = false }: PipelineInput): string {
  const { fleet, levels } = handoff;
  const of = stacksById(handoff);
  const stages = [...levels].reverse().map(
    (ids, index) => `    stage('down ${index + 1}') {
      when { ${nights ? `anyOf { expression { params.CONFIRM == '${fleet}' }; ${BY_TIMER} }` : `expression { params.CONFIRM == '${fleet}' }`} }
      parallel {
${of(ids)
  .map((stack) =>
    stage(`destroy ${stack.id}`, stack, handoff, "apply", [
      `sh 'if [ "$UNPROTECT" = true ]; then make -C "$BUNDLE" unprotect && make -C "$BUNDLE" apply-${stack.id} YES=1 LIFT=1; fi; make -C "$BUNDLE" destroy-${stack.id} CONFIRM=${stack.id} ORDERED=1 YES=1'`,
    ]),
  )
  .join("\n")}
      }
    }`,
  );
  return `${HEAD(source, nights ? "By hand with the fleet's name typed, and in the evening of working days." : "By hand only, with the fleet's name typed.")}
pipeline {
  agent none
  options { disableConcurrentBuilds() }${triggers(nights, NIGHT.down)}
  parameters {
    string(name: 'CONFIRM', defaultValue: '', description: 'type ${fleet} to destroy all of it')
    booleanParam(name: 'UNPROTECT', defaultValue: false, description: 'lift deletion protection first')
  }
  environment {
${environment(handoff, bundle)}
  }
  stages {
${stages.join("\n")}
  }
}
`;
}

/**
 * A git tag is the image's tag (a multibranch job that discovers tags): built once, scanned, pushed, then rolled out cluster
 * after cluster, and back where one fails. By hand: a tag with its digest, to promote exactly what ran elsewhere.
 */
function releasePipeline({ handoff, source, bundle }: PipelineInput, { name, variable, stacks }: Application): string {
  const every = { logins: handoff.stacks.flatMap(({ logins }) => logins) };
  const build = `sh 'CONTEXT="$${contextOf(name)}" "$BUNDLE/image.sh" ${name} "\${TAG:-\${TAG_NAME#${name}/}}" > image.tag'`;
  const stages = [
    stage(
      `image ${name}`,
      every,
      handoff,
      "apply",
      [build, "stash name: 'image', includes: 'image.tag'"],
      // the agent's own docker builds
      "agent { docker { image env.FLEET_IMAGE; args '-u root -v /var/run/docker.sock:/var/run/docker.sock' } }",
    ),
    // each waits for the application to answer, and goes back to the tag before where it doesn't
    ...stacks.map((stack) =>
      stage(`release ${stack.id}`, stack, handoff, "apply", [
        "unstash 'image'",
        `lock('${stack.id}') { sh 'TF_VAR_${variable}="$(cat image.tag)" make -C "$BUNDLE" --no-print-directory release-${stack.id} YES=1' }`,
      ]),
    ),
  ];
  return `${HEAD(source, `A git tag ${name}/1.4.2 releases that: who may push one may release.`)}
pipeline {
  agent none
  options { disableConcurrentBuilds(); timeout(time: 1, unit: 'DAYS') }
  parameters {
    string(name: 'TAG', defaultValue: '', description: 'a tag that was pushed, as 1.4.2@sha256:… to promote exactly that image; empty where a git tag is built')
  }
  environment {
${environment(handoff, bundle)}
  }
  stages {
${stages.map((text) => text.replace(/^ {4}/gm, "")).join("\n")}
  }
}
`;
}

/** Ids that the JSON says; identities are the folder's or the controller's environment variables (README.md). */
function environment(handoff: Handoff, bundle: string): string {
  const facts = knownFacts(handoff);
  const clouds = new Set(handoff.stacks.flatMap(({ logins }) => cloudsOf(handoff, logins)));
  const values = {
    BUNDLE: bundle,
    AWS_REGION: facts.awsRegion,
    ...(clouds.has("azure") && {
      ARM_TENANT_ID: facts.azureTenant,
      AZURE_TENANT_ID: facts.azureTenant,
      ARM_SUBSCRIPTION_ID: facts.azureSubscription,
    }),
  };
  return Object.entries(values)
    .map(([name, value]) => `    ${name} = '${value}'`)
    .join("\n");
}

/** One stack's stage: on an agent of the tool image, with an identity token of the OpenID Connect provider plugin for each cloud. */
function stage(
  name: string,
  stack: Pick<HandoffStack, "logins">,
  handoff: Handoff,
  who: "plan" | "apply",
  steps: readonly string[],
  agent = "agent { docker { image env.FLEET_IMAGE } }",
): string {
  const clouds = cloudsOf(handoff, stack.logins);
  const tokens = clouds.map(
    (cloud) => `string(credentialsId: '${handoff.fleet}-${who}-${cloud}', variable: '${cloud.toUpperCase()}_ID_TOKEN')`,
  );
  const withLogin = steps.map((step) =>
    step.replace(/\bsh '/, `sh 'WHO=${who} CLOUDS="${clouds.join(" ")}"; . "$BUNDLE/login.sh"; `),
  );
  return `        stage('${name}') {
          ${agent}
          steps {
            withCredentials([${tokens.join(", ")}]) {
${withLogin.map((step) => `              ${step}`).join("\n")}
            }
          }
        }`;
}

const stacksById = ({ stacks }: Handoff) => {
  const byId = new Map(stacks.map((stack) => [stack.id, stack]));
  return (ids: readonly string[]): readonly HandoffStack[] => ids.map((id) => byId.get(id)!);
};

const place = (bundle: string): string => (bundle === "." ? "" : `${bundle}/`);
