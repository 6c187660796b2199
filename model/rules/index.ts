import type { Rule } from "../problem";

/** Every rule, by subject. */
export const rules: readonly Rule[] = [];
