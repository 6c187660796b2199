import { SERVERS } from "../pairs/servers";
import { testPairs } from "./test-pairs";

testPairs(SERVERS);
