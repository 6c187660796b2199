import { version } from "../package.json";

/** Version of Meridian. */
export const VERSION: string = version;
