import { ADD_ONS } from "../pairs/add-ons";
import { testPairs } from "./test-pairs";

testPairs(ADD_ONS);
