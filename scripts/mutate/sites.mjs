// Where a source can be changed so that a good test notices, found in its syntax tree.
import { parseSync } from "@swc/core";

/**
 * @typedef {object} Site
 * @property {number} start of what is replaced, in bytes
 * @property {number} end
 * @property {string} original
 * @property {string} mutated
 * @property {string} switched the same place with both in it; HERE stands for the question whether the mutant is on
 */

const HERE = "HERE";
const OPERATORS = {
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "===": "!==",
  "!==": "===",
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
  "%": "*",
  "&&": "||",
  "||": "&&",
  "??": "&&",
};
/** A method becomes another that takes the same and gives what has the same type. */
const METHODS = {
  some: "every",
  every: "some",
  filter: "slice",
  sort: "slice",
  startsWith: "endsWith",
  endsWith: "startsWith",
  min: "max",
  max: "min",
  floor: "ceil",
  ceil: "floor",
  toLowerCase: "toString",
  trim: "toString",
};
const WRAPPERS = ["TsAsExpression", "TsNonNullExpression", "TsSatisfiesExpression", "TsConstAssertion"];

/**
 * All changes of one source that are tried.
 * @param {string} source TypeScript
 * @returns {Site[]} in the order of the source; they may overlap
 */
export function sitesOf(source) {
  const bytes = Buffer.from(source);
  /** swc counts bytes from 1. */
  const text = ({ start, end }) => bytes.subarray(start - 1, end - 1).toString();
  const sites = [];
  const add = (span, mutated, switched) => {
    const original = text(span);
    if (mutated === original) return;
    const both = switched ?? `(${HERE} ? (${mutated}) : (${original}))`;
    sites.push({ start: span.start - 1, end: span.end - 1, original, mutated, switched: both });
  };
  const at = {
    BinaryExpression(node) {
      const other = OPERATORS[node.operator];
      const isText = [node.left, node.right].some(({ type }) => type === "StringLiteral" || type === "TemplateLiteral");
      if (other === undefined || (node.operator === "+" && isText)) return;
      const gap = text({ start: node.left.span.end, end: node.right.span.start });
      add(node.span, text(node.left.span) + gap.replace(node.operator, other) + text(node.right.span));
    },
    UnaryExpression(node) {
      if (node.operator === "!") add(node.span, text(node.argument.span));
    },
    IfStatement({ test }) {
      for (const constant of ["true", "false"]) add(test.span, constant);
    },
    ConditionalExpression({ test }) {
      for (const constant of ["true", "false"]) add(test.span, constant);
    },
    BooleanLiteral(node) {
      add(node.span, String(!node.value));
    },
    NumericLiteral(node) {
      add(node.span, String(node.value + 1));
    },
    // what people read has spaces in it, and is judged by people
    StringLiteral(node) {
      if (!/\s/.test(node.value)) add(node.span, node.value === "" ? '"mutant"' : '""');
    },
    TemplateLiteral(node) {
      if (!/\s/.test(text(node.span))) add(node.span, '""');
    },
    RegExpLiteral({ span, pattern, flags }) {
      if (pattern.startsWith("^")) add(span, `/${pattern.slice(1) || "(?:)"}/${flags}`);
      if (pattern.endsWith("$") && !pattern.endsWith("\\$")) add(span, `/${pattern.slice(0, -1) || "(?:)"}/${flags}`);
    },
    ArrayExpression(node) {
      if (node.elements.length > 0) add(node.span, "[]");
    },
    ObjectExpression(node) {
      for (const property of node.properties) {
        const { start, end } = spanOf(property);
        const before = text({ start: node.span.start, end: start });
        const after = text({ start: end, end: node.span.end }).replace(/^\s*,/, "");
        add(node.span, before + after);
      }
    },
    ExpressionStatement(node) {
      const { type, callee } = node.expression;
      if (type === "StringLiteral" || callee?.type === "Super") return;
      // in braces, or an `else` behind it would become this one's
      add(node.span, "{}", `{ if (!${HERE}) ${text(node.span)} }`);
    },
    CallExpression({ callee }) {
      if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return;
      const { span, value } = callee.property;
      const other = Object.hasOwn(METHODS, value) ? METHODS[value] : undefined;
      if (other === undefined) return;
      const isOptional = text({ start: span.start - 2, end: span.start }) === "?.";
      const dotted = isOptional ? span : { start: span.start - 1, end: span.end };
      if (!isOptional && text(dotted)[0] !== ".") return;
      add(dotted, isOptional ? other : `.${other}`, `[${HERE} ? "${other}" : "${value}"]`);
    },
  };
  walk(parseSync(source, { syntax: "typescript", target: "es2022" }), (node) => at[node.type]?.(node));
  return sites.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** A property has no span of its own. */
function spanOf(property) {
  if (property.span) return property.span;
  if (property.type === "SpreadElement") return { start: property.spread.start, end: property.arguments.span.end };
  return { start: property.key.span.start, end: property.value.span.end };
}

/** Goes through what runs; types, imports and the names of properties are left out. */
function walk(node, visit) {
  if (Array.isArray(node)) {
    for (const child of node) walk(child, visit);
    return;
  }
  if (node === null || typeof node !== "object") return;
  const type = typeof node.type === "string" ? node.type : "";
  if (type.startsWith("Import") || type === "ExportAllDeclaration" || type === "TaggedTemplateExpression") return;
  if (WRAPPERS.includes(type)) {
    walk(node.expression, visit);
    return;
  }
  if (type.startsWith("Ts")) return;
  if (type !== "") visit(node);
  for (const [key, child] of Object.entries(node)) {
    const isName = key === "key" && child?.type !== "Computed";
    if (!isName && key !== "span" && key !== "typeAnnotation" && key !== "typeArguments") walk(child, visit);
  }
}
