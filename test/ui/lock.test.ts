import { describe, expect, it } from "vitest";
import { armedFrom, lockAt, lockSign, whyLocked } from "../../src/ui/lock.ts";

const start = { nowMs: 1_000, wallMs: 1_700_000_000_000 };
const armed = armedFrom(start, 300_000);
const later = (nowMs: number, wallMs = nowMs) => ({ nowMs: start.nowMs + nowMs, wallMs: start.wallMs + wallMs });

describe("lockAt", () => {
  it("is a lock again at the very end of an arming, and not before", () => {
    expect(lockAt(armed, later(299_999))).toEqual(armed);
    expect(lockAt(armed, later(300_000))).toEqual({ kind: "locked" });
  });

  it("is a lock again when the machine wakes up hours later, and is not kept open by a clock set back", () => {
    expect(lockAt(armed, later(10_000, 8 * 3_600_000))).toEqual({ kind: "locked" });
    expect(lockAt(armed, later(300_000, -3_600_000))).toEqual({ kind: "locked" });
  });
});

describe("whyLocked", () => {
  it("gives the way out where there is one", () => {
    expect(whyLocked({ kind: "locked" })).toContain(":arm");
    expect(whyLocked({ kind: "absent" })).toContain("Read-only");
    expect(whyLocked({ kind: "open" })).toBeUndefined();
    expect(whyLocked(armed)).toBeUndefined();
  });
});

describe("lockSign", () => {
  it("counts down to the second, rounded up, so that 0:01 is not over", () => {
    expect(lockSign(armed, later(0))).toBe("ARMED 5:00");
    expect(lockSign(armed, later(299_001))).toBe("ARMED 0:01");
    expect(lockSign({ kind: "locked" }, start)).toBe("");
    expect(lockSign({ kind: "open" }, start)).toBe("UNLOCKED");
  });
});
