import { describe, expect, it } from "vitest";
import { focusOnMasters } from "../../src/domain/focus.ts";
import { aTroubledFleetView, MASTERS } from "../support/fleet-view.ts";

const view = aTroubledFleetView();

describe("focusOnMasters", () => {
  it("leaves the view alone without names", () => {
    expect(focusOnMasters(view, [])).toBe(view);
  });

  it("judges by what is left: this master's problems and the nodes'", () => {
    const first = focusOnMasters(view, [MASTERS[0]]);
    expect(first.masters.map((master) => master.name)).toEqual([MASTERS[0]]);
    expect(first.problems.map((problem) => problem.kind)).toEqual(["node-failure"]);
    expect(first).toMatchObject({ severity: "WARNING", summary: "node04 does not answer: connection refused" });
    expect(first.nodes[0]?.cells.map((cell) => cell.master)).toEqual([MASTERS[0]]);
  });

  it("is OK where only other masters and no node have a problem", () => {
    const calm = focusOnMasters({ ...view, problems: view.problems.slice(0, 1) }, [MASTERS[2]]);
    expect(calm).toMatchObject({ severity: "OK", problems: [] });
  });

  it("keeps the order of the fleet and the number of usable masters", () => {
    const two = focusOnMasters(view, [MASTERS[2], MASTERS[1]]);
    expect(two.masters.map((master) => master.name)).toEqual([MASTERS[1], MASTERS[2]]);
    expect(two.nodes[0]?.usableMasters).toBe(3);
  });
});
