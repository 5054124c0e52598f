import { describe, expect, it } from "vitest";
import { parseStatus, plainStatus } from "../../src/domain/status.ts";

const none = { streak: undefined, cause: undefined, via: undefined };

describe("parseStatus", () => {
  it.each([
    ["UP", { health: "up", admin: "ready" }],
    ["UP 1/2", { health: "up", admin: "ready", streak: { count: 1, of: 2 } }],
    ["UP 0/3", { health: "up", admin: "ready", streak: { count: 0, of: 3 } }],
    ["DOWN", { health: "down", admin: "unknown" }],
    ["DOWN 1/2", { health: "down", admin: "unknown", streak: { count: 1, of: 2 } }],
    ["DOWN 3/2", { health: "down", admin: "unknown" }],
    ["DRAIN -1/2", { health: "up", admin: "drain" }],
    ["DOWN (agent)", { health: "down", admin: "unknown", cause: "agent" }],
    ["NOLB", { health: "stopping", admin: "unknown" }],
    ["NOLB 1/2", { health: "stopping", admin: "unknown", streak: { count: 1, of: 2 } }],
    ["DRAIN", { health: "up", admin: "drain" }],
    ["DRAIN 1/2", { health: "up", admin: "drain", streak: { count: 1, of: 2 } }],
    ["DRAIN (agent)", { health: "up", admin: "drain", cause: "agent" }],
    ["no check", { health: "unchecked", admin: "ready" }],
    ["MAINT", { health: "unknown", admin: "maint" }],
    ["MAINT (resolution)", { health: "unknown", admin: "maint", cause: "resolution" }],
    ["MAINT (via be/m-1)", { health: "unknown", admin: "maint", cause: "via", via: "be/m-1" }],
  ])("reads %s", (text, part) => {
    expect(parseStatus(text)).toEqual({ text, ...none, ...part });
  });

  it.each(["", "up", "UPPER", "UP1/2", "TRAINING 1/2", "constructor", "no checks", "* UP"])(
    'keeps "%s" as it stands and calls it unknown',
    (text) => {
      expect(parseStatus(text)).toEqual({ text, ...none, health: "unknown", admin: "unknown" });
    },
  );

  it("goes by the first word where the tail is new, as newer versions add brackets", () => {
    expect(parseStatus("UP (UNPUB)")).toEqual({ text: "UP (UNPUB)", ...none, health: "up", admin: "ready" });
    expect(parseStatus("MAINT soon (x) y")).toMatchObject({ health: "unknown", admin: "maint", cause: undefined });
  });
});

describe("plainStatus", () => {
  it("keeps the text of a row that is not a server's", () => {
    expect(plainStatus("OPEN")).toEqual({ text: "OPEN", ...none, health: "unknown", admin: "unknown" });
  });
});
