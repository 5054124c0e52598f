import { describe, expect, it } from "vitest";
import { assess } from "../../src/domain/assess.ts";
import { fleetOf } from "../support/fleet.ts";
import { aRow } from "../support/fleet-view.ts";
import { allUp, fleet, judged, kindsOf, verdictsOf } from "../support/judged.ts";
import { nowMs, rowsOf, scene } from "../support/scene.ts";

describe("assess, healthy", () => {
  it("is OK in one calm line when every node sees every master up", () => {
    const view = judged(() => allUp);
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
    expect(verdictsOf(judged((node) => (master) => (node === 1 && master === 1 ? "UP 1/2" : "UP")))).toEqual([
      "up",
      "up",
      "up",
    ]);
  });

  it("is UNKNOWN and waits while nothing has answered", () => {
    const view = judged(() => "silent");
    expect(view.severity).toBe("UNKNOWN");
    expect(view.summary).toBe("waiting for the first of 4 nodes to answer");
    expect(verdictsOf(view)).toEqual(["unknown", "unknown", "unknown"]);
    expect(view.nodes.map((node) => node.state)).toEqual(Array(4).fill("pending"));
  });

  it("says how many nodes it still waits for", () => {
    const view = judged((node) => (node === 1 ? "silent" : allUp));
    expect(view.summary).toBe("all 3 masters up on 3 of 4 nodes (node[02-04]); waiting for 1 more");
  });

  it("is UNKNOWN when every node fails, with the reason and a way on", () => {
    const view = judged(() => ({ fails: "unreachable", detail: "connection refused" }));
    expect(view.severity).toBe("UNKNOWN");
    expect(kindsOf(view)).toEqual(["UNKNOWN no-answer"]);
    expect(view.summary).toBe("all 4 nodes cannot be reached (connection refused): nothing is known of any master");
    expect(view.problems[0]?.fix).toMatch(/^The node answers, but nothing listens/);
  });

  it("asks where this machine stands when every node is silent, and what else they say when they are not alike", () => {
    const silent = judged(() => ({ fails: "timeout", detail: "no connection in time" }));
    expect(silent.problems[0]?.fix).toMatch(/^is this machine in the VPN\? The node is off, or a firewall/);
    const view = judged((node) => ({ fails: node === 1 ? "unauthorized" : "timeout" }));
    expect(view.problems[0]?.fix).toMatch(/^some of them do answer, so this machine is in the VPN/);
    expect(view.problems.map((problem) => problem.text)).toEqual([
      "no usable answer from any of the 4 nodes: nothing is known of any master",
      "3 of 4 nodes (node[02-04]) timed out (connect)",
      "node01 (1 of 4 nodes) refused the password (connect)",
    ]);
  });
});

describe("assess, the whole", () => {
  it("is CRITICAL when no node has a usable master, and no node is blamed for it", () => {
    const view = judged(() => () => "DOWN");
    expect(view.severity).toBe("CRITICAL");
    expect(view.problems[0]).toMatchObject({
      kind: "no-master-usable",
      text: "no master is usable on any of the 4 nodes: the API cannot be reached through HAProxy",
    });
    expect(view.nodes.some((node) => node.cutOff)).toBe(false);
    expect(verdictsOf(view)).toEqual(["down", "down", "down"]);
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
    const view = judged(() => () => "DRAIN");
    expect(view.severity).toBe("CRITICAL");
    expect(view.problems[0]?.fix).toBe("all of them are drained or in maintenance: put one back in service first");
  });

  it("sees a change-over from 401 to 200 half done, and gives the order in which it is safe", () => {
    const flipped = { column: "DOWN", checkStatus: "L7STS", checkCode: 200, lastCheckText: "OK" } as const;
    const view = judged(() => (master) => (master === 1 ? flipped : "UP"));
    expect(kindsOf(view)).toEqual(["WARNING check-mixed", "WARNING master-down"]);
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
    expect(kindsOf(view)).toContain("WARNING backend-absent");
  });

  it("tells of a master before it tells of a node that does not answer", () => {
    const view = judged((node) => (node === 4 ? { fails: "timeout" } : (master) => (master === 2 ? "DOWN" : "UP")));
    expect(kindsOf(view)).toEqual(["WARNING master-down", "WARNING node-failure"]);
    expect(view.summary).toMatch(
      /^master-2 is down on all 3 nodes that can tell: connection refused; and 1 more problem$/,
    );
  });

  it("gives every node exactly one place in each master's count", () => {
    const view = judged((node) =>
      node === 1 ? "silent" : node === 2 ? { fails: "dns" } : node === 3 ? () => "DOWN" : allUp,
    );
    for (const master of view.masters) {
      expect(Object.values(master.nodes).reduce((sum, count) => sum + count, 0)).toBe(4);
    }
  });
});
