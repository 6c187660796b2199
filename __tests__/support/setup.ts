import "../../constructs/cdktf/creation-stacks";

import { resolveTokensOnly } from "../../constructs/cdktf/token-resolution";

// as main.ts does
resolveTokensOnly();
