import type { Cloud } from "../../model/schema/common";
import { apiFindings } from "./api-findings";
import { hostFindings, type Told } from "./host-findings";
import { orderFindings } from "./order-findings";
import { LARGEST_RECORD } from "./record";
import type { KubeObject } from "./render";

/** A release with what it makes: rendered, or known from an earlier rendering. */
export interface MadeRelease extends Told {
  /** Namespaces that Terraform has made before it. */
  readonly before: readonly string[];
  /** Its objects, each with its namespace. */
  readonly objects: readonly KubeObject[];
  /** Bytes of the Secret in which Helm keeps it. */
  readonly record: number;
}

/** What a cluster would refuse, or what would never find each other, of all releases of a stack. */
export function releaseFindings(releases: readonly MadeRelease[], cloud: Cloud, kubernetes: string): string[] {
  const objects = releases.flatMap((release) => release.objects);
  return [
    ...releases.flatMap((release) =>
      [
        ...tooLarge(release),
        ...orderFindings(release, release.objects),
        ...apiFindings(release.objects, kubernetes).map((finding) => `release ${release.name}: ${finding}`),
        ...managedFindings(release, cloud),
      ].sort(),
    ),
    ...hostFindings(releases, objects),
  ];
}

function tooLarge({ name, record }: MadeRelease): string[] {
  return record > LARGEST_RECORD
    ? [`release ${name}: Helm's record has ${record} bytes, and more than ${LARGEST_RECORD} leaves no room in a Secret (1 MiB)`]
    : [];
}

/** GKE keeps Gateway API's definitions itself and sets them back, or refuses others (its documentation of the Gateway API). */
function managedFindings({ name, objects }: MadeRelease, cloud: Cloud): string[] {
  if (cloud !== "google") return [];
  return objects
    .filter(({ kind, metadata }) => kind === "CustomResourceDefinition" && metadata.name.endsWith(".gateway.networking.k8s.io"))
    .map(({ metadata }) => `release ${name}: ${metadata.name} is Google's own on GKE`);
}
