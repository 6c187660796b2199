/** One provider as Terraform sees it: the real one's schema, and behind it the rehearsal's clouds. */
import { type Cloud, importId, isInCluster } from "../cloud/model";
import { knowledgeOf } from "../knowledge";
import type { DynamicValue } from "../protocol/messages";
import type { Connection, Handlers } from "../protocol/server";
import { equal, fromWire, isObject, toWire, UNKNOWN, type Value, type ValueObject } from "../protocol/values";
import { ephemeralSchema } from "../schema/ephemeral";
import type { ProviderSchemas } from "../schema/store";
import { emptyBlock, type Schema } from "../schema/types";
import { schemaMessage } from "../schema/wire";
import { accountOf, applied, type BeforeChange, readData } from "./apply";
import { configurationProblems, withoutProject } from "./configuration";
import { earlyValues } from "./early";
import { opened } from "./ephemeral";
import { changedAt } from "./paths";
import { plannedState } from "./plan";
import { problems } from "./rules";
import { upgraded } from "./state";

/** What a provider serves. */
export interface ProviderOptions {
  readonly schemas: ProviderSchemas;
  /** The types that the stack uses; no others are handed to Terraform. */
  readonly resources: readonly string[];
  readonly dataSources: readonly string[];
  readonly ephemeral: readonly string[];
  /** Id of the stack, for what the cloud remembers; for servers that many stacks share, any word. */
  readonly stack: string;
  readonly cloud: Cloud;
  /** Called before a resource is created, updated or deleted. */
  readonly before: BeforeChange;
}

interface TypedRequest {
  readonly type_name: string;
  readonly config?: DynamicValue;
}

interface ReadRequest extends TypedRequest {
  readonly current_state: DynamicValue;
}

interface PlanRequest extends TypedRequest {
  readonly prior_state: DynamicValue;
  readonly proposed_new_state: DynamicValue;
}

interface ApplyRequest extends TypedRequest {
  readonly prior_state: DynamicValue;
  readonly planned_state: DynamicValue;
}

/** The provider's answers to Terraform. */
export function createProvider(options: ProviderOptions): Handlers {
  const { schemas, cloud } = options;
  const configurations = new WeakMap<Connection, ValueObject>();
  const configuration = (connection: Connection): ValueObject => configurations.get(connection) ?? {};
  const capabilities = { plan_destroy: false, get_provider_schema_optional: true, move_resource_state: false };

  const resource = (type: string): Schema => found(schemas.resource(type), type);
  const dataSource = (type: string): Schema => found(schemas.dataSource(type), type);
  const ephemeral = (type: string): Schema => found(ephemeralSchema(type), type, "rehearsal/schema/ephemeral.ts");
  const messages = (types: readonly string[], schemaOf: (type: string) => Schema | undefined) =>
    Object.fromEntries(types.flatMap((type) => (schemaOf(type) ? [[type, schemaMessage(schemaOf(type) as Schema)]] : [])));

  return {
    GetProviderSchema: () => ({
      provider: schemaMessage(schemas.config),
      resource_schemas: messages(options.resources, schemas.resource),
      data_source_schemas: messages(options.dataSources, schemas.dataSource),
      ephemeral_resource_schemas: messages(options.ephemeral, ephemeralSchema),
      server_capabilities: capabilities,
    }),
    GetMetadata: () => ({
      server_capabilities: capabilities,
      resources: options.resources.map((type_name) => ({ type_name })),
      data_sources: options.dataSources.map((type_name) => ({ type_name })),
      ephemeral_resources: options.ephemeral.map((type_name) => ({ type_name })),
    }),
    ValidateProviderConfig: () => ({}),
    ConfigureProvider: ({ config }: { config: DynamicValue }, connection: Connection) => {
      const value = object(fromWire(config));
      configurations.set(connection, value);
      return { diagnostics: configurationProblems(schemas.provider, value) };
    },
    ValidateResourceConfig: ({ type_name, config }: TypedRequest) => ({
      diagnostics: problems(type_name, resource(type_name).block, object(fromWire(config)), "validate"),
    }),
    ValidateDataResourceConfig: () => ({}),
    UpgradeResourceState: ({ type_name, raw_state }: { type_name: string; raw_state: { json: Uint8Array } }) => ({
      upgraded_state: toWire(upgraded(resource(type_name).block, JSON.parse(Buffer.from(raw_state.json).toString("utf8")))),
    }),
    ReadResource: async ({ type_name: type, current_state }: ReadRequest) => {
      const attributes = object(fromWire(current_state));
      const detail = await options.before({ stack: options.stack, kind: "read", type, attributes });
      const diagnostics = detail ? [{ severity: 1, summary: `${type} can't be read`, detail }] : [];
      return { new_state: current_state, diagnostics };
    },
    PlanResourceChange: ({ type_name, prior_state, proposed_new_state, config }: PlanRequest, connection: Connection) => {
      const proposed = fromWire(proposed_new_state);
      if (!isObject(proposed)) return { planned_state: proposed_new_state };
      const { block } = resource(type_name);
      const prior = fromWire(prior_state);
      const written = object(fromWire(config));
      let planned = plannedState(block, prior, written, proposed);
      planned = earlyValues(type_name, block, planned, written, configuration(connection));
      const diagnostics = withoutProject(type_name, written, configuration(connection));
      if (!isObject(prior)) return { planned_state: toWire(planned), diagnostics };
      if (equal(planned, prior)) return { planned_state: prior_state };
      const { replaces, replacesIf, recomputes } = knowledgeOf(type_name);
      const forced = [
        ...replaces.flatMap((path) => changedAt(block, prior, planned, path)),
        ...replacesIf.flatMap(({ at, replacesIf: forces }) => changedAt(block, prior, planned, at, forces)),
      ];
      const renewed = Object.fromEntries(
        recomputes.filter((name) => (written[name] ?? null) === null).map((name) => [name, UNKNOWN]),
      );
      return {
        planned_state: toWire({ ...planned, ...renewed }),
        requires_replace: forced.map((steps) => ({ steps })),
      };
    },
    ApplyResourceChange: async ({ type_name, prior_state, planned_state, config }: ApplyRequest, connection: Connection) => {
      const outcome = await applied({
        type: type_name,
        block: resource(type_name).block,
        prior: fromWire(prior_state),
        planned: fromWire(planned_state),
        config: object(fromWire(config)),
        provider: configuration(connection),
        stack: options.stack,
        cloud,
        before: options.before,
      });
      return { new_state: toWire(outcome.state), diagnostics: outcome.problem ? [outcome.problem] : [] };
    },
    ImportResourceState: ({ type_name, id }: { type_name: string; id: string }, connection: Connection) => {
      const account = accountOf(configuration(connection));
      const known = cloud
        .all(type_name)
        .find((one) => importId(one) === id && (!isInCluster(type_name) || one.account === account));
      const { block } = resource(type_name);
      return {
        imported_resources: [{ type_name, state: toWire(known?.attributes ?? { ...emptyBlock(block), id }) }],
      };
    },
    ReadDataSource: ({ type_name, config }: TypedRequest, connection: Connection) => ({
      state: toWire(readData(type_name, dataSource(type_name).block, object(fromWire(config)), configuration(connection), cloud)),
    }),
    ValidateEphemeralResourceConfig: () => ({}),
    OpenEphemeralResource: ({ type_name, config }: TypedRequest) => {
      const { result, diagnostics } = opened(type_name, ephemeral(type_name).block, object(fromWire(config)), cloud);
      return { diagnostics, ...(result && { result: toWire(result) }) };
    },
    CloseEphemeralResource: () => ({}),
    StopProvider: () => ({}),
  };
}

function object(value: Value): ValueObject {
  return isObject(value) ? value : {};
}

function found(schema: Schema | undefined, type: string, file = "scripts/rehearsal-schemas.mjs"): Schema {
  if (!schema) throw new Error(`The rehearsal has no schema of '${type}': add it to ${file}.`);
  return schema;
}
