import { describe, expect, it } from "vitest";
import { type NextFrame, nextSteps } from "../../src/output/admin-next.ts";
import { aPlan, aRefusal, aResult } from "../support/plan.ts";

const frame: NextFrame = { scope: " --config f.yaml", isRecorded: true, waited: undefined, untilMs: undefined };

describe("nextSteps", () => {
  it("says what a drain leaves behind, how to close it and how to undo it", () => {
    expect(nextSteps(aPlan(), [aResult()], frame)).toEqual([
      "No new connections go to k8s-de1-master-2; 12 sessions stay until they end, and watches never do. To wait: k3s-lb drain k8s-de1-master-2 --config f.yaml --wait",
      "To close them: k3s-lb kill-sessions k8s-de1-master-2 --config f.yaml",
      "To undo: k3s-lb enable k8s-de1-master-2 --config f.yaml",
    ]);
  });

  it("has nothing to say after an enable that is proved, or where all was so already", () => {
    expect(nextSteps(aPlan({ action: "ready" }), [aResult({ after: "UP" })], frame)).toEqual([]);
    expect(nextSteps(aPlan(), [aResult({ outcome: "unchanged" })], frame)).toEqual([]);
  });

  it("names the command that tries the failed nodes again, by the ledger or by name", () => {
    const results = [
      aResult(),
      aResult({ node: "node02", outcome: "denied" }),
      aResult({ node: "node03", outcome: "unknown" }),
    ];
    expect(nextSteps(aPlan(), results, frame)[0]).toBe(
      "Once that is put right, try again on 2 nodes only: k3s-lb drain k8s-de1-master-2 --config f.yaml --retry-failed",
    );
    expect(nextSteps(aPlan(), results, { ...frame, isRecorded: false })[0]).toContain("--node 'node[02-03]'");
  });

  it("says how a guard is passed", () => {
    const results = [aResult(), aResult({ node: "node09", outcome: "guarded" })];
    expect(nextSteps(aPlan({ refusals: [aRefusal()] }), results, frame).join("\n")).toContain(
      "To pass the guard, if it is meant: k3s-lb drain k8s-de1-master-2 --config f.yaml --force-last k8s-de1-master-2",
    );
  });

  it("explains why accepted is not enough, and until when it lasts", () => {
    const untilMs = Date.UTC(2026, 10, 22, 14);
    const text = nextSteps(aPlan({ sessions: 0 }), [aResult({ outcome: "accepted" })], { ...frame, untilMs }).join(
      "\n",
    );
    expect(text).toContain("Accepted is not proved, so the exit code is 4");
    expect(text).toContain("It is meant to last until 2026-11-22T14:00:00Z");
    expect(text).not.toContain("sessions stay");
  });

  it("leaves the way to auto where the one that was forced is denied everywhere", () => {
    const denied = [aResult({ outcome: "denied", route: "http", after: undefined })];
    const forced = { scope: " --node node01 --via http", isRecorded: true, waited: undefined, untilMs: undefined };
    expect(nextSteps(aPlan(), denied, forced)).toEqual([
      "Once that is put right, try again on 1 node only: k3s-lb drain k8s-de1-master-2 --node node01 --retry-failed",
    ]);
  });
});
