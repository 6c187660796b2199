import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { TerraformStack } from "cdktf";
import { awsProvider } from "../../constructs/providers";
import { MOVES, type Moved, moveAddresses } from "../../stacks/parts/moves";
import { committedFleet, synthFleet } from "../support/fleet";
import { synthStacks } from "../support/synth";

/** Addresses of the committed fleets, by stack, as a release made them. */
const released = JSON.parse(readFileSync(join(__dirname, "../fleets/addresses-0.1.0.json"), "utf8")) as Readonly<
  Record<string, Readonly<Record<string, readonly string[]>>>
>;

test.each(Object.keys(released))("every address that %s had in 0.1.0 is there, or moved", (file) => {
  const { stacks } = synthFleet(committedFleet(file));
  const lost = Object.entries(released[file]!).flatMap(([id, addresses]) => {
    const now = new Set(
      Object.entries(stacks[id]?.resource ?? {}).flatMap(([type, blocks]) =>
        Object.keys(blocks).map((name) => `${type}.${name}`),
      ),
    );
    const moved = MOVES.filter(({ stack, to }) => stack.test(id) && now.has(to)).map(({ from }) => from);
    return addresses.filter((address) => !now.has(address) && !moved.includes(address)).map((address) => `${id} ${address}`);
  });
  expect(lost).toEqual([]);
  expect(Object.keys(released[file]!).length).toBeGreaterThan(2);
});

test("what is moved is said to Terraform only where it is: the new address is there, and the old one isn't", () => {
  const moves: readonly Moved[] = [
    { stack: /-cluster$/, from: "aws_vpc.old_1", to: "aws_vpc.network", since: "0.2.0" },
    { stack: /-cluster$/, from: "aws_vpc.network", to: "aws_vpc.more", since: "0.2.0" },
    { stack: /-cluster$/, from: "aws_vpc.gone", to: "aws_vpc.nowhere", since: "0.2.0" },
    { stack: /-priming$/, from: "aws_vpc.other", to: "aws_vpc.network", since: "0.2.0" },
  ];
  const { "f-one-cluster": stack, "f-one-apps": apps } = synthStacks((app) => {
    for (const id of ["f-one-cluster", "f-one-apps"]) {
      const made = new TerraformStack(app, id);
      awsProvider(made, "aws", { region: "eu-west-1", accountId: "111122223333" });
      for (const name of ["network", "more"]) new Vpc(made, name, { cidrBlock: "10.0.0.0/16" }).overrideLogicalId(name);
      moveAddresses(made, moves);
    }
  });
  expect((stack as { moved?: unknown }).moved).toEqual([{ from: "aws_vpc.old_1", to: "aws_vpc.network" }]);
  expect(apps).not.toHaveProperty("moved");
});
