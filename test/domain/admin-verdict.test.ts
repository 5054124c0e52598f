import { describe, expect, it } from "vitest";
import { countOutcomes, exitCodeOf, isRefused, judgeAdmin } from "../../src/domain/admin-verdict.ts";
import type { OutcomeWord } from "../../src/domain/outcome.ts";
import { aPlan, aRefusal, aResult, aStep } from "../support/plan.ts";

const went = { isInterrupted: false, isTimedOut: false };
const results = (outcomes: readonly OutcomeWord[]) =>
  outcomes.map((outcome, i) => aResult({ outcome, step: aStep({ node: `node0${i + 1}` }) }));

describe("judgeAdmin", () => {
  it.each([
    ["verified", ["verified", "verified"], 0],
    ["verified", ["verified", "unchanged"], 0],
    ["unchanged", ["unchanged", "unchanged"], 0],
    ["accepted", ["verified", "accepted"], 4],
    ["accepted", ["accepted"], 4],
    ["partial", ["verified", "denied"], 4],
    ["partial", ["accepted", "unreached"], 4],
    ["partial", ["unchanged", "guarded"], 4],
    ["failed", ["denied", "unknown", "contradicted"], 1],
    ["failed", ["unreached", "guarded"], 1],
    ["guarded", ["guarded", "guarded"], 3],
  ] as const)("is %s for %j, exit code %i", (word, outcomes, code) => {
    expect(judgeAdmin(results(outcomes), aPlan(), went)).toBe(word);
    expect(exitCodeOf(word)).toBe(code);
  });

  it("calls a wait that ran out timed-out only where every step went well", () => {
    const end = { isInterrupted: false, isTimedOut: true };
    expect(judgeAdmin(results(["verified", "verified"]), aPlan(), end)).toBe("timed-out");
    expect(judgeAdmin(results(["verified", "denied"]), aPlan(), end)).toBe("partial");
    expect(exitCodeOf("timed-out")).toBe(5);
  });

  it("is done in part where somebody changed it while it was waited for", () => {
    const end = { ...went, isContradicted: true };
    expect(judgeAdmin(results(["verified", "verified"]), aPlan(), end)).toBe("partial");
  });

  it("is interrupted whatever was done before", () => {
    expect(judgeAdmin(results(["verified"]), aPlan(), { isInterrupted: true, isTimedOut: true })).toBe("interrupted");
    expect(exitCodeOf("interrupted")).toBe(130);
  });

  it("does not mind a node that has no such server line, unless none has it", () => {
    const absent = aRefusal({ node: "node02", kind: "absent", steps: [], text: "has no such server line" });
    expect(judgeAdmin(results(["verified"]), aPlan({ refusals: [absent] }), went)).toBe("verified");
    expect(judgeAdmin([], aPlan({ steps: [], refusals: [absent] }), went)).toBe("failed");
  });

  it("is guarded where every node was refused before anything was sent, silent ones among them", () => {
    const plan = aPlan({ steps: [], refusals: [aRefusal(), aRefusal({ node: "node10", kind: "blind" })] });
    expect(judgeAdmin(results(["guarded", "unreached"]), plan, went)).toBe("guarded");
    expect(isRefused(plan)).toBe(true);
  });
});

describe("countOutcomes", () => {
  it("counts what occurs and leaves out the rest", () => {
    expect(countOutcomes(results(["verified", "denied", "verified"]))).toEqual({ verified: 2, denied: 1 });
  });
});
