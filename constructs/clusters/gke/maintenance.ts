import type { GkeMaintenance } from "./props";

/** 2024 began on a Monday: the first seven days of that January are the days of the week in order. */
const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
/** GKE wants 48 hours of windows in any 32 days; in such a stretch a weekly window opens four times for certain. */
const MIN_HOURS = 12;

export const DEFAULT_MAINTENANCE: GkeMaintenance = { day: "sunday", startHour: 2, durationHours: MIN_HOURS };

/**
 * A weekly window in GKE's form: its first occurrence, long past and the same on every day of synthesis, and the rule
 * by which it comes again (RFC 5545).
 * @throws where GKE would refuse the window, which it says only at apply
 */
export function recurringWindow(window: GkeMaintenance): { startTime: string; endTime: string; recurrence: string } {
  if (window.durationHours < MIN_HOURS)
    throw new Error(
      `maintenance.durationHours is ${window.durationHours}: GKE wants windows of at least 48 hours in any 32 days, so a weekly one lasts ${MIN_HOURS} to 24 hours`,
    );
  const opens = Date.UTC(2024, 0, 1 + DAYS.indexOf(window.day), window.startHour);
  const closes = opens + window.durationHours * 3600 * 1000;
  const rfc3339 = (time: number) => new Date(time).toISOString().replace(".000Z", "Z");
  return {
    startTime: rfc3339(opens),
    endTime: rfc3339(closes),
    recurrence: `FREQ=WEEKLY;BYDAY=${window.day.slice(0, 2).toUpperCase()}`,
  };
}
