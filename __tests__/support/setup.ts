import { dropCreationStacks } from "../../constructs/creation-stacks";
import { resolveTokensOnly } from "../../constructs/token-resolution";

// as main.ts does
dropCreationStacks();
resolveTokensOnly();
