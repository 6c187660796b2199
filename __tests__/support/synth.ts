/** What a project that uses Meridian has for its tests too. */
export {
  type Block,
  type Json,
  readStacks,
  resources,
  type StackJson,
  synthStack,
  synthStacks,
  theResource,
} from "../../entries/jest";
