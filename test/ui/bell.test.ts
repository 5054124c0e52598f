import { describe, expect, it } from "vitest";
import type { SettledEvent } from "../../src/domain/settling.ts";
import type { Severity } from "../../src/domain/view.ts";
import { bellBytes, createBell } from "../../src/ui/bell.ts";

function settled(id: number, severity: Severity, part: { update?: number; master?: string } = {}): SettledEvent {
  const event = {
    id,
    kind: "master",
    master: part.master ?? `master-${id}`,
    from: "up",
    to: "down",
    nodes: ["node01"],
    cause: undefined,
    firstMs: 0,
    lastMs: 0,
    flaps: 0,
  } as const;
  return { event, severity, update: part.update ?? 0 };
}

describe("createBell", () => {
  it("rings once for what gets worse, and not for what gets better", () => {
    const bell = createBell("k8s-de1", "OK", ">");
    expect(bell.due([settled(1, "OK")], 0)).toBeUndefined();
    expect(bell.due([settled(2, "WARNING")], 0)).toBe("k8s-de1: master-2 UP > DOWN on node01");
    expect(bell.due([settled(2, "WARNING", { update: 1 })], 60_000)).toBeUndefined();
    expect(bell.due([settled(1, "CRITICAL", { update: 1 })], 60_000)).toBe("k8s-de1: master-1 UP > DOWN on node01");
  });

  it("rings once in five seconds, then for all that came, by the worst of them", () => {
    const bell = createBell("k8s-de1", "WARNING", ">");
    bell.due([settled(1, "WARNING")], 0);
    expect(bell.due([settled(2, "WARNING"), settled(3, "CRITICAL")], 1000)).toBeUndefined();
    expect(bell.due([settled(4, "WARNING")], 4999)).toBeUndefined();
    expect(bell.due([], 5000)).toBe("k8s-de1: master-3 UP > DOWN on node01, and 2 more");
    expect(bell.due([], 60_000)).toBeUndefined();
  });

  it("keeps to a fleet file that wants the worst only", () => {
    const bell = createBell("k8s-de1", "CRITICAL", ">");
    expect(bell.due([settled(1, "WARNING")], 0)).toBeUndefined();
    expect(bell.due([settled(2, "CRITICAL")], 0)).toContain("master-2");
  });

  it("lets no name write to the terminal", () => {
    const words = createBell("k8s-de1", "WARNING", ">").due(
      [settled(1, "WARNING", { master: "m\u0007\u001b]52;c;x" })],
      0,
    );
    expect(words).toBe("k8s-de1: m]52;c;x UP > DOWN on node01");
  });
});

describe("bellBytes", () => {
  it("is a notification and a bell, and for the console of Linux the bell alone", () => {
    expect(bellBytes("4;1", "xterm-256color")).toBe("\u001b]9;k3s-lb 4;1\u0007\u0007");
    expect(bellBytes("x", undefined)).toBe("\u001b]9;k3s-lb x\u0007\u0007");
    expect(bellBytes("x", "linux")).toBe("\u0007");
  });
});
