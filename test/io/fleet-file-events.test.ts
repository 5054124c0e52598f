import { describe, expect, it } from "vitest";
import { effectiveConfig } from "../../src/domain/effective-config.ts";
import { loadText, refusal, SOUND } from "../support/fleet-file.ts";

const EVENTS = `${SOUND}events: { on_event: [/usr/bin/page, "https://hooks/s3cret"], min_severity: critical, debounce: 1m, bell: true }\n`;

describe("the section events", () => {
  it("is a program with its arguments, and for what and how often it is started", async () => {
    expect((await loadText(EVENTS)).fleet.events).toEqual({
      onEvent: ["/usr/bin/page", "https://hooks/s3cret"],
      minSeverity: "CRITICAL",
      debounceMs: 60_000,
      bell: true,
    });
  });

  it("shows the program and not its arguments, which may be secret", async () => {
    const { fleet, raw, entries } = await loadText(EVENTS);
    const values = effectiveConfig(fleet, raw, entries).flatMap(({ path, value }) =>
      path[0] === "events" ? [[path.join("."), value]] : [],
    );
    expect(values).toEqual([
      ["events.on_event", ["/usr/bin/page", "(not shown)"]],
      ["events.min_severity", "critical"],
      ["events.debounce", "1m"],
      ["events.bell", true],
    ]);
  });

  it("may be given and taken back by the environment", async () => {
    const given = await loadText(SOUND, {
      K3S_LB_EVENTS_ON_EVENT: '["page", "ops"]',
      K3S_LB_EVENTS_MIN_SEVERITY: "ok",
      K3S_LB_EVENTS_DEBOUNCE: "0s",
      K3S_LB_EVENTS_BELL: "true",
    });
    expect(given.fleet.events).toEqual({ onEvent: ["page", "ops"], minSeverity: "OK", debounceMs: 0, bell: true });
    const taken = await loadText(EVENTS, { K3S_LB_EVENTS_ON_EVENT: "[]" });
    expect(taken.fleet.events.onEvent).toBeUndefined();
  });

  it.each([
    [
      "events: { on_event: page s3cret }",
      "3:21: events.on_event is a text (not shown); expected a list of a program and its arguments, as in [/usr/local/bin/page, ops]; [] for none",
    ],
    ["events: { on_event: [page, 7] }", "3:28: events.on_event[1] is a number (not shown); expected text"],
    ["events: { min_severity: warn }", '3:25: events.min_severity is "warn"; expected one of ok, warning, critical'],
    ["events: { debounce: 2h }", "3:21: events.debounce is 2h; expected a duration up to 1h"],
    [
      "events: { onevent: [page] }",
      '3:11: unknown key "onevent" in events; expected on_event, min_severity, debounce, bell; did you mean "on_event"?',
    ],
  ])("refuses %s", async (text, message) => {
    expect(await refusal(`${SOUND}${text}\n`)).toBe(message);
  });

  it("refuses a command of the environment that is no list, without showing it", async () => {
    const message = await refusal(SOUND, { K3S_LB_EVENTS_ON_EVENT: "page s3cret" });
    expect(message).toContain("K3S_LB_EVENTS_ON_EVENT");
    expect(message).not.toContain("s3cret");
  });
});
