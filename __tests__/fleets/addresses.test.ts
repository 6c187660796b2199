import { committedFleet, fleetFiles, synthFleet } from "../support/fleet";

/**
 * An address that disappears from this list is a resource that Terraform destroys in somebody's fleet. See
 * CONTRIBUTING.md before renewing the snapshot.
 */
test.each(fleetFiles)("the resource addresses of %s are the known ones", (file) => {
  const { stacks } = synthFleet(committedFleet(file));
  const addresses = Object.fromEntries(
    Object.entries(stacks).map(([id, stack]) => [
      id,
      Object.entries(stack.resource ?? {})
        .flatMap(([type, blocks]) => Object.keys(blocks).map((name) => `${type}.${name}`))
        .sort(),
    ]),
  );
  expect(addresses).toMatchSnapshot();
});
