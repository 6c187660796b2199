import { WAYS } from "../pairs/ways";
import { testPairs } from "./test-pairs";

testPairs(WAYS);
