import type { ClusterMaintenance } from "../settings";

/** 2024 began on a Monday: the first seven days of that January are the days of the week in order. */
const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
/**
 * A weekly window in GKE's form: its first occurrence, long past and the same on every day of synthesis, and the rule
 * by which it comes again (RFC 5545).
 */
export function recurringWindow(window: ClusterMaintenance): { startTime: string; endTime: string; recurrence: string } {
  const opens = Date.UTC(2024, 0, 1 + DAYS.indexOf(window.day), window.startHour);
  const closes = opens + window.durationHours * 3600 * 1000;
  const rfc3339 = (time: number) => new Date(time).toISOString().replace(".000Z", "Z");
  return {
    startTime: rfc3339(opens),
    endTime: rfc3339(closes),
    recurrence: `FREQ=WEEKLY;BYDAY=${window.day.slice(0, 2).toUpperCase()}`,
  };
}
