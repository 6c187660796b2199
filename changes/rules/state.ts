import type { Facts } from "../lock/lock";
import { type ChangeRule, shown } from "./rule";

/** What of a backend doesn't say where the states are. */
const ACCESS = [
  "assumeRoleArn",
  "impersonateServiceAccount",
  "accountId",
  "kmsKeyId",
  "lockAddress",
  "lockMethod",
  "unlockMethod",
  "project",
];

/** Another state backend: a stack that doesn't find its state makes everything a second time. */
export const stateMoved: ChangeRule = ({ before, after }) => {
  if (before.state.backend === undefined) return [];
  const [was, is] = [place(before.state), place(after.state)];
  if (was === is) return [];
  const stacks = Object.keys(after.stacks).filter((id) => id in before.stacks);
  return [
    {
      id: "state-moved",
      severity: "refused",
      path: ["state"],
      transition: `state: ${was} → ${is}`,
      message: `the states would be looked for in ${is}, and are in ${was}: a stack that doesn't find its state makes everything a second time. Move them, with nobody applying meanwhile: the first commands with the output as it is; then accept this change and synthesize; then the others; then plan one, which must show no changes`,
      commands: [
        ...stacks.map((id) => `terraform -chdir=cdktf.out/stacks/${id} init`),
        ...stacks.map((id) => `terraform -chdir=cdktf.out/stacks/${id} init -migrate-state`),
      ],
    },
  ];
};

/** s3 bucket acme-states, region eu-west-1 */
function place(state: Facts): string {
  const { backend, ...rest } = state;
  const fields = Object.keys(rest).filter((key) => !ACCESS.includes(key));
  return [shown(backend), ...fields.sort().map((key) => `${key} ${shown(rest[key])}`)].join(", ");
}
