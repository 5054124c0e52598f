import { describe, expect, it } from "vitest";
import { statusWords } from "../../src/output/status-words.ts";
import { aStatus } from "../support/fleet-view.ts";

describe("statusWords", () => {
  it.each([
    [aStatus("UP"), "up"],
    [aStatus("UP 1/2"), "up, 1 failed check from DOWN"],
    [aStatus("UP 2/3"), "up, 2 failed checks from DOWN"],
    [aStatus("DOWN"), "down"],
    [aStatus("DOWN 1/2"), "down, 1 good check from UP"],
    [aStatus("DOWN (agent)", { cause: "agent" }), "down (says its agent check)"],
    [aStatus("DRAIN"), "draining, no new connections"],
    [aStatus("DRAIN 1/2"), "draining, no new connections, 1 failed check from DOWN"],
    [aStatus("DRAIN (agent)", { cause: "agent" }), "draining (says its agent check), no new connections"],
    [aStatus("MAINT"), "in maintenance"],
    [aStatus("MAINT (via be/t1)", { cause: "via", via: "be/t1" }), "in maintenance, as be/t1 is"],
    [aStatus("MAINT (resolution)", { cause: "resolution" }), "in maintenance: its name does not resolve"],
    [aStatus("NOLB 1/2"), "stopping (NOLB), no new connections, 1 failed check from DOWN"],
    [aStatus("no check"), "not checked, taken as up"],
    [aStatus("GONE FISHING"), 'unknown status "GONE FISHING"'],
    [aStatus(""), "not known"],
  ])("says %o", (status, words) => {
    expect(statusWords(status)).toBe(words);
  });
});
