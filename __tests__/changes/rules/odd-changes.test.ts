import { madeBy } from "../../../changes/diff/diff";
import { judge } from "../../../changes/judge";
import { StackProblems } from "../../../model/problems/fleet-error";
import { app } from "../pairs/apps";
import { one, said, sideOf, verdict } from "../support";

test("nothing is said of a fleet that doesn't change", () => {
  expect(verdict(one("aks"), one("aks"))).toEqual([]);
});

test("lowering pools and control plane in one change is refused; the control plane alone, after them, is not", () => {
  const both = sideOf(one("eks", { kubernetes: "1.36" })).lock;
  const lowered = sideOf(one("eks", { kubernetes: "1.35" }));
  expect(said(judge({ before: both, after: lowered.lock, made: madeBy(lowered.stacks) }))).toEqual([
    "refused kubernetes-lowered",
  ]);
  const pools = { main: { ...both.clusters.eks!.pools!.main!, kubernetes: "1.35" } };
  const after = { ...both, clusters: { eks: { ...both.clusters.eks!, pools } } };
  expect(said(judge({ before: after, after: lowered.lock, made: madeBy(lowered.stacks) }))).toEqual([
    "warning kubernetes-lowered",
  ]);
});

test("AKS may skip a minor only from a version that is out of support; a record of another type can't take a name's place", () => {
  const { lock, stacks } = sideOf(one("aks", { kubernetes: "1.35" }, { names: { app: { policy: "simple", members: ["aks"] } } }));
  const old = { ...lock, clusters: { aks: { ...lock.clusters.aks!, kubernetes: "1.32", pools: {} } } };
  expect(said(judge({ before: old, after: lock, made: madeBy(stacks) }))).toEqual(["warning kubernetes-skipped"]);
  const host = { ...lock, names: { app: { ...lock.names.app!, record: "CNAME" } } };
  expect(lock.names.app!.record).toBe("A");
  expect(said(judge({ before: lock, after: host, made: madeBy(stacks) }))).toEqual(["note name-record"]);
  const [here, there] = [lock, host].map((side) => ({
    ...side,
    names: { app: { ...side.names.app!, engine: "traffic-manager" } },
  }));
  const [found, ...more] = judge({ before: here!, after: there!, made: madeBy(stacks) });
  expect([said([found!]), found!.transition, more]).toEqual([["refused name-record"], "names.app.record: A → CNAME", []]);
});

test("another state backend is refused with the commands that move each state, a line each", () => {
  const found = verdict(one("eks"), one("eks", {}, { state: { backend: "gcs", bucket: "states" } }));
  const stacks = ["acme-global", "acme-eks-cluster", "acme-eks-priming"];
  expect(found[0]!.commands).toEqual(
    ["init", "init -migrate-state"].flatMap((command) =>
      stacks.map((id) => `terraform -chdir=cdktf.out/stacks/${id} ${command}`),
    ),
  );
  const text = new StackProblems([{ path: ["state"], message: "a\nb", commands: ["x", "y"] }]).message;
  expect(text).toBe("state: a\\u{a}b\n  x\n  y");
});

test("an application that moves between stacks is told by which commands its releases move, a line each", () => {
  const found = verdict(app("1"), app("variable")).find(({ id }) => id === "app-moved")!;
  expect(found.transition).toBe("apps.web on eks: acme-eks-apps → acme-eks-app-web");
  const [old, now] = ["acme-eks-apps", "acme-eks-app-web"].map((id) => `terraform -chdir=cdktf.out/stacks/${id}`);
  expect(found.commands!.map((line) => line.replace(/_[0-9A-F]{8}'/, "'"))).toEqual([
    `${old} init`,
    `${old} state rm 'helm_release.apps_web'`,
    `${now} init`,
    `${now} import -var image_tag="${"${TAG:?the tag that runs}"}" 'helm_release.apps_web' web/web`,
  ]);
});
