/**
 * To be imported before anything that imports cdktf: turns off the stack trace that cdktf 0.21 records for every token.
 * Nobody sees it but in the text of unresolved-token errors, and it is a quarter of a synth's time, seven times more
 * under jest (hashicorp/terraform-cdk#3892); cdktf makes the first tokens while it is loaded. `stackTraces: false` of
 * App does not switch it off. A cdktf that has moved the module simply stays slow.
 */
interface StackTraceModule {
  captureStackTrace: () => string[];
  /** What cdktn 0.24, cdktf's successor, calls instead (docs/decisions/6). @default - cdktf 0.21 has no such function */
  captureCreationStack?: () => string[];
}

try {
  // require, because the namespace of an ES import is read-only
  const stackTrace: StackTraceModule = require("cdktf/lib/tokens/private/stack-trace");
  stackTrace.captureStackTrace = () => [];
  if (stackTrace.captureCreationStack) stackTrace.captureCreationStack = () => [];
} catch {
  // another layout of cdktf: correct all the same
}
