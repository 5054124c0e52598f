import { describe, expect, it } from "vitest";
import { assess } from "../../src/domain/assess.ts";
import { focusOnMasters } from "../../src/domain/focus.ts";
import type { FleetView } from "../../src/domain/view.ts";
import { fleetOf } from "../support/fleet.ts";
import { aRow } from "../support/fleet-view.ts";
import { type NodeSays, nowMs, processOf, rowsOf, scene } from "../support/scene.ts";

const fleet = fleetOf({ nodes: 4 });
const allUp = () => "UP";

function look(says: (node: number) => NodeSays, of = fleet): FleetView {
  return assess(of, scene(of, says), nowMs);
}

const verdicts = (view: FleetView) => view.masters.map((master) => master.verdict);
const kinds = (view: FleetView) => view.problems.map((problem) => `${problem.severity} ${problem.kind}`);

describe("assess, healthy", () => {
  it("is OK in one calm line when every node sees every master up", () => {
    const view = look(() => allUp);
    expect(view.severity).toBe("OK");
    expect(view.summary).toBe("all 3 masters up on all 4 nodes");
    expect(view.problems).toEqual([]);
    expect(view.masters[0]).toMatchObject({
      verdict: "up",
      reason: "up on all 4 nodes",
      nodes: { up: 4, down: 0, drain: 0, maint: 0, absent: 0, unknown: 0 },
      sessions: 16,
      pinnedSessions: 0,
      check: "weak",
      checkMs: 3,
    });
  });

  it("takes UP 1/2 for up, which it is until the next check fails", () => {
    expect(verdicts(look((node) => (master) => (node === 1 && master === 1 ? "UP 1/2" : "UP")))).toEqual([
      "up",
      "up",
      "up",
    ]);
  });

  it("is UNKNOWN and waits while nothing has answered", () => {
    const view = look(() => "silent");
    expect(view.severity).toBe("UNKNOWN");
    expect(view.summary).toBe("waiting for the first of 4 nodes to answer");
    expect(verdicts(view)).toEqual(["unknown", "unknown", "unknown"]);
    expect(view.nodes.map((node) => node.state)).toEqual(Array(4).fill("pending"));
  });

  it("says how many nodes it still waits for", () => {
    const view = look((node) => (node === 1 ? "silent" : allUp));
    expect(view.summary).toBe("all 3 masters up on 3 of 4 nodes (node[02-04]); waiting for 1 more");
  });

  it("is UNKNOWN when every node fails, with the reason and a way on", () => {
    const view = look(() => ({ fails: "unreachable", detail: "connection refused" }));
    expect(view.severity).toBe("UNKNOWN");
    expect(kinds(view)).toEqual(["UNKNOWN no-answer"]);
    expect(view.summary).toBe("all 4 nodes cannot be reached (connection refused): nothing is known of any master");
    expect(view.problems[0]?.fix).toMatch(/^The machine answers but nothing listens/);
  });

  it("asks where this machine stands when every node is silent, and what else they say when they are not alike", () => {
    const silent = look(() => ({ fails: "timeout", detail: "no connection in time" }));
    expect(silent.problems[0]?.fix).toMatch(/^is this machine in the VPN\? The machine is off, or a firewall/);
    const view = look((node) => ({ fails: node === 1 ? "unauthorized" : "timeout" }));
    expect(view.problems[0]?.fix).toMatch(/^some of them do answer, so this machine is in the VPN/);
    expect(view.problems.map((problem) => problem.text)).toEqual([
      "no usable answer from any of the 4 nodes: nothing is known of any master",
      "3 of 4 nodes (node[02-04]) timed out (connect)",
      "node01 (1 of 4 nodes) refused the password (connect)",
    ]);
  });
});

describe("assess, a master", () => {
  it("is down when every voting node says so, with the cause and what to look at", () => {
    const view = look(() => (master) => (master === 2 ? "DOWN" : "UP"));
    expect(verdicts(view)).toEqual(["up", "down", "up"]);
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
    const view = look(() => (master) => (master === 1 ? "UP" : "DOWN"));
    expect(view.severity).toBe("CRITICAL");
    expect(kinds(view)).toEqual(["CRITICAL master-down", "CRITICAL master-down"]);
  });

  it("is down on a path, and the label that the nodes share is named", () => {
    const view = look(
      (node) => (master) => (node > 2 && master === 3 ? { column: "DOWN", checkStatus: "L4TOUT" } : "UP"),
    );
    expect(verdicts(view)).toEqual(["up", "up", "path"]);
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
    const view = look((node) => (master) => (node === 1 && master === 3 ? angry : "UP"));
    expect(view.problems[0]?.fix).toMatch(/^from this node, ask it: curl .* another machine there$/);
  });

  it("suspects no path while it comes back on one node after the other", () => {
    const back = { column: "DOWN 1/2", checkStatus: "L7OK", checkCode: 401 } as const;
    const view = look((node) => (master) => (node > 2 && master === 3 ? back : "UP"));
    expect(view.masters[2]?.verdict).toBe("path");
    expect(view.problems[0]?.fix).toMatch(/^its checks pass again/);
  });

  it("is looked at itself once most nodes have lost it, unless these share a label", () => {
    const most = look((node) => (master) => (node > 1 && master === 3 ? "DOWN" : "UP"));
    expect(most.problems[0]?.fix).toMatch(/^is k3s running on master-3\?/);
    const five = fleetOf({ nodes: 5 });
    const site = look((node) => (master) => (node < 4 && master === 3 ? "DOWN" : "UP"), five);
    expect(site.masters[2]?.reason).toContain("all site=a");
    expect(site.problems[0]?.fix).toMatch(/^others reach master-3: suspect the path from these nodes/);
  });

  it("names no label that an unaffected node has too", () => {
    const view = look((node) => (master) => (node > 1 && master === 3 ? "DOWN" : "UP"));
    expect(view.masters[2]?.reason).toBe("down on 3 of 4 nodes (node[02-04]): connection refused");
  });

  it("is drained on purpose without a problem once its sessions have gone", () => {
    const view = look(() => (master) => (master === 2 ? "DRAIN" : "UP"));
    expect(verdicts(view)).toEqual(["up", "drained", "up"]);
    expect(view.severity).toBe("OK");
    expect(view.summary).toBe("2 of 3 masters up on all 4 nodes; master-2 drained on all 4 nodes");
    expect(focusOnMasters(view, ["master-2"]).summary).toBe("master-2 drained on all 4 nodes");
  });

  it("has pinned sessions while a drained or dead server line still holds some", () => {
    const view = look((node) => (master) => (master === 2 ? { column: "DRAIN", sessions: node === 1 ? 14 : 0 } : "UP"));
    expect(view.masters[1]?.pinnedSessions).toBe(14);
    expect(kinds(view)).toEqual(["WARNING pinned-sessions"]);
    expect(view.problems[0]?.text).toBe(
      "14 sessions are still attached to master-2 on node01, where it takes no new ones",
    );
    // `on-marked-down` does nothing for a drained one.
    expect(view.problems[0]?.fix).toBe("watches and tunnels never end by themselves: k3s-lb kill-sessions master-2");
  });

  it("is partly drained when some nodes still use it, and those are named", () => {
    const view = look((node) => (master) => (master === 2 && node !== 4 ? "DRAIN" : "UP"));
    expect(verdicts(view)).toEqual(["up", "partly-drained", "up"]);
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
    expect(verdicts(look(() => (master) => (master === 2 ? "MAINT" : "UP")))).toEqual(["up", "maint", "up"]);
  });

  it("is drained, with a warning, where a drain and a DOWN stand side by side", () => {
    const view = look((node) => (master) => (master === 2 ? (node === 1 ? "DOWN" : "DRAIN") : "UP"));
    expect(verdicts(view)).toEqual(["up", "drained", "up"]);
    expect(view.problems[0]).toMatchObject({
      kind: "master-path",
      text: "master-2 is drained on 3 of 4 nodes (node[02-04]), down on node01 (1 of 4 nodes), where a drain cannot be seen",
    });
  });

  it("counts weight 0 as out of service and says that no enable undoes it", () => {
    const view = look(() => (master) => (master === 2 ? { column: "UP", weight: 0, sessions: 0 } : "UP"));
    expect(verdicts(view)).toEqual(["up", "drained", "up"]);
    expect(kinds(view)).toEqual(["WARNING weight-zero"]);
  });

  it("counts NOLB as down, since it takes nothing, and says who asked for it", () => {
    const view = look(
      () => (master) => (master === 2 ? { column: "NOLB", checkStatus: "L7OKC", checkCode: 404, sessions: 0 } : "UP"),
    );
    expect(verdicts(view)).toEqual(["up", "down", "up"]);
    expect(view.masters[1]?.reason).toBe("down on all 4 nodes: stopping (NOLB), it asks for no new connections");
  });

  it("takes a server line without check for up, and warns that this says nothing", () => {
    const none = { column: "no check", checkStatus: undefined, checkCode: undefined } as const;
    const view = look(() => (master) => (master === 2 ? none : "UP"));
    expect(verdicts(view)).toEqual(["up", "up", "up"]);
    expect(view.masters[1]?.check).toBe("none");
    expect(kinds(view)).toEqual(["WARNING check-missing"]);
  });

  it("shows a status that it cannot read as it is and never as good", () => {
    const view = look((node) => (master) => (master === 2 && node === 1 ? "WOBBLY 7" : "UP"));
    expect(view.masters[1]?.nodes).toMatchObject({ up: 3, unknown: 1 });
    expect(view.problems[0]?.text).toBe('master-2 has a status that this version cannot read ("WOBBLY 7") on node01');
  });

  it("warns of nodes that lack its server line", () => {
    const view = look((node) => (master) => (master === 3 && node === 2 ? undefined : "UP"));
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
    expect(verdicts(view)).toEqual(["down", "up", "up"]);
    expect(view.masters[0]?.reason).toBe("down on all 4 nodes: connection refused (in backend supervisor only)");
    expect(verdicts(assess(fleet, records, nowMs, { alone: true }))).toEqual(["up", "up", "up"]);
  });
});

describe("assess, a node", () => {
  it("that sees no master while others do is CRITICAL, loses its vote and does not blame the masters", () => {
    const view = look((node) => (node === 4 ? () => "DOWN" : allUp));
    expect(verdicts(view)).toEqual(["up", "up", "up"]);
    expect(view.masters[0]?.nodes).toMatchObject({ up: 3, down: 0, unknown: 1 });
    expect(view.nodes[3]).toMatchObject({ cutOff: true, votes: false, usableMasters: 0 });
    expect(view.severity).toBe("CRITICAL");
    expect(view.summary).toBe("node04 has no usable master, though other nodes do");
    expect(view.problems[0]?.fix).toBe("other nodes see masters: look at this node's own network and VPN first");
    expect(view.masters[0]?.reason).toBe("up on all 3 nodes that can tell");
  });

  it("that alone still sees a master does not turn the trouble of all into theirs", () => {
    const view = look((node) => (node === 4 ? (master) => (master === 1 ? "UP" : "DOWN") : () => "DOWN"));
    expect(view.problems.map(({ text }) => text)).toEqual([
      "3 nodes (node[01-03]) have no usable master, though other nodes do",
      "master-2 is down on node04 (the only node that can tell): connection refused",
      "master-3 is down on node04 (the only node that can tell): connection refused",
    ]);
    expect(view.problems[0]?.fix).toContain("look at the masters (systemctl status k3s)");
  });

  it("shares its label with the others that are cut off", () => {
    const view = look((node) => (node > 2 ? () => "DOWN" : allUp));
    expect(view.summary).toBe("2 nodes (node[03-04]), all site=b, have no usable master, though other nodes do");
  });

  it("that does not answer is named with its failure and never counts against a master", () => {
    const view = look((node) => (node === 2 ? { fails: "timeout", detail: "no answer" } : allUp));
    expect(verdicts(view)).toEqual(["up", "up", "up"]);
    expect(view.nodes[1]?.state).toBe("timeout");
    expect(view.problems).toMatchObject([
      {
        severity: "WARNING",
        kind: "node-failure",
        nodes: ["node02"],
        text: "node02 (1 of 4 nodes) timed out (no answer)",
      },
    ]);
  });

  it("is named beside those that fail for the same cause only", () => {
    const view = look((node) =>
      node === 1
        ? allUp
        : { fails: "unreachable", detail: node === 2 ? "connection refused" : "network is unreachable" },
    );
    expect(view.problems.map((problem) => problem.text)).toEqual([
      "2 of 4 nodes (node[03-04]), all site=b, cannot be reached (network is unreachable)",
      "node02 (1 of 4 nodes) cannot be reached (connection refused)",
    ]);
  });

  it("stays fresh through one lost poll, but a refusal holds at once", () => {
    const view = look((node) =>
      node === 1
        ? { fails: "timeout", lastGoodAgoMs: 3_000 }
        : node === 2
          ? { fails: "unauthorized", lastGoodAgoMs: 3_000 }
          : node === 3
            ? { fails: "timeout", lastGoodAgoMs: 4_100 }
            : allUp,
    );
    expect(view.nodes.map((node) => node.state)).toEqual(["fresh", "unauthorized", "timeout", "fresh"]);
  });

  it("keeps its last good values while it fails", () => {
    const view = look((node) => (node === 1 ? { fails: "timeout", lastGoodAgoMs: 9_000 } : allUp));
    expect(view.nodes[0]?.cells.map((cell) => cell.state)).toEqual(["up", "up", "up"]);
    expect(view.nodes[0]).toMatchObject({ votes: false, usableMasters: undefined, ageMs: 9_000 });
  });

  it("is stale without a failure once its answer is two intervals old", () => {
    const view = assess(
      fleet,
      scene(fleet, () => allUp),
      nowMs + 4_000,
    );
    expect(view.nodes.map((node) => node.state)).toEqual(Array(4).fill("stale"));
    expect(view.severity).toBe("UNKNOWN");
    expect(
      assess(
        fleet,
        scene(fleet, () => allUp),
        nowMs + 4_000,
        { intervalMs: 5_000 },
      ).severity,
    ).toBe("OK");
  });

  it("is pending after a gap, not stale for hours, until two intervals have gone by without an answer", () => {
    const records = scene(
      fleet,
      () => allUp,
      () => ({ gapAtMs: nowMs + 3_600_000 }),
    );
    expect(assess(fleet, records, nowMs + 3_600_500).nodes[0]?.state).toBe("pending");
    expect(assess(fleet, records, nowMs + 3_605_000).nodes[0]?.state).toBe("stale");
  });

  it("with a version of its own is a warning, a restart only a note", () => {
    const records = scene(
      fleet,
      () => allUp,
      (node) => ({
        process: processOf(node === 3 ? "2.8.0" : "2.6.12"),
        restartedAtMs: node === 1 ? nowMs - 40_000 : undefined,
      }),
    );
    const view = assess(fleet, records, nowMs);
    expect(view.problems.map((problem) => problem.text)).toEqual([
      "HAProxy is 2.6.12 on 3 nodes (node[01-02,04]), but 2.8.0 on node03",
      "HAProxy restarted on node01 40s ago",
    ]);
    expect(kinds(view)).toEqual(["WARNING version-skew", "OK node-restarted"]);
  });
});

describe("assess, the whole", () => {
  it("is CRITICAL when no node has a usable master, and no node is blamed for it", () => {
    const view = look(() => () => "DOWN");
    expect(view.severity).toBe("CRITICAL");
    expect(view.problems[0]).toMatchObject({
      kind: "no-master-usable",
      text: "no master is usable on any of the 4 nodes: the API cannot be reached through HAProxy",
    });
    expect(view.nodes.some((node) => node.cutOff)).toBe(false);
    expect(verdicts(view)).toEqual(["down", "down", "down"]);
  });

  it("looks for a mistake in the names where no master has a line at all", () => {
    const aBackend = (proxy: string) => aRow({ proxy, name: "BACKEND", type: "backend" });
    const rows = [aBackend("stats"), aBackend("k3s-api")];
    const good = { source: "stats", rows, atMs: nowMs - 100, durationMs: 5 } as const;
    const view = assess(
      fleet,
      scene(
        fleet,
        () => allUp,
        () => ({ good }),
      ),
      nowMs,
    );
    expect(view.problems[0]).toMatchObject({
      severity: "CRITICAL",
      text: "no master has a server line in backend k8s-de1-kube-api on any of the 4 nodes",
      fix: "compare `backend` and the names in `masters` with haproxy.cfg; node01 has stats, k3s-api",
    });
  });

  it("says so when nothing but drains took the last master away", () => {
    const view = look(() => () => "DRAIN");
    expect(view.severity).toBe("CRITICAL");
    expect(view.problems[0]?.fix).toBe("all of them are drained or in maintenance: put one back in service first");
  });

  it("sees a change-over from 401 to 200 half done, and gives the order in which it is safe", () => {
    const flipped = { column: "DOWN", checkStatus: "L7STS", checkCode: 200, lastCheckText: "OK" } as const;
    const view = look(() => (master) => (master === 1 ? flipped : "UP"));
    expect(kinds(view)).toEqual(["WARNING check-mixed", "WARNING master-down"]);
    expect(view.problems[0]?.text).toBe(
      "master-1 answers 200 and master-2, master-3 answer 401: a change-over half done takes masters down",
    );
    expect(view.masters[0]?.reason).toBe("down on all 4 nodes: answered 200, the check wants 401");
    expect(view.problems[1]?.fix).toContain("http-check expect status 200,401");
  });

  it("names server lines that are no masters of the fleet file", () => {
    const bigger = fleetOf({ nodes: 4, masters: 4 });
    const records = scene(bigger, () => allUp);
    const view = assess(fleet, records, nowMs);
    expect(view.problems.map((problem) => problem.text)).toEqual([
      "server line master-4 in k8s-de1-kube-api on 4 nodes (node[01-04]) is no master of the fleet file",
    ]);
  });

  it("names nodes whose HAProxy has no such backend", () => {
    const records = scene(
      fleet,
      () => allUp,
      (node) =>
        node === 1
          ? { good: { source: "stats", rows: rowsOf(fleet, allUp, "old-name"), atMs: nowMs - 100, durationMs: 5 } }
          : {},
    );
    const view = assess(fleet, records, nowMs);
    expect(kinds(view)).toContain("WARNING backend-absent");
  });

  it("tells of a master before it tells of a node that does not answer", () => {
    const view = look((node) => (node === 4 ? { fails: "timeout" } : (master) => (master === 2 ? "DOWN" : "UP")));
    expect(kinds(view)).toEqual(["WARNING master-down", "WARNING node-failure"]);
    expect(view.summary).toMatch(
      /^master-2 is down on all 3 nodes that can tell: connection refused; and 1 more problem$/,
    );
  });

  it("gives every node exactly one place in each master's count", () => {
    const view = look((node) =>
      node === 1 ? "silent" : node === 2 ? { fails: "dns" } : node === 3 ? () => "DOWN" : allUp,
    );
    for (const master of view.masters) {
      expect(Object.values(master.nodes).reduce((sum, count) => sum + count, 0)).toBe(4);
    }
  });
});
