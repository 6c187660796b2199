/** Starts the providers that a set of stacks needs, each on its own socket. */
import { join } from "node:path";
import type { Cloud } from "../cloud/model";
import { type Listening, listen, reattach } from "../protocol/server";
import type { BeforeChange } from "../provider/apply";
import { createProvider } from "../provider/provider";
import { providerSchemas } from "../schema/store";
import { type Stack, usedTypes } from "./stacks";

/** Providers that listen, and how Terraform finds them. */
export interface Servers {
  /** Value of TF_REATTACH_PROVIDERS. */
  readonly reattach: string;
  close(): void;
}

let sockets = 0;

/**
 * @param folder where the sockets are made
 * @param name what the cloud remembers as the maker of what these providers create
 */
export async function serve(
  folder: string,
  name: string,
  stacks: readonly Stack[],
  cloud: Cloud,
  before: BeforeChange,
): Promise<Servers> {
  const listening: Listening[] = [];
  const found: Record<string, string> = {};
  for (const [provider, { resources, dataSources }] of Object.entries(usedTypes(stacks))) {
    const socket = join(folder, `${sockets++}`);
    const handlers = createProvider({ schemas: providerSchemas(provider), resources, dataSources, stack: name, cloud, before });
    listening.push(await listen(socket, handlers));
    found[provider] = socket;
  }
  return {
    reattach: reattach(found),
    close: () => {
      for (const server of listening) server.close();
    },
  };
}
