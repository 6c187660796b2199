import { CLUSTERS } from "../pairs/clusters";
import { testPairs } from "./test-pairs";

testPairs(CLUSTERS);
