import { APPS } from "../pairs/apps";
import { testPairs } from "./test-pairs";

testPairs(APPS);
