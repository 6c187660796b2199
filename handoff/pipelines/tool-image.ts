import { cloudsOf } from "../logins";
import type { Handoff } from "../model";
import { header, KUBELOGIN_VERSION, TERRAFORM_VERSION } from "./common";

/** Scans images (https://github.com/aquasecurity/trivy/releases). */
const TRIVY_VERSION = "0.72.0";

/** The image that jobs run in where a service has no machine with these programs: what this fleet's stacks start, and no more. */
export function toolImage(handoff: Handoff, source: string, buildsImages = false): string {
  const programs = new Set(handoff.stacks.flatMap((stack) => stack.programs));
  const clouds = new Set(handoff.stacks.flatMap(({ logins }) => cloudsOf(handoff, logins)));
  return `${[
    ...header(source, ["Build it once, push it where your pipelines may pull it, and name it in FLEET_IMAGE, by its digest."]),
    "FROM debian:12-slim",
    "ARG TARGETARCH=amd64",
    "RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates curl git gnupg jq make unzip && rm -rf /var/lib/apt/lists/*",
    `ARG TERRAFORM=${TERRAFORM_VERSION}`,
    "RUN cd /tmp && base=https://releases.hashicorp.com/terraform/$TERRAFORM && file=terraform_${TERRAFORM}_linux_$TARGETARCH.zip \\",
    " && curl -fsSLO $base/$file && curl -fsSLO $base/terraform_${TERRAFORM}_SHA256SUMS \\",
    ' && grep " $file$" terraform_*_SHA256SUMS | sha256sum -c && unzip -q $file terraform -d /usr/local/bin && rm terraform_*',
    ...(programs.has("aws")
      ? [
          "# eks get-token",
          'RUN cd /tmp && curl -fsSL "https://awscli.amazonaws.com/awscli-exe-linux-$(uname -m).zip" -o aws.zip && unzip -q aws.zip && ./aws/install && rm -rf aws aws.zip',
        ]
      : []),
    ...(programs.has("kubelogin")
      ? [
          `ARG KUBELOGIN=${KUBELOGIN_VERSION}`,
          "RUN cd /tmp && base=https://github.com/Azure/kubelogin/releases/download/$KUBELOGIN && file=kubelogin-linux-$TARGETARCH.zip \\",
          " && curl -fsSLO $base/$file && curl -fsSLO $base/$file.sha256 && sha256sum -c $file.sha256 \\",
          ' && unzip -q -j $file "bin/linux_$TARGETARCH/kubelogin" -d /usr/local/bin && rm $file*',
        ]
      : []),
    ...(programs.has("gke-gcloud-auth-plugin")
      ? [
          "RUN curl -fsSL https://packages.cloud.google.com/apt/doc/apt-key.gpg | gpg --dearmor -o /usr/share/keyrings/cloud.google.gpg \\",
          ' && echo "deb [signed-by=/usr/share/keyrings/cloud.google.gpg] https://packages.cloud.google.com/apt cloud-sdk main" > /etc/apt/sources.list.d/google-cloud-sdk.list \\',
          " && apt-get update && apt-get install -y --no-install-recommends google-cloud-cli-gke-gcloud-auth-plugin && rm -rf /var/lib/apt/lists/*",
        ]
      : []),
    ...(buildsImages
      ? [
          "# builds applications' images, by a daemon beside the job",
          "RUN apt-get update && apt-get install -y --no-install-recommends docker.io && rm -rf /var/lib/apt/lists/*",
          `ARG TRIVY=${TRIVY_VERSION}`,
          "RUN cd /tmp && base=https://github.com/aquasecurity/trivy/releases/download/v$TRIVY \\",
          " && file=trivy_${TRIVY}_Linux-$([ $TARGETARCH = arm64 ] && echo ARM64 || echo 64bit).tar.gz \\",
          " && curl -fsSLO $base/$file && curl -fsSLO $base/trivy_${TRIVY}_checksums.txt \\",
          ' && grep " $file$" trivy_${TRIVY}_checksums.txt | sha256sum -c && tar -xzf $file -C /usr/local/bin trivy && rm trivy_*',
        ]
      : []),
    ...(clouds.size === 0 ? ["# no cloud's program is needed"] : []),
    "RUN useradd --create-home fleet",
    "USER fleet",
  ].join("\n")}\n`;
}
