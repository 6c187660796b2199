/** How a stack reaches the fleet's zone. Values may be tokens. */
export type ZoneRef =
  | {
      readonly engine: "route53";
      /** Name of the zone, without a trailing dot. */
      readonly name: string;
      readonly zoneId: string;
    }
  | {
      readonly engine: "azure";
      readonly name: string;
      /** Resource group that holds the zone. */
      readonly resourceGroup: string;
    };
