import { REGISTRIES } from "../pairs/registries";
import { testPairs } from "./test-pairs";

testPairs(REGISTRIES);
