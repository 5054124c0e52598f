import { describe, expect, it } from "vitest";
import { assess } from "../../src/domain/assess.ts";
import { focusOnMasters } from "../../src/domain/focus.ts";
import { fleetOf } from "../support/fleet.ts";
import { allUp, fleet, judged, kindsOf, verdictsOf } from "../support/judged.ts";
import { nowMs, rowsOf, scene } from "../support/scene.ts";

describe("assess, a master", () => {
  it("is down when every voting node says so, with the cause and what to look at", () => {
    const view = judged(() => (master) => (master === 2 ? "DOWN" : "UP"));
    expect(verdictsOf(view)).toEqual(["up", "down", "up"]);
    expect(view.severity).toBe("WARNING");
    expect(view.problems).toEqual([
      {
        severity: "WARNING",
        kind: "master-down",
        master: "master-2",
        nodes: ["node01", "node02", "node03", "node04"],
        text: "master-2 is down on all 4 nodes: connection refused",
        fix: "is k3s running on master-2? There: systemctl status k3s; journalctl -u k3s -n 50",
      },
    ]);
  });

  it("is CRITICAL when it is down everywhere and fewer than two are left", () => {
    const view = judged(() => (master) => (master === 1 ? "UP" : "DOWN"));
    expect(view.severity).toBe("CRITICAL");
    expect(kindsOf(view)).toEqual(["CRITICAL master-down", "CRITICAL master-down"]);
  });

  it("is down on a path, and the label that the nodes share is named", () => {
    const view = judged(
      (node) => (master) => (node > 2 && master === 3 ? { column: "DOWN", checkStatus: "L4TOUT" } : "UP"),
    );
    expect(verdictsOf(view)).toEqual(["up", "up", "path"]);
    expect(view.severity).toBe("WARNING");
    expect(view.masters[2]?.reason).toBe(
      "down on 2 of 4 nodes (node[03-04]), all site=b: no answer to connecting: timed out",
    );
    expect(view.problems[0]?.fix).toBe(
      "others reach master-3: suspect the path from these nodes to it (VPN, route, firewall), not the master",
    );
  });

  it("that answers some nodes otherwise is asked from there, and the path is not blamed", () => {
    const angry = { column: "DOWN", checkStatus: "L7STS", checkCode: 500, lastCheckText: "Internal Server Error" };
    const view = judged((node) => (master) => (node === 1 && master === 3 ? angry : "UP"));
    expect(view.problems[0]?.fix).toMatch(/^from this node, ask it: curl .* another machine there$/);
  });

  it("suspects no path while it comes back on one node after the other", () => {
    const back = { column: "DOWN 1/2", checkStatus: "L7OK", checkCode: 401 } as const;
    const view = judged((node) => (master) => (node > 2 && master === 3 ? back : "UP"));
    expect(view.masters[2]?.verdict).toBe("path");
    expect(view.problems[0]?.fix).toMatch(/^its checks pass again/);
  });

  it("is looked at itself once most nodes have lost it, unless these share a label", () => {
    const most = judged((node) => (master) => (node > 1 && master === 3 ? "DOWN" : "UP"));
    expect(most.problems[0]?.fix).toMatch(/^is k3s running on master-3\?/);
    const five = fleetOf({ nodes: 5 });
    const site = judged((node) => (master) => (node < 4 && master === 3 ? "DOWN" : "UP"), five);
    expect(site.masters[2]?.reason).toContain("all site=a");
    expect(site.problems[0]?.fix).toMatch(/^others reach master-3: suspect the path from these nodes/);
  });

  it("names no label that an unaffected node has too", () => {
    const view = judged((node) => (master) => (node > 1 && master === 3 ? "DOWN" : "UP"));
    expect(view.masters[2]?.reason).toBe("down on 3 of 4 nodes (node[02-04]): connection refused");
  });

  it("is drained on purpose without a problem once its sessions have gone", () => {
    const view = judged(() => (master) => (master === 2 ? "DRAIN" : "UP"));
    expect(verdictsOf(view)).toEqual(["up", "drained", "up"]);
    expect(view.severity).toBe("OK");
    expect(view.summary).toBe("2 of 3 masters up on all 4 nodes; master-2 drained on all 4 nodes");
    expect(focusOnMasters(view, ["master-2"]).summary).toBe("master-2 drained on all 4 nodes");
  });

  it("has pinned sessions while a drained or dead server line still holds some", () => {
    const view = judged(
      (node) => (master) => (master === 2 ? { column: "DRAIN", sessions: node === 1 ? 14 : 0 } : "UP"),
    );
    expect(view.masters[1]?.pinnedSessions).toBe(14);
    expect(kindsOf(view)).toEqual(["WARNING pinned-sessions"]);
    expect(view.problems[0]?.text).toBe(
      "14 sessions are still attached to master-2 on node01, where it takes no new ones",
    );
    // `on-marked-down` does nothing for a drained one.
    expect(view.problems[0]?.fix).toBe("watches and tunnels never end by themselves: k3s-lb kill-sessions master-2");
  });

  it("is partly drained when some nodes still use it, and those are named", () => {
    const view = judged((node) => (master) => (master === 2 && node !== 4 ? "DRAIN" : "UP"));
    expect(verdictsOf(view)).toEqual(["up", "partly-drained", "up"]);
    expect(view.problems).toMatchObject([
      {
        severity: "WARNING",
        kind: "master-partly-drained",
        nodes: ["node04"],
        text: "master-2 is drained on 3 of 4 nodes (node[01-03]), still in service on node04 (1 of 4 nodes)",
      },
    ]);
  });

  it("is in maintenance when every node says MAINT", () => {
    expect(verdictsOf(judged(() => (master) => (master === 2 ? "MAINT" : "UP")))).toEqual(["up", "maint", "up"]);
  });

  it("is drained, with a warning, where a drain and a DOWN stand side by side", () => {
    const view = judged((node) => (master) => (master === 2 ? (node === 1 ? "DOWN" : "DRAIN") : "UP"));
    expect(verdictsOf(view)).toEqual(["up", "drained", "up"]);
    expect(view.problems[0]).toMatchObject({
      kind: "master-path",
      text: "master-2 is drained on 3 of 4 nodes (node[02-04]), down on node01 (1 of 4 nodes), where a drain cannot be seen",
    });
  });

  it("counts weight 0 as out of service and says that no enable undoes it", () => {
    const view = judged(() => (master) => (master === 2 ? { column: "UP", weight: 0, sessions: 0 } : "UP"));
    expect(verdictsOf(view)).toEqual(["up", "drained", "up"]);
    expect(kindsOf(view)).toEqual(["WARNING weight-zero"]);
  });

  it("counts NOLB as down, since it takes nothing, and says who asked for it", () => {
    const view = judged(
      () => (master) => (master === 2 ? { column: "NOLB", checkStatus: "L7OKC", checkCode: 404, sessions: 0 } : "UP"),
    );
    expect(verdictsOf(view)).toEqual(["up", "down", "up"]);
    expect(view.masters[1]?.reason).toBe("down on all 4 nodes: stopping (NOLB), it asks for no new connections");
  });

  it("takes a server line without check for up, and warns that this says nothing", () => {
    const none = { column: "no check", checkStatus: undefined, checkCode: undefined } as const;
    const view = judged(() => (master) => (master === 2 ? none : "UP"));
    expect(verdictsOf(view)).toEqual(["up", "up", "up"]);
    expect(view.masters[1]?.check).toBe("none");
    expect(kindsOf(view)).toEqual(["WARNING check-missing"]);
  });

  it("shows a status that it cannot read as it is and never as good", () => {
    const view = judged((node) => (master) => (master === 2 && node === 1 ? "WOBBLY 7" : "UP"));
    expect(view.masters[1]?.nodes).toMatchObject({ up: 3, unknown: 1 });
    expect(view.problems[0]?.text).toBe('master-2 has a status that this version cannot read ("WOBBLY 7") on node01');
  });

  it("warns of nodes that lack its server line", () => {
    const view = judged((node) => (master) => (master === 3 && node === 2 ? undefined : "UP"));
    expect(view.masters[2]?.nodes).toMatchObject({ up: 3, absent: 1 });
    expect(view.problems[0]?.text).toBe("master-3 has no server line on node02, which can never fail over to it");
  });

  it("is held to the worst of several backends", () => {
    const rows = [
      ...rowsOf(fleet, () => "UP"),
      ...rowsOf(fleet, (master) => (master === 1 ? "DOWN" : "UP"), "supervisor"),
    ];
    const records = scene(
      fleet,
      () => allUp,
      (_, own) => ({ good: { source: "stats", rows: [...own, ...rows.slice(3)], atMs: nowMs - 100, durationMs: 5 } }),
    );
    const view = assess(fleet, records, nowMs);
    expect(verdictsOf(view)).toEqual(["down", "up", "up"]);
    expect(view.masters[0]?.reason).toBe("down on all 4 nodes: connection refused (in backend supervisor only)");
    expect(verdictsOf(assess(fleet, records, nowMs, { alone: true }))).toEqual(["up", "up", "up"]);
  });
});
