import type { EventSettings } from "./inventory.ts";

/** What holds where the fleet file says nothing of events: nobody is told outside of the screen. */
export const defaultEventSettings: EventSettings = {
  onEvent: undefined,
  minSeverity: "WARNING",
  debounceMs: 10_000,
  bell: false,
};
