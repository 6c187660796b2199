/** The schemas of a provider's resource types: attribute → its fields, as Go writes them. */
import { calledName, changes, dataOf, fieldsOf, returned, returnOf } from "./evaluate.mjs";
import { expression } from "./go.mjs";
import { idForm } from "./validators.mjs";

export function schemaOf(node, file, depth = 0) {
  const found = new Map();
  if (!node || depth > 8) return found;
  if (node.kind === "call") {
    const name = calledName(node);
    if (/MergeSchemas|mergeSchema/i.test(name)) {
      for (const arg of node.args) for (const [key, value] of schemaOf(arg, file, depth + 1)) found.set(key, value);
      return found;
    }
    const back = node.of.kind === "func" ? { ...returned(node.of.body), file, body: node.of.body } : returnOf(node, file);
    if (!back?.node) return found;
    for (const [key, value] of schemaOf(back.node, back.file, depth + 1)) found.set(key, value);
    if (back.variable) applyChanges(found, back.body, back.variable, back.file);
    return found;
  }
  if (node.kind === "name") {
    const constant = file.pack.constant(node.name);
    return constant ? schemaOf(constant.value, constant.file, depth + 1) : found;
  }
  if (node.kind === "select" && node.of.kind === "name") {
    const constant = file.packageOf(node.of.name)?.constant(node.name);
    return constant ? schemaOf(constant.value, constant.file, depth + 1) : found;
  }
  for (const { key, value } of node.entries ?? []) {
    const name = key && dataOf(key, file);
    if (typeof name === "string") {
      const attribute = attributeOf(value, file);
      if (attribute) found.set(name, attribute);
    }
  }
  return found;
}

function applyChanges(schema, body, variable, file) {
  for (const { key, field, value } of changes(body, variable)) {
    if (field) {
      const old = schema.get(key);
      if (old) schema.set(key, { ...old, fields: new Map([...old.fields, [field, value]]) });
    } else {
      const attribute = attributeOf(value, file);
      if (attribute) schema.set(key, attribute);
    }
  }
}

function attributeOf(node, file, depth = 0) {
  if (depth > 6 || !node) return undefined;
  if (node.kind === "literal") return { fields: fieldsOf(node), file };
  if (node.kind === "name" || (node.kind === "select" && node.of.kind === "name")) {
    const pack = node.kind === "name" ? file.pack : file.packageOf(node.of.name);
    const made = pack?.constant(node.name);
    return made ? attributeOf(made.value, made.file, depth + 1) : undefined;
  }
  if (node.kind === "call") {
    const known = wellKnown(calledName(node));
    if (known) return { ...known, file };
    const reference = /ResourceIDReference\w*?(ForceNew)?$/.exec(calledName(node));
    const id = reference && node.args[0]?.kind === "literal" && node.args[0].type;
    if (id) {
      const pack = id.kind === "select" ? file.packageOf(id.of.name) : file.pack;
      const form = pack && idForm(pack, id.name);
      const fields = new Map(reference[1] ? [["ForceNew", { kind: "name", name: "true" }]] : []);
      return { fields, rules: form ? [{ id: form }] : [], file };
    }
    const back = returnOf(node, file);
    return back?.node ? attributeOf(back.node, back.file, depth + 1) : undefined;
  }
  return undefined;
}

/** Attributes made by helpers with rules that Go code, not data, holds. */
function wellKnown(name) {
  if (/^commonschema\.ResourceGroupName/.test(name))
    return { fields: new Map([["ForceNew", { kind: "name", name: "true" }]]), rules: [{ rule: "resourceGroupName" }] };
  if (/^commonschema\.Location(Optional)?$/.test(name))
    return { fields: new Map(), rules: [{ rule: "location" }, { replacesElsewhere: true }] };
  if (name === "commonschema.LocationWithoutForceNew") return { fields: new Map(), rules: [{ rule: "location" }] };
  // sync.OnceValue of a function that makes it (hashicorp/aws, internal/sdkv2)
  const policy = /(?:JSON|IAMPolicy)DocumentSchema\w*?(ForceNew)?$/.exec(name);
  if (policy)
    return { fields: new Map(policy[1] ? [["ForceNew", { kind: "name", name: "true" }]] : []), rules: [{ rule: "json" }] };
  return undefined;
}

/** The types of a service of AWS, which its package lists: type → { schema, file }. */
function listed(pack, file, prefix, isWanted, found) {
  const [list = ""] = /\) SDKResources\([\s\S]*?^\}/m.exec(file.text) ?? [];
  for (const [, maker, type] of list.matchAll(new RegExp(`Factory: +(\\w+),\\s+TypeName: +"(${prefix}_\\w+)"`, "g"))) {
    const func = isWanted(type) && pack.func(maker);
    if (!func) continue;
    const back = returned(func.body);
    const fields = back.node?.kind === "literal" ? fieldsOf(back.node) : new Map();
    const made = fields.get("SchemaFunc");
    const node = made ? { kind: "call", of: made, args: [] } : fields.get("Schema");
    found.set(type, { schema: schemaOf(node, func.file), file: func.file });
  }
}

/** Every resource type of a provider: type → { schema, path }. */
export function resources(checkout, folders, prefix, isWanted) {
  const found = new Map();
  for (const folder of folders) {
    const pack = checkout.package(folder);
    for (const file of pack.files) {
      if (file.path.endsWith("service_package_gen.go")) listed(pack, file, prefix, isWanted, found);
      for (const match of file.text.matchAll(new RegExp(`^\\s*"(${prefix}_\\w+)":\\s+(\\w+(?:\\.\\w+)?)\\(`, "gm"))) {
        const [, type, maker] = match;
        const iam =
          /ResourceIam(Member|Binding|Policy)$/.exec(maker) &&
          new RegExp(`"${type}":\\s+[\\w.]+\\(\\s*(\\w+\\.)?(\\w+)`).exec(file.text);
        if (!isWanted(type) || /^(\w+\.)?([dD]ata)/.test(maker)) continue;
        const list = maker.split(".");
        const func = list.length === 2 ? file.packageOf(list[0])?.func(list[1]) : pack.func(maker);
        if (!func) continue;
        const back = returned(func.body);
        const fields = back.node?.kind === "literal" ? fieldsOf(back.node) : new Map();
        const schema = schemaOf(fields.get("Schema"), func.file);
        if (back.variable) applyChanges(schema, func.body, back.variable, func.file);
        // for k, v := range more() { resource.Schema[k] = v }
        func.body.forEach((token, i) => {
          if (token.name !== "range" || !func.body[i + 1]?.name || func.body[i + 2]?.sign !== "(") return;
          const [call] = expression(func.body, i + 1);
          for (const [key, value] of schemaOf(call, func.file)) if (!schema.has(key)) schema.set(key, value);
        });
        if (iam) {
          const parent = file.packageOf(iam[1]?.slice(0, -1))?.constant(iam[2]);
          if (parent) for (const [key, value] of schemaOf(parent.value, parent.file)) schema.set(key, value);
        }
        found.set(type, { schema, file: func.file });
      }
      for (const match of file.text.matchAll(
        new RegExp(`^func \\((?:\\w+ )?\\*?(\\w+)\\) ResourceType\\(\\) string \\{\\s*return "(${prefix}_\\w+)"`, "gm"),
      )) {
        const [, struct, type] = match;
        if (!isWanted(type) || /DataSource/.test(struct) || /_data_source\.go$/.test(file.path) || found.has(type)) continue;
        const args = pack.func(`${struct}.Arguments`);
        if (!args) continue;
        const back = returned(args.body);
        const schema = schemaOf(back.node, args.file);
        if (back.variable) applyChanges(schema, args.body, back.variable, args.file);
        found.set(type, { schema, file: args.file });
      }
    }
  }
  return found;
}
