import { POOLS } from "../pairs/pools";
import { testPairs } from "./test-pairs";

testPairs(POOLS);
