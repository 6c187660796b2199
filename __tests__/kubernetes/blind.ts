import type { TestCluster } from "../support/kubernetes/cluster";
import type { Workspace } from "../support/kubernetes/workspace";

/**
 * With a token that is refused, then with an API that is down: plan, apply and destroy of applied stacks fail, and leave
 * them as they are. To Helm's provider alone a dead API means that nothing is installed.
 * @returns what couldn't be tried. @default - nothing
 */
export async function expectNothingPromised(
  { api, plane }: TestCluster,
  work: Workspace,
  stacks: readonly string[],
): Promise<string | undefined> {
  const failing = async (why: RegExp) => {
    for (const stack of stacks)
      for (const args of [["plan"], ["apply", "-auto-approve"], ["destroy", "-auto-approve"]])
        expect({ stack, args, ...(await work.terraform(stack, ...args, "-input=false")) }).toMatchObject({
          status: 1,
          text: expect.stringMatching(why),
        });
  };
  work.login({ token: "refused" });
  await failing(/Unauthorized|asked for the client to provide/);
  work.login(api.credential);
  if (plane === undefined) return "no API that is down: the cluster is somebody else's";
  await plane.stopApi();
  await failing(/refused|unreachable|no such host|EOF/);
  await plane.startApi();
  for (const stack of stacks) expect([stack, await work.plan(stack)]).toEqual([stack, undefined]);
  return undefined;
}
