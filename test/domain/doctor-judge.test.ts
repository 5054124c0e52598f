import { describe, expect, it } from "vitest";
import { blankFacts } from "../../src/domain/doctor-facts.ts";
import { doctorChecks, worstVerdict } from "../../src/domain/doctor-finding.ts";
import { diagnose } from "../../src/domain/doctor-judge.ts";
import { factsOf, failureOf, fleet, node } from "../support/doctor-facts.ts";

const moment = { nowMs: 3_000, wallMs: Date.UTC(2026, 10, 22) };

describe("diagnose", () => {
  it("answers every check of every node, in the order of the table", () => {
    const all = [factsOf(), blankFacts(fleet.nodes[1] ?? node, 5_000)];
    for (const { findings } of diagnose(fleet, all, moment).nodes) {
      expect([...new Set(findings.map(({ check }) => check))]).toEqual(doctorChecks.map(({ name }) => name));
    }
  });

  it("counts, and is as bad as the worst finding", () => {
    const good = diagnose(fleet, [factsOf()], moment);
    expect(good.verdict).toBe("note");
    expect(good.counts).toMatchObject({ critical: 0, warning: 0 });
    const failure = failureOf("unreachable", "connection refused");
    const dead = factsOf({ node: fleet.nodes[1] ?? node, connected: { ok: false, failure }, page: undefined });
    const both = diagnose(fleet, [factsOf(), dead], moment);
    expect([both.verdict, both.nodes.map(({ verdict }) => verdict)]).toEqual(["critical", ["note", "critical"]]);
  });

  it("finds nothing wrong with what nobody looked at", () => {
    const { verdict, counts, nodes } = diagnose(fleet, [blankFacts(node, 5_000)], moment);
    expect([verdict, counts.critical, counts.warning, nodes[0]?.ms]).toEqual(["ok", 0, 0, undefined]);
  });
});

describe("worstVerdict", () => {
  it.each([
    [[], "ok"],
    [["skipped", "ok"], "ok"],
    [["ok", "note", "skipped"], "note"],
    [["warning", "critical", "ok"], "critical"],
  ] as const)("of %j is %s", (verdicts, worst) => {
    expect(worstVerdict(verdicts)).toBe(worst);
  });
});
