import "../../constructs/creation-stacks";

import { resolveTokensOnly } from "../../constructs/token-resolution";

// as main.ts does
resolveTokensOnly();
