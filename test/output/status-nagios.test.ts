import { describe, expect, it } from "vitest";
import type { FleetView } from "../../src/domain/view.ts";
import { formatNagios } from "../../src/output/status-nagios.ts";
import { readThresholds } from "../../src/output/thresholds.ts";
import { aDeadNode, aFleetView, aNode, aProblem, aTroubledFleetView } from "../support/fleet-view.ts";

function nagios(view: FleetView, warning: readonly string[] = [], critical: readonly string[] = []) {
  return formatNagios(view, readThresholds(warning, critical));
}

describe("formatNagios", () => {
  it("is one line with performance data", () => {
    expect(nagios(aFleetView())).toEqual({
      severity: "OK",
      text:
        "K3S-LB OK - 3 of 3 masters up on 3 nodes | usable_masters=3;;;0;3 masters_up=3;;;0;3 masters_down=0;;;0;3 " +
        "nodes_fresh=3;;;0;3 nodes_failed=0;;;0;3 sessions=36;;;0 pinned_sessions=0;;;0 check_time=3ms;;;0\n",
    });
  });

  it("carries the thresholds in the performance data", () => {
    const { text } = nagios(aFleetView(), ["2:", "check_time=500"], ["1:"]);
    expect(text).toContain(" usable_masters=3;2:;1:;0;3 ");
    expect(text).toContain(" check_time=3ms;500;;0\n");
  });

  it("alerts on the worst node by default", () => {
    const view = aFleetView({ nodes: [aNode(), aNode({ name: "node02" }, ["up", "down", "down"])] });
    expect(nagios(view, ["2:"], ["1:"])).toMatchObject({
      severity: "WARNING",
      text: expect.stringMatching(/^K3S-LB WARNING - usable_masters 1 is outside 2:; all 3 masters up/),
    });
    expect(nagios(view, ["3:"], ["2:"])).toMatchObject({ severity: "CRITICAL" });
  });

  it("lets a threshold take the place of its own judgement, and of that alone", () => {
    const view = aTroubledFleetView();
    expect(nagios(view, ["nodes_failed=1"]).text).toMatch(
      /^K3S-LB WARNING - k8s-de1-master-2 is down on node03 only \|/,
    );
    const silent = aFleetView({ ...view, problems: view.problems.slice(1) });
    expect(nagios(silent)).toMatchObject({ severity: "WARNING" });
    expect(nagios(silent, ["nodes_failed=1"])).toMatchObject({ severity: "OK" });
    expect(nagios(silent, [], ["nodes_failed=0"])).toMatchObject({ severity: "CRITICAL" });
  });

  it("is UNKNOWN, with U for what could not be had, when no node answers", () => {
    const view = aFleetView({
      severity: "UNKNOWN",
      summary: "no answer from node01",
      nodes: [aDeadNode()],
      masters: [],
      problems: [aProblem({ severity: "UNKNOWN", kind: "no-answer" })],
    });
    const { severity, text } = nagios(view, ["2:", "nodes_failed=5"]);
    expect(severity).toBe("UNKNOWN");
    expect(text).toContain("usable_masters=U;2:;;0;0 ");
  });

  it("never lets a text begin the performance data or a second line", () => {
    const view = aFleetView({ summary: "a | b\nc" });
    expect(nagios(view).text).toMatch(/^K3S-LB OK - a \/ b c \| [^|\n]*\n$/);
  });
});

describe("readThresholds", () => {
  it("takes several metrics by commas or by repeating", () => {
    const { warning, critical } = readThresholds(["2:,pinned_sessions=10"], ["1:", "nodes_failed=@3:"]);
    expect([...warning.keys()]).toEqual(["usable_masters", "pinned_sessions"]);
    expect([...critical].map(([label, { text }]) => `${label}=${text}`)).toEqual([
      "usable_masters=1:",
      "nodes_failed=@3:",
    ]);
  });

  it("says which flag holds what mistake", () => {
    expect(() => readThresholds(["nope=1"], [])).toThrow('-w: there is no metric "nope".');
    expect(() => readThresholds([], ["5:1"])).toThrow('-c: "5:1" is not a range.');
  });
});
