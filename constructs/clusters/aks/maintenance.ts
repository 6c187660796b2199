import type { AksMaintenanceProps } from "./props";

/** A weekly window in azurerm's shape; for upgrades of the cluster and of the nodes' images alike. */
export interface Window {
  readonly frequency: "Weekly";
  readonly interval: 1;
  /** Hours. */
  readonly duration: number;
  /** Monday to Sunday: azurerm accepts a weekly window without a day, AKS doesn't. */
  readonly dayOfWeek: string;
  /** hh:mm; azurerm takes any text. */
  readonly startTime: string;
  readonly utcOffset: "+00:00";
}

/** The window without a first day: azurerm reads one only as RFC 3339 and sends anything else as the year 1. */
export function weekly({ day = "sunday", startHour = 2, durationHours = 12 }: AksMaintenanceProps = {}): Window {
  return {
    frequency: "Weekly",
    interval: 1,
    duration: durationHours,
    dayOfWeek: `${day[0]!.toUpperCase()}${day.slice(1)}`,
    startTime: `${String(startHour).padStart(2, "0")}:00`,
    utcOffset: "+00:00",
  };
}
