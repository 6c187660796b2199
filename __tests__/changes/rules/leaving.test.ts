import { LEAVING } from "../pairs/leaving";
import { testPairs } from "./test-pairs";

testPairs(LEAVING);
