/** Which type is filled by what. */
import { awsFixtures, awsInventors } from "./aws";
import { awsDatabaseInventors } from "./aws-databases";
import { azurermFixtures, azurermInventors } from "./azurerm";
import { azurermServerInventors } from "./azurerm-servers";
import type { Inventor } from "./context";
import { googleEarly, googleFixtures, googleInventors } from "./google";
import { googleDatabaseInventors } from "./google-databases";
import { helmInventors, kubernetesFixtures, kubernetesInventor } from "./kubernetes";

const inventors: Readonly<Record<string, Inventor>> = {
  ...awsInventors,
  ...awsDatabaseInventors,
  ...azurermInventors,
  ...azurermServerInventors,
  ...googleInventors,
  ...googleDatabaseInventors,
  ...helmInventors,
  // the time at which the pause was over; here none passes
  time_sleep: () => ({ id: "2024-01-01T00:00:00Z" }),
};
const fixtures: Readonly<Record<string, Inventor>> = {
  ...awsFixtures,
  ...azurermFixtures,
  ...googleFixtures,
  ...kubernetesFixtures,
};
const plannedEarly: Readonly<Record<string, Inventor>> = googleEarly;

const nothing: Inventor = () => ({});

/** What a resource type's computed attributes become at apply. */
export function inventorOf(type: string): Inventor {
  return inventors[type] ?? kubernetesInventor(type) ?? nothing;
}

/** What a data source answers. */
export function fixtureOf(type: string): Inventor {
  return fixtures[type] ?? nothing;
}

/** Computed attributes that the real provider already knows at plan. */
export function knownAtPlan(type: string): Inventor {
  return plannedEarly[type] ?? nothing;
}
