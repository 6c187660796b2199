import { LOGS } from "../pairs/logs";
import { testPairs } from "./test-pairs";

testPairs(LOGS);
