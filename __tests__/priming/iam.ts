import type { PolicyDocument, Statement } from "../../constructs/identity/document";

/** What somebody asks of AWS. Keys of the context that are not in a request are missing, as in IAM. */
export interface IamRequest {
  readonly action: string;
  readonly resource?: string;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * Whether a policy allows a request, by the rules of IAM's user guide ("Policy evaluation logic", "IAM JSON policy
 * elements: Condition operators", "Multivalued context keys"): a Deny wins, nothing is allowed by itself, operators and
 * keys are and-ed, values or-ed.
 */
export function allows(policy: PolicyDocument, request: IamRequest): boolean {
  const applying = policy.Statement.filter((statement) => applies(statement, request));
  return applying.some(({ Effect }) => Effect === "Allow") && !applying.some(({ Effect }) => Effect === "Deny");
}

function applies(statement: Statement, { action, resource, context = {} }: IamRequest): boolean {
  const list = (value: string | readonly string[]) => [value].flat() as string[];
  if (!list(statement.Action).some((pattern) => like(pattern.toLowerCase(), action.toLowerCase()))) return false;
  if (statement.Resource !== undefined && !list(statement.Resource).some((pattern) => like(pattern, resource ?? "")))
    return false;
  return Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) => holds(operator, list(values), context[key])),
  );
}

function holds(operator: string, wanted: readonly string[], found: string | readonly string[] | undefined): boolean {
  if (operator === "Null") return wanted.includes(String(found === undefined));
  const [first, second] = operator.split(":") as [string, string?];
  const test = second ?? first;
  const matches = (value: string) =>
    wanted.some((pattern) => {
      if (test === "StringEquals") return pattern === value;
      if (test === "StringLike") return like(pattern, value);
      throw new Error(`the evaluator doesn't know operator ${operator}`);
    });
  const values = found === undefined ? [] : ([found].flat() as string[]);
  if (first === "ForAllValues") return values.every(matches); // true of an empty set
  if (first === "ForAnyValue") return values.some(matches);
  return values.length > 0 && values.some(matches);
}

/** IAM's wildcards: * any text, ? one character. Case counts. */
function like(pattern: string, value: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, "[\\s\\S]*")
    .replace(/\?/g, "[\\s\\S]");
  return new RegExp(`^${source}$`).test(value);
}
