import { defaultEventSettings as defaults } from "./default-event-settings.ts";
import { parseDuration } from "./duration.ts";
import type { EventSettings } from "./inventory.ts";
import type { Mistake } from "./mistake.ts";
import type { RawEvents } from "./raw-fleet.ts";
import type { Severity } from "./view.ts";

const severities: Readonly<Record<RawEvents["min_severity"], Severity>> = {
  ok: "OK",
  warning: "WARNING",
  critical: "CRITICAL",
};

/** The section `events`; an empty command is none, so that it can be taken back for one run. */
export function readEvents(events: RawEvents | undefined): EventSettings {
  if (events === undefined) return defaults;
  const [program, ...args] = events.on_event ?? [];
  const debounce = parseDuration(events.debounce);
  return {
    onEvent: program === undefined ? undefined : [program, ...args],
    minSeverity: severities[events.min_severity],
    debounceMs: debounce.ok ? debounce.ms : defaults.debounceMs,
    bell: events.bell,
  };
}

export function checkEvents(events: RawEvents | undefined): readonly Mistake[] {
  if (readEvents(events).debounceMs <= 3_600_000) return [];
  const text = `events.debounce is ${events?.debounce}; expected a duration up to 1h`;
  return [{ path: ["events", "debounce"], at: "value", text }];
}
