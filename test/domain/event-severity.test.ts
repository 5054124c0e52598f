import { describe, expect, it } from "vitest";
import { eventSeverity } from "../../src/domain/event-severity.ts";
import type { FleetEvent } from "../../src/domain/timeline.ts";
import { aDeadNode, aFleetView, aMaster, aNode } from "../support/fleet-view.ts";

const master = "k8s-de1-master-2";

function anEvent(part: Partial<FleetEvent> = {}): FleetEvent {
  return {
    id: 1,
    kind: "master",
    master,
    from: "up",
    to: "down",
    nodes: ["node03"],
    cause: undefined,
    firstMs: 0,
    lastMs: 0,
    flaps: 0,
    ...part,
  };
}

const well = aFleetView();
const dead = aFleetView({ masters: [aMaster({ name: master, verdict: "down" })] });

describe("eventSeverity", () => {
  it("is critical where a master is down for every node, and a warning where some still reach it", () => {
    expect(eventSeverity(anEvent(), dead)).toBe("CRITICAL");
    expect(eventSeverity(anEvent(), aFleetView({ masters: [aMaster({ name: master, verdict: "path" })] }))).toBe(
      "WARNING",
    );
  });

  it("is critical where a node of it is left without a usable master, also by a drain", () => {
    const alone = aNode({ name: "node03" }, ["down", "down", "drain"]);
    const view = aFleetView({ nodes: [aNode({ name: "node01" }), alone] });
    expect(eventSeverity(anEvent(), view)).toBe("CRITICAL");
    expect(eventSeverity(anEvent({ to: "drain" }), view)).toBe("CRITICAL");
    expect(eventSeverity(anEvent({ nodes: ["node01"] }), view)).toBe("WARNING");
  });

  it("is no alarm where somebody took a master out, brought it back, or HAProxy restarted", () => {
    const calm = [
      anEvent({ to: "drain" }),
      anEvent({ to: "maint" }),
      anEvent({ from: "down", to: "up" }),
      anEvent({ kind: "restart", master: undefined, from: undefined, to: undefined }),
      anEvent({ kind: "node", master: undefined, from: "timeout", to: "fresh" }),
    ];
    expect(calm.map((event) => eventSeverity(event, well))).toEqual(["OK", "OK", "OK", "OK", "OK"]);
  });

  it("warns of a drain that a node forgot, as the ledger knows", () => {
    const drifting = aFleetView({ masters: [aMaster({ name: master, verdict: "drift", drift: ["node03"] })] });
    const back = anEvent({ from: "drain", to: "up" });
    expect(eventSeverity(back, drifting)).toBe("WARNING");
    expect(eventSeverity({ ...back, nodes: ["node01"] }, drifting)).toBe("OK");
  });

  it("takes the reboot of a drained master for less than a loss", () => {
    const rebooted = anEvent({ from: "drain" });
    expect(eventSeverity(rebooted, aFleetView({ masters: [aMaster({ name: master, verdict: "drained" })] }))).toBe(
      "OK",
    );
    expect(eventSeverity(rebooted, dead)).toBe("WARNING");
  });

  it("warns of a lost node, of another failure of it not again, and knows nothing where none answers", () => {
    const lost = anEvent({ kind: "node", master: undefined, from: "fresh", to: "timeout" });
    expect(eventSeverity(lost, well)).toBe("WARNING");
    expect(eventSeverity({ ...lost, from: "timeout", to: "unreachable" }, well)).toBe("OK");
    expect(eventSeverity(lost, aFleetView({ nodes: [aDeadNode({ name: "node03" })] }))).toBe("UNKNOWN");
  });

  it("takes a late poll for no loss, and the failure after it for one", () => {
    const late = anEvent({ kind: "node", master: undefined, from: "fresh", to: "stale" });
    expect(eventSeverity(late, well)).toBe("OK");
    expect(eventSeverity({ ...late, from: "stale", to: "timeout" }, well)).toBe("WARNING");
  });

  it("warns of what goes back and forth, also while it is up", () => {
    expect(eventSeverity(anEvent({ from: "down", to: "up", flaps: 4 }), well)).toBe("WARNING");
    expect(eventSeverity(anEvent({ flaps: 5 }), dead)).toBe("CRITICAL");
  });

  it("warns of a server line that is gone", () => {
    expect(eventSeverity(anEvent({ to: "absent" }), well)).toBe("WARNING");
  });
});
