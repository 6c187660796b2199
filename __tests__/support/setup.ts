import { dropCreationStacks } from "../../constructs/creation-stacks";

dropCreationStacks();
