import { describe, expect, it } from "vitest";
import { lockAt, lockSign, whyLocked } from "../../src/ui/lock.ts";

describe("lockAt", () => {
  it("is a lock again at the very end of an arming, and not before", () => {
    const lock = { kind: "armed", untilMs: 1000 } as const;
    expect(lockAt(lock, 999)).toEqual(lock);
    expect(lockAt(lock, 1000)).toEqual({ kind: "locked" });
  });
});

describe("whyLocked", () => {
  it("gives the way out where there is one", () => {
    expect(whyLocked({ kind: "locked" })).toContain(":arm");
    expect(whyLocked({ kind: "absent" })).toContain("Read-only");
    expect(whyLocked({ kind: "open" })).toBeUndefined();
    expect(whyLocked({ kind: "armed", untilMs: 1 })).toBeUndefined();
  });
});

describe("lockSign", () => {
  it("counts down to the second, rounded up, so that 0:01 is not over", () => {
    expect(lockSign({ kind: "armed", untilMs: 300_000 }, 0)).toBe("ARMED 5:00");
    expect(lockSign({ kind: "armed", untilMs: 300_000 }, 299_001)).toBe("ARMED 0:01");
    expect(lockSign({ kind: "locked" }, 0)).toBe("");
    expect(lockSign({ kind: "open" }, 0)).toBe("UNLOCKED");
  });
});
