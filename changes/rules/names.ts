import { type ChangeRule, type Finding, shown, transition } from "./rule";

/** Longest that a resolver keeps "there is no such name": the SOA of a Route53 zone says 900 s (Route53 developer guide). */
const NEGATIVE_SECONDS = 900;

/** A name in another engine, or of another type of record: two stacks, and no order of applying them without a gap. */
export const nameEngine: ChangeRule = ({ before, after }) =>
  Object.entries(after.names).flatMap(([name, is]): Finding[] => {
    const was = before.names[name];
    if (was === undefined || (was.engine === is.engine && was.record === is.record)) return [];
    const engine = was.engine !== is.engine;
    const path = ["names", name, "engine"];
    const [from, to] = engine ? [was.engine, is.engine] : [was.record, is.record];
    if (!engine && is.engine === "route53") return [inOneBatch(name, from, to)];
    const [old, fresh] = [stackOf(after.fleet, was.engine), stackOf(after.fleet, is.engine)];
    const order = engine ? `apply ${old} first, ${fresh} right after it` : `apply ${fresh}`;
    return [
      {
        id: engine ? "name-engine" : "name-record",
        severity: "refused",
        path,
        transition: transition(engine ? path : ["names", name, "record"], from, to),
        message: `would go from ${shown(from)} to ${shown(to)}, its record from ${was.record} to ${is.record}: one name has no two types, so it answers nothing between the two, and resolvers keep that "no" for up to ${NEGATIVE_SECONDS} s. Make another name in ${shown(to)} beside it and move clients there; or accept this change, lower the SOA's minimum a day before, and ${order}`,
      },
    ];
  });

/** Another type in Route53: the provider deletes the old record and creates the new one in one change batch (route53/record.go, resourceRecordUpdate). */
function inOneBatch(name: string, from: unknown, to: unknown): Finding {
  return {
    id: "name-record",
    severity: "note",
    path: ["names", name],
    transition: transition(["names", name, "record"], from, to),
    message: `its record goes from ${shown(from)} to ${shown(to)} in one step of Route53, when all that it leads to is there; clients with an answer go on with it until its time is over`,
  };
}

/** Names that leave. */
export const namesRemoved: ChangeRule = ({ before, after }) =>
  Object.keys(before.names).flatMap((name): Finding[] => {
    if (name in after.names) return [];
    const path = ["names", name];
    return [
      {
        id: "name-removed",
        severity: "warning",
        path,
        transition: transition(path, "there", "gone"),
        message: `the name answers nothing any more: nobody may need it, nor link to it`,
      },
    ];
  });

/** A probe that changes: all members are asked the new question at once. */
export const probes: ChangeRule = ({ before, after }) =>
  Object.entries(after.names).flatMap(([name, is]): Finding[] => {
    const was = before.names[name];
    if (was === undefined || was.probe === is.probe || was.engine !== is.engine) return [];
    const path = ["names", name, "probe"];
    const failed =
      is.engine === "route53"
        ? "Route53 then treats all as healthy, so failover is gone without a sign"
        : "Traffic Manager then answers with all of them, dead ones too";
    return [
      {
        id: "probe-everywhere",
        severity: "warning",
        path,
        transition: transition(path, was.probe, is.probe),
        message: `the probe changes from '${was.probe}' to '${is.probe}' for all members at once. Where it asks what they don't answer, all are unhealthy; ${failed}. See first that every member answers it (curl), or try it on a name of its own`,
      },
    ];
  });

/** Certificates whose names change: asked for anew, where an authority counts. */
export const certificates: ChangeRule = ({ before, after }) =>
  Object.entries(after.clusters).flatMap(([name, is]): Finding[] => {
    const was = before.clusters[name];
    if (was?.certificateNames === undefined || is.certificateNames === undefined || is.retired) return [];
    const path = ["clusters", name, "addons", "certManager", "ingressCertificate"];
    const [old, fresh] = [was.certificateNames, is.certificateNames];
    const added = fresh.filter((host) => !old.includes(host));
    const gone = old.filter((host) => !fresh.includes(host));
    if (was.certificate === is.certificate && added.length + gone.length === 0) return [];
    const what = [
      ...(was.certificate === is.certificate ? [] : [`from ${was.certificate} to ${is.certificate}`]),
      ...(added.length > 0 ? [`with ${added.join(", ")}`] : []),
      ...(gone.length > 0 ? [`without ${gone.join(", ")}`] : []),
    ];
    return [
      {
        id: "certificate-names",
        severity: "note",
        path,
        message: `the ingress certificate is asked for anew, ${what.join(", ")}; Let's Encrypt gives 50 a week for a domain and 5 for the same names (letsencrypt.org/docs/rate-limits, 2026). Until it is there the old one is served`,
      },
    ];
  });

const stackOf = (fleet: string, engine: unknown): string => `${fleet}-${engine === "route53" ? "route53" : "traffic-manager"}`;
