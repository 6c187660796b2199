import type { App } from "cdktf";
import { appWriter, type FileSink } from "../constructs/cdktf/stack-writer";
import type { OwnAddOns } from "../constructs/priming/own-add-on";
import type { Fleet } from "../model/schema/fleet";
import type { Stack } from "../output/folder";
import type { JsonObject } from "../output/json";
import { readManifest } from "../output/manifest";
import { inOrder } from "../output/order";
import { buildFleet } from "../stacks/build-fleet";

/** Builds a fleet's stacks, each dropped again once its files are given to the sink. */
export function writtenStacks(app: App, sink: FileSink, fleet: Fleet, addOns?: OwnAddOns): readonly Stack[] {
  const configs = new Map<string, JsonObject>();
  const writer = appWriter(app, sink, (id, text) => configs.set(id, JSON.parse(text) as JsonObject));
  // own add-ons may use a token in several stacks
  buildFleet(app, fleet, addOns, addOns ? undefined : writer.finish);
  writer.end();
  return inOrder(readManifest(app.outdir)).map((stack) => ({ ...stack, config: configs.get(stack.id)! }));
}
