import { describe, expect, it } from "vitest";
import { assess } from "../../src/domain/assess.ts";
import { addChanges, emptyTimeline } from "../../src/domain/timeline.ts";
import { plainEvent, plainHeadline, plainOpening } from "../../src/output/plain-text.ts";
import { type NodeSays, nowMs } from "../support/scene.ts";
import { situation } from "../support/screens.ts";

const at = Date.UTC(2026, 10, 26, 14, 2, 11);
const viewOf = (says: (node: number) => NodeSays) => {
  const { fleet, records } = situation(says);
  return assess(fleet, records, nowMs);
};
const healthy = viewOf(() => () => "UP");
const masterDown = viewOf(() => (master) => (master === 2 ? "DOWN" : "UP"));
const worse = viewOf((node) => (node === 6 ? () => "DOWN" : (master) => (master === 2 ? "DOWN" : "UP")));

describe("plainOpening", () => {
  it("is calm where all is well", () => {
    expect(plainOpening(healthy, at)).toMatchInlineSnapshot(`
      "14:02:11 OK, cluster k8s-de1: all 3 masters up on all 6 nodes
      Master master-1: up on all 6 nodes; 24 sessions
      Master master-2: up on all 6 nodes; 24 sessions
      Master master-3: up on all 6 nodes; 24 sessions
      "
    `);
  });

  it("tells a single problem once, with what to do", () => {
    expect(plainOpening(masterDown, at)).toMatchInlineSnapshot(`
      "14:02:11 WARNING, cluster k8s-de1: master-2 is down on all 6 nodes: connection refused
      What to do: is k3s running on master-2? There: systemctl status k3s; journalctl -u k3s -n 50
      Master master-1: up on all 6 nodes; 24 sessions
      Master master-2: down on all 6 nodes: connection refused; 0 sessions
      Master master-3: up on all 6 nodes; 24 sessions
      "
    `);
  });

  it("counts the problems, so that one knows how many are to come", () => {
    expect(plainOpening(worse, at)).toMatchInlineSnapshot(`
      "14:02:11 CRITICAL, cluster k8s-de1: node06 has no usable master, though other nodes do; and 1 more problem
      Problem 1 of 2, CRITICAL: node06 has no usable master, though other nodes do
      What to do: other nodes see masters: look at this node's own network and VPN first
      Problem 2 of 2, WARNING: master-2 is down on all 5 nodes that can tell: connection refused
      What to do: is k3s running on master-2? There: systemctl status k3s; journalctl -u k3s -n 50
      Master master-1: up on all 5 nodes that can tell; 20 sessions
      Master master-2: down on all 5 nodes that can tell: connection refused; 0 sessions
      Master master-3: up on all 5 nodes that can tell; 20 sessions
      "
    `);
  });
});

describe("plainHeadline", () => {
  it("says what to do about the worst", () => {
    expect(plainHeadline(worse, at)).toMatchInlineSnapshot(`
      "14:02:11 CRITICAL: node06 has no usable master, though other nodes do; and 1 more problem. What to do: other nodes see masters: look at this node's own network and VPN first
      "
    `);
    expect(plainHeadline(healthy, at)).toBe("14:02:11 OK: all 3 masters up on all 6 nodes.\n");
  });
});

describe("plainEvent", () => {
  it("is a sentence with its time", () => {
    const change = (node: string) =>
      ({ kind: "master", master: "master-2", node, from: "up", to: "down", cause: "connection refused" }) as const;
    const one = addChanges(emptyTimeline, [change("node01"), change("node02")], at);
    const [event] = addChanges(one, [change("node03")], at + 4000).events;
    if (event === undefined) throw new Error("no event");
    expect(plainEvent(event, false)).toBe(
      "14:02:11 master-2 UP to DOWN on 3 nodes (node[01-03]): connection refused\n",
    );
    expect(plainEvent(event, true)).toBe(
      "14:02:11 master-2 UP to DOWN on 3 nodes (node[01-03]): connection refused (again, until 14:02:15)\n",
    );
  });
});
