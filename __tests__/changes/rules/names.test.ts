import { NAMES } from "../pairs/names";
import { testPairs } from "./test-pairs";

testPairs(NAMES);
