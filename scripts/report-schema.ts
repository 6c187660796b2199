import * as z from "zod";
import { report } from "../verify/report";

/** What `verify --json` prints, for programs that read it. */
export function reportSchema(): object {
  return { title: "Report of meridian verify", ...z.toJSONSchema(report) };
}
