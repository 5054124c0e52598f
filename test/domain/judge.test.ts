import { describe, expect, it } from "vitest";
import type { AdminAction } from "../../src/domain/action.ts";
import { networkFailure } from "../../src/domain/failure.ts";
import { judge, needsReadBack, type ReadBack } from "../../src/domain/judge.ts";
import type { OutcomeWord, RouteReply, StCode } from "../../src/domain/outcome.ts";
import type { Before } from "../../src/domain/plan.ts";
import { parseStatus } from "../../src/domain/status.ts";
import { aRow } from "../support/fleet-view.ts";
import { aStep } from "../support/plan.ts";

const answered = (st: StCode): RouteReply => ({ kind: "answered", st });
const said = (means: "ok" | "permission" | "no-such-target" | "other", text = ""): RouteReply => ({
  kind: "said",
  means,
  text,
});
const silent: RouteReply = { kind: "no-answer", failure: networkFailure("timeout", "no answer in time") };
const notSent: RouteReply = { kind: "not-sent", failure: networkFailure("unreachable", "connection refused") };
const done = answered("DONE");

const none: ReadBack = { kind: "none", failure: networkFailure("timeout", "no answer in time") };
const gone: ReadBack = { kind: "gone" };
const shows = (text: string, hasRestarted = false): ReadBack => ({
  kind: "row",
  row: aRow({ status: parseStatus(text) }),
  hasRestarted,
});
const counts = (sessions: number | undefined): ReadBack => ({
  kind: "row",
  row: aRow({ sessions }),
  hasRestarted: false,
});

function judged(action: AdminAction, reply: RouteReply, readBack: ReadBack, status = "UP") {
  const before: Before = { status, state: "up", sessions: 4 };
  return judge(aStep({ action, before }), reply, readBack);
}

describe("judge", () => {
  it.each<[OutcomeWord, string, AdminAction, RouteReply, ReadBack, string?]>([
    ["verified", "DONE, and it shows DRAIN", "drain", done, shows("DRAIN")],
    ["verified", "DONE, and its drain goes down", "drain", done, shows("DRAIN 1/2")],
    ["verified", "DONE, and it shows MAINT", "maint", done, shows("MAINT")],
    ["verified", "DONE, and it shows UP", "ready", done, shows("UP 1/2"), "MAINT"],
    ["verified", "the socket was silent, and it shows DRAIN", "drain", said("ok"), shows("DRAIN")],
    ["verified", "no answer, but it shows DRAIN", "drain", silent, shows("DRAIN")],
    ["verified", "a code of a later version, but it shows DRAIN", "drain", answered("UNKN"), shows("DRAIN")],
    ["verified", "an agent's word that came with the order", "drain", done, shows("DRAIN (agent)")],
    ["accepted", "an agent's word that was there before", "drain", done, shows("DRAIN (agent)"), "DRAIN (agent)"],
    ["accepted", "DONE, and DOWN hides the drain", "drain", done, shows("DOWN")],
    ["accepted", "DONE, and DOWN hides whether it is ready", "ready", done, shows("DOWN 1/2"), "DOWN"],
    ["accepted", "DONE, and what it follows hides it", "drain", done, shows("MAINT (via b/s)")],
    ["accepted", "DONE, and a word that nobody knows", "drain", done, shows("WHAT?")],
    ["accepted", "DONE, and nothing could be read", "drain", done, none],
    ["accepted", "DONE, DOWN, and a restart around that time", "drain", done, shows("DOWN", true)],
    ["contradicted", "DONE, but it shows UP", "drain", done, shows("UP")],
    ["contradicted", "DONE, but it shows MAINT", "drain", done, shows("MAINT")],
    ["contradicted", "DONE, but a restart forgot it", "drain", done, shows("UP 1/2", true)],
    ["contradicted", "DONE, but it follows another", "ready", done, shows("MAINT (via b/s)"), "MAINT (via b/s)"],
    ["contradicted", "DONE, but its name does not resolve", "ready", done, shows("MAINT (resolution)")],
    ["contradicted", "DONE, but its agent keeps it drained", "ready", done, shows("DRAIN (agent)"), "DRAIN (agent)"],
    ["contradicted", "DONE, but the line is gone", "drain", done, gone],
    ["denied", "DENY", "drain", answered("DENY"), none],
    ["denied", "401", "drain", { kind: "rejected", statusCode: 401 }, none],
    ["denied", "403", "drain", { kind: "rejected", statusCode: 403 }, none],
    ["denied", "the socket's level is too low", "drain", said("permission", "Permission denied"), none],
    ["refused", "ERRP", "drain", answered("ERRP"), none],
    ["refused", "NONE", "drain", answered("NONE"), none],
    ["refused", "IVAL", "drain", answered("IVAL"), none],
    ["refused", "EXCD", "drain", answered("EXCD"), none],
    ["refused", "a code of a later version, and nothing changed", "drain", answered("UNKN"), shows("UP")],
    ["refused", "503", "drain", { kind: "rejected", statusCode: 503 }, none],
    ["refused", "no such server on the socket", "drain", said("no-such-target", "No such server."), none],
    ["refused", "a word of the socket", "drain", said("other", "Unknown command"), none],
    ["unreached", "nothing went out", "drain", notSent, none],
    ["unknown", "no answer, and it shows UP", "drain", silent, shows("UP")],
    ["unknown", "no answer, and DOWN hides it", "drain", silent, shows("DOWN")],
    ["unknown", "no answer, and it cannot be read", "drain", silent, none],
    ["unknown", "no answer, and the line is gone", "drain", silent, gone],
    ["verified", "all sessions are closed", "shutdown", done, counts(0)],
    ["verified", "no answer, but all are closed", "shutdown", silent, counts(0)],
    ["verified", "fewer than before, as new ones came", "shutdown", done, counts(1)],
    ["accepted", "as many as before came back", "shutdown", done, counts(4)],
    ["accepted", "nobody could count", "shutdown", done, none],
    ["accepted", "the page does not count", "shutdown", done, counts(undefined)],
    ["unknown", "no answer and some are left", "shutdown", silent, counts(1)],
    ["unknown", "no answer and nobody can count", "shutdown", silent, none],
    ["denied", "DENY", "shutdown", answered("DENY"), none],
  ])("says %s: %s (%s)", (outcome, _, action, reply, readBack, before) => {
    const judgement = judged(action, reply, readBack, before);
    expect(judgement.outcome).toBe(outcome);
    expect(judgement.detail).not.toMatch(/undefined|^$/);
    // What is proved needs nothing more; everything else says what to do.
    expect(judgement.next === undefined).toBe(outcome === "verified");
  });

  it("passes on HAProxy's own words", () => {
    expect(judged("drain", done, shows("DRAIN"))).toEqual({
      outcome: "verified",
      st: "DONE",
      after: "DRAIN",
      detail: "shows DRAIN",
      next: undefined,
    });
    expect(judged("drain", answered("ERRP"), none).detail).toContain("ERRP: no such backend, server or action there");
    expect(judged("drain", notSent, none).detail).toBe("nothing was sent: connection refused");
    expect(judged("shutdown", done, counts(1)).detail).toBe("4 sessions before, 1 now, which came after");
    expect(judged("ready", done, shows("MAINT (via b/s)")).next).toBe("enable b/s on that node");
  });

  it("never calls an order done by its answer alone", () => {
    for (const action of ["ready", "drain", "maint", "shutdown"] as const) {
      for (const reply of [done, said("ok"), silent]) {
        for (const readBack of [none, gone]) expect(judged(action, reply, readBack).outcome).not.toBe("verified");
      }
    }
  });
});

describe("needsReadBack", () => {
  it("is needed where HAProxy said done, or nothing, or something new", () => {
    const needing = [done, answered("PART"), answered("UNKN"), said("ok"), silent];
    const not = [notSent, answered("DENY"), answered("ERRP"), answered("NONE"), said("permission"), said("other")];
    expect(needing.map(needsReadBack)).toEqual(needing.map(() => true));
    expect(not.map(needsReadBack)).toEqual(not.map(() => false));
  });
});
