/** Starts the providers that a set of stacks needs, each on its own socket. */
import { join } from "node:path";
import type { Stack } from "../../output/folder";
import { usedTypes } from "../../output/stack";
import type { Cloud } from "../cloud/model";
import { type Listening, listen, reattach } from "../protocol/server";
import type { BeforeChange } from "../provider/apply";
import { createProvider } from "../provider/provider";
import { providerSchemas } from "../schema/store";

/** Providers that listen, and how Terraform finds them. */
export interface Servers {
  /** Value of TF_REATTACH_PROVIDERS. */
  readonly reattach: string;
  close(): void;
}

let sockets = 0;

/** What is served. */
export interface ServeOptions {
  /** Where the sockets are made. */
  readonly folder: string;
  /** What the cloud remembers as the maker of what these providers create. */
  readonly name: string;
  readonly stacks: readonly Stack[];
  /** What Terraform still knows of from before, and may have to destroy: what the state holds, what the stacks were. */
  readonly earlier: readonly Pick<Stack, "config">[];
  readonly cloud: Cloud;
  readonly before: BeforeChange;
  /** Providers that Terraform starts itself. @default [] */
  readonly except?: readonly string[];
}

/** Starts every provider that the stacks use or used. */
export async function serve({ folder, name, stacks, earlier, cloud, before, except = [] }: ServeOptions): Promise<Servers> {
  const listening: Listening[] = [];
  const found: Record<string, string> = {};
  for (const [provider, { resources, dataSources, ephemeral }] of Object.entries(usedTypes([...stacks, ...earlier]))) {
    if (except.includes(provider)) continue;
    const socket = join(folder, `${sockets++}`);
    const types = { resources, dataSources, ephemeral };
    const handlers = createProvider({ schemas: providerSchemas(provider), ...types, stack: name, cloud, before });
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
