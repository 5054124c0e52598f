import { describe, expect, it } from "vitest";
import { unevenSessions } from "../../src/domain/uneven-sessions.ts";
import { aMaster } from "../support/fleet-view.ts";

const master = (name: string, sessions: number, up = 6) =>
  aMaster({ name, sessions, nodes: { up, down: 0, drain: 6 - up, maint: 0, absent: 0, unknown: 0 } });

describe("unevenSessions", () => {
  it("notes a master that holds over twice its fair share, and how to even it out", () => {
    expect(unevenSessions([master("m1", 80), master("m2", 12), master("m3", 8)])).toEqual([
      {
        severity: "OK",
        kind: "uneven-sessions",
        master: "m1",
        nodes: [],
        text: "m1 holds 80 % of all sessions (80 of 100); even would be 33 %",
        fix: "sessions move when they end only: k3s-lb kill-sessions m1 --batch 10% --pause 10s",
      },
    ]);
  });

  it("says nothing of a share that is large but fair enough, of few sessions, and of none", () => {
    expect(unevenSessions([master("m1", 60), master("m2", 25), master("m3", 15)])).toEqual([]);
    expect(unevenSessions([master("m1", 9), master("m2", 0), master("m3", 0)])).toEqual([]);
    expect(unevenSessions([master("m1", 0), master("m2", 0)])).toEqual([]);
  });

  it("says nothing of what is left on a master out of service: those sessions are told of as pinned", () => {
    expect(unevenSessions([master("m1", 80, 0), master("m2", 12), master("m3", 8)])).toEqual([]);
  });
});
