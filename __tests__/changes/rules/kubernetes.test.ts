import { KUBERNETES } from "../pairs/kubernetes";
import { testPairs } from "./test-pairs";

testPairs(KUBERNETES);
