import { DATABASES } from "../pairs/databases";
import { testPairs } from "./test-pairs";

testPairs(DATABASES);
