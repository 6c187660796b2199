import { committedFleet, coveringFleets, fleetFiles, synthFleet } from "../support/fleet";

const known = new Map<string, Readonly<Record<string, readonly string[]>>>();

/** The resource addresses of each stack of a committed fleet. */
function addressesOf(file: string): Readonly<Record<string, readonly string[]>> {
  const addresses =
    known.get(file) ??
    Object.fromEntries(
      Object.entries(synthFleet(committedFleet(file)).stacks).map(([id, stack]) => [
        id,
        Object.entries(stack.resource ?? {})
          .flatMap(([type, blocks]) => Object.keys(blocks).map((name) => `${type}.${name}`))
          .sort(),
      ]),
    );
  known.set(file, addresses);
  return addresses;
}

/**
 * An address that disappears from this list is a resource that Terraform destroys in somebody's fleet. See
 * CONTRIBUTING.md before renewing the snapshot.
 */
test.each(fleetFiles)("the resource addresses of %s are the known ones", (file) => {
  expect(addressesOf(file)).toMatchSnapshot();
});

test("the fleets that Meridian's machinery is tried with have every kind of resource that a committed fleet has", () => {
  const kinds = (files: readonly string[]) =>
    new Set(files.flatMap((file) => Object.values(addressesOf(file)).flat()).map((address) => address.split(".")[0]!));
  const covered = kinds(coveringFleets);
  expect([...kinds(fleetFiles)].filter((kind) => !covered.has(kind))).toEqual([]);
});
