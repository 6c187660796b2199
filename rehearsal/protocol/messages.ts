/**
 * The part of Terraform's plugin protocol 6 that a rehearsal speaks, as a table of messages: field name → [number, type].
 * Field numbers and types are those of docs/plugin-protocol/tfplugin6.6.proto and its later minor versions in
 * hashicorp/terraform (write_only and ephemeral resources: 6.8). Messages and fields that are never sent or read here are left out: protobuf skips them.
 */
import * as protoLoader from "@grpc/proto-loader";

type Fields = Readonly<Record<string, readonly [number, string]>>;

const messages: Readonly<Record<string, Fields>> = {
  DynamicValue: { msgpack: [1, "bytes"], json: [2, "bytes"] },
  Diagnostic: { severity: [1, "int32"], summary: [2, "string"], detail: [3, "string"], attribute: [4, "AttributePath"] },
  AttributePath: { steps: [1, "Step[]"] },
  Step: { attribute_name: [1, "string?"], element_key_string: [2, "string?"], element_key_int: [3, "int64?"] },
  RawState: { json: [1, "bytes"] },
  Schema: { version: [1, "int64"], block: [2, "Block"] },
  Block: { version: [1, "int64"], attributes: [2, "Attribute[]"], block_types: [3, "NestedBlock[]"], deprecated: [6, "bool"] },
  Attribute: {
    name: [1, "string"],
    type: [2, "bytes"],
    required: [4, "bool"],
    optional: [5, "bool"],
    computed: [6, "bool"],
    sensitive: [7, "bool"],
    deprecated: [9, "bool"],
    nested_type: [10, "ObjectType"],
    write_only: [11, "bool"],
  },
  NestedBlock: {
    type_name: [1, "string"],
    block: [2, "Block"],
    nesting: [3, "int32"],
    min_items: [4, "int64"],
    max_items: [5, "int64"],
  },
  ObjectType: { attributes: [1, "Attribute[]"], nesting: [3, "int32"] },
  ServerCapabilities: { plan_destroy: [1, "bool"], get_provider_schema_optional: [2, "bool"], move_resource_state: [3, "bool"] },
  TypeName: { type_name: [1, "string"] },
  Empty: {},
  MetadataResponse: {
    server_capabilities: [1, "ServerCapabilities"],
    data_sources: [3, "TypeName[]"],
    resources: [4, "TypeName[]"],
    ephemeral_resources: [6, "TypeName[]"],
  },
  SchemaResponse: {
    provider: [1, "Schema"],
    resource_schemas: [2, "{Schema}"],
    data_source_schemas: [3, "{Schema}"],
    diagnostics: [4, "Diagnostic[]"],
    server_capabilities: [6, "ServerCapabilities"],
    ephemeral_resource_schemas: [8, "{Schema}"],
  },
  DiagnosticsResponse: { diagnostics: [1, "Diagnostic[]"] },
  ValidateProviderConfigRequest: { config: [1, "DynamicValue"] },
  ValidateProviderConfigResponse: { diagnostics: [2, "Diagnostic[]"] },
  ConfigureRequest: { terraform_version: [1, "string"], config: [2, "DynamicValue"] },
  ValidateRequest: { type_name: [1, "string"], config: [2, "DynamicValue"] },
  UpgradeRequest: { type_name: [1, "string"], version: [2, "int64"], raw_state: [3, "RawState"] },
  UpgradeResponse: { upgraded_state: [1, "DynamicValue"], diagnostics: [2, "Diagnostic[]"] },
  ReadRequest: { type_name: [1, "string"], current_state: [2, "DynamicValue"], private: [3, "bytes"] },
  ReadResponse: { new_state: [1, "DynamicValue"], diagnostics: [2, "Diagnostic[]"], private: [3, "bytes"] },
  PlanRequest: {
    type_name: [1, "string"],
    prior_state: [2, "DynamicValue"],
    proposed_new_state: [3, "DynamicValue"],
    config: [4, "DynamicValue"],
    prior_private: [5, "bytes"],
  },
  PlanResponse: {
    planned_state: [1, "DynamicValue"],
    requires_replace: [2, "AttributePath[]"],
    planned_private: [3, "bytes"],
    diagnostics: [4, "Diagnostic[]"],
  },
  ApplyRequest: {
    type_name: [1, "string"],
    prior_state: [2, "DynamicValue"],
    planned_state: [3, "DynamicValue"],
    config: [4, "DynamicValue"],
    planned_private: [5, "bytes"],
  },
  ApplyResponse: { new_state: [1, "DynamicValue"], private: [2, "bytes"], diagnostics: [3, "Diagnostic[]"] },
  ImportRequest: { type_name: [1, "string"], id: [2, "string"] },
  ImportedResource: { type_name: [1, "string"], state: [2, "DynamicValue"], private: [3, "bytes"] },
  ImportResponse: { imported_resources: [1, "ImportedResource[]"], diagnostics: [2, "Diagnostic[]"] },
  ReadDataSourceRequest: { type_name: [1, "string"], config: [2, "DynamicValue"] },
  ReadDataSourceResponse: { state: [1, "DynamicValue"], diagnostics: [2, "Diagnostic[]"] },
  OpenRequest: { type_name: [1, "string"], config: [2, "DynamicValue"] },
  OpenResponse: { diagnostics: [1, "Diagnostic[]"], result: [3, "DynamicValue"] },
  CloseRequest: { type_name: [1, "string"] },
  CloseResponse: { diagnostics: [1, "Diagnostic[]"] },
  StopResponse: { Error: [1, "string"] },
};

const methods: Readonly<Record<string, readonly [request: string, response: string]>> = {
  GetMetadata: ["Empty", "MetadataResponse"],
  GetProviderSchema: ["Empty", "SchemaResponse"],
  ValidateProviderConfig: ["ValidateProviderConfigRequest", "ValidateProviderConfigResponse"],
  ValidateResourceConfig: ["ValidateRequest", "DiagnosticsResponse"],
  ValidateDataResourceConfig: ["ValidateRequest", "DiagnosticsResponse"],
  UpgradeResourceState: ["UpgradeRequest", "UpgradeResponse"],
  ConfigureProvider: ["ConfigureRequest", "DiagnosticsResponse"],
  ReadResource: ["ReadRequest", "ReadResponse"],
  PlanResourceChange: ["PlanRequest", "PlanResponse"],
  ApplyResourceChange: ["ApplyRequest", "ApplyResponse"],
  ImportResourceState: ["ImportRequest", "ImportResponse"],
  ReadDataSource: ["ReadDataSourceRequest", "ReadDataSourceResponse"],
  ValidateEphemeralResourceConfig: ["ValidateRequest", "DiagnosticsResponse"],
  OpenEphemeralResource: ["OpenRequest", "OpenResponse"],
  CloseEphemeralResource: ["CloseRequest", "CloseResponse"],
  StopProvider: ["Empty", "StopResponse"],
};

function field([id, notation]: readonly [number, string]) {
  if (notation.endsWith("[]")) return { id, type: notation.slice(0, -2), rule: "repeated" };
  if (notation.startsWith("{")) return { id, type: notation.slice(1, -1), keyType: "string" };
  if (notation.endsWith("?")) return { id, type: notation.slice(0, -1), options: { proto3_optional: true } };
  return { id, type: notation };
}

function descriptor() {
  const nested: Record<string, object> = {};
  for (const [name, fields] of Object.entries(messages))
    nested[name] = { fields: Object.fromEntries(Object.entries(fields).map(([key, f]) => [key, field(f)])) };
  nested.Provider = {
    methods: Object.fromEntries(
      Object.entries(methods).map(([name, [requestType, responseType]]) => [name, { requestType, responseType }]),
    ),
  };
  return { nested: { tfplugin6: { nested } } };
}

/** One method of the service: its HTTP/2 path, and its messages from and to bytes. */
export interface Method {
  readonly path: string;
  requestDeserialize(bytes: Buffer): object;
  responseSerialize(message: object): Buffer;
}

/** The gRPC service `tfplugin6.Provider`: its methods by name. */
export const providerService = protoLoader.fromJSON(descriptor(), {
  keepCase: true,
  longs: Number,
  defaults: true,
})["tfplugin6.Provider"] as unknown as Readonly<Record<string, Method>>;

/** A value on the wire: Terraform always sends msgpack, and json only in stored state. */
export interface DynamicValue {
  readonly msgpack?: Uint8Array;
  readonly json?: Uint8Array;
}

/** One step into a value: exactly one of the three. */
export interface Step {
  readonly attribute_name?: string;
  readonly element_key_string?: string;
  readonly element_key_int?: number;
}

/** A problem, told to Terraform; `attribute` lets it name the line of the configuration. */
export interface Diagnostic {
  readonly severity: 1 | 2;
  readonly summary: string;
  readonly detail: string;
  readonly attribute?: { readonly steps: readonly Step[] };
}
