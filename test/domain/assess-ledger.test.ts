import { describe, expect, it } from "vitest";
import { assess } from "../../src/domain/assess.ts";
import { intentsOf } from "../../src/domain/intents.ts";
import type { LedgerEntry } from "../../src/domain/ledger.ts";
import type { FleetView } from "../../src/domain/view.ts";
import { fleetOf } from "../support/fleet.ts";
import { aStatus } from "../support/fleet-view.ts";
import { aBegun, aStep, begunAt } from "../support/ledger.ts";
import { type NodeSays, nowMs, scene } from "../support/scene.ts";

const fleet = fleetOf({ nodes: 4 });
const names = fleet.nodes.map(({ name }) => name);
const hourMs = 3_600_000;

/** All of an operation's lines. */
function operation(
  begun: Parameters<typeof aBegun>[0] = {},
  step: Partial<ReturnType<typeof aStep>> = {},
): readonly LedgerEntry[] {
  const whole = aBegun({ nodes: names, ...begun });
  const at = whole.at;
  return [whole, ...whole.orders.map(({ node }) => aStep({ id: whole.id, node, at, ...step }))];
}

type Look = { readonly hoursLater?: number; readonly restartedAgoMs?: number; readonly startedAgoMs?: number };

/** What is seen `hoursLater` than the ledger's operations begin, with a restart of node01 where one is given. */
function look(says: (node: number) => NodeSays, entries: readonly LedgerEntry[], options: Look = {}): FleetView {
  const { hoursLater = 3, restartedAgoMs, startedAgoMs } = options;
  const wallMs = Date.parse(begunAt) + hoursLater * hourMs;
  const records = scene(fleet, says, (node) => {
    if (node !== 1) return {};
    const startedAtSeconds = startedAgoMs === undefined ? undefined : (wallMs - startedAgoMs) / 1000;
    return {
      restartedAtMs: restartedAgoMs === undefined ? undefined : nowMs - restartedAgoMs,
      process: { version: "2.8.3", nodeName: undefined, startedAtSeconds },
    };
  });
  const facts = { intents: intentsOf(entries), lastAtMs: Date.parse(begunAt) };
  return assess(fleet, records, nowMs, { ledger: { facts, wallMs } });
}

const all = (column: string) => () => (master: number) => (master === 2 ? column : "UP");
const first = (one: string, others: string) => (node: number) => (master: number) =>
  master === 2 ? (node === 1 ? one : others) : "UP";
const kinds = (view: FleetView) => view.problems.map(({ severity, kind }) => `${severity} ${kind}`);
const second = (view: FleetView) => {
  const [, master] = view.masters;
  if (master === undefined) throw new Error("the fleet has three masters");
  return master;
};

describe("assess beside a ledger, a drain that holds", () => {
  it("says who drained it, since when, why and until when, and is OK", () => {
    const view = look(all("DRAIN"), operation({ until: "2026-11-22T14:00:00.000Z" }));
    expect(view.severity).toBe("OK");
    expect(view.problems).toEqual([]);
    expect(second(view)).toMatchObject({
      verdict: "drained",
      reason: "drained on all 4 nodes by ops 3h ago: kernel, until 14:00 UTC",
      drift: [],
      drainPending: [],
      intent: { id: "op1", state: "drain", reason: "kernel", nodes: names, isExpired: false },
    });
    expect(view.summary).toContain("master-2 drained on all 4 nodes by ops 3h ago: kernel, until 14:00 UTC");
  });

  it("names the day where it ends on another one, and others who had a hand in it", () => {
    const mine = operation({ nodes: ["node01", "node02", "node03"], until: "2026-11-24T09:30:00.000Z" });
    const theirs = operation({ id: "op2", nodes: ["node04"], who: { user: "eve", host: "x", sshClient: undefined } });
    expect(second(look(all("DRAIN"), [...mine, ...theirs])).reason).toBe(
      "drained on all 4 nodes by ops and others 3h ago: kernel, until 24 Nov 09:30 UTC",
    );
  });

  it("does not speak of a ledger that there is none of", () => {
    const view = assess(fleet, scene(fleet, all("DRAIN")), nowMs);
    expect(second(view)).toMatchObject({ reason: "drained on all 4 nodes", drift: [], intent: undefined });
    expect(view.problems).toEqual([]);
    expect(view).not.toHaveProperty("ledger");
  });

  it("says nothing more of masters that were enabled again", () => {
    const view = look(all("UP"), [...operation(), ...operation({ id: "op2", action: "ready" })]);
    expect([view.severity, view.problems, second(view).verdict]).toEqual(["OK", [], "up"]);
  });
});

describe("assess beside a ledger, drift", () => {
  it("names the node that forgot the drain, its restart, and the command that drains it again", () => {
    const view = look(first("UP", "DRAIN"), operation(), { restartedAgoMs: 40_000 });
    expect(view.severity).toBe("WARNING");
    expect(second(view)).toMatchObject({ verdict: "drift", severity: "WARNING", drift: ["node01"] });
    expect(view.problems[0]).toEqual({
      severity: "WARNING",
      kind: "drift",
      master: "master-2",
      nodes: ["node01"],
      text: "master-2 is not drained on node01 (1 of 4 nodes), though it should be (by ops 3h ago: kernel); HAProxy restarted there 40s ago",
      fix: "do it again there: k3s-lb drain master-2 --node node01; if it is over: k3s-lb enable master-2",
    });
    expect(kinds(view)).toEqual(["WARNING drift", "OK node-restarted"]);
  });

  it("knows a restart from the start time of the process too, as one single status does", () => {
    const view = look(first("UP", "DRAIN"), operation(), { startedAgoMs: 300_000 });
    expect(view.problems[0]?.text).toContain("HAProxy restarted there 5m ago");
    const before = look(first("UP", "DRAIN"), operation(), { startedAgoMs: 5 * hourMs });
    expect(before.problems[0]?.text).not.toContain("restarted");
  });

  it("is drift on every node where all have forgotten it, and MAINT shows as lost also when DOWN", () => {
    expect(second(look(all("UP"), operation()))).toMatchObject({ verdict: "drift", drift: names });
    const maint = look(first("DOWN", "MAINT"), operation({ action: "maint" }));
    expect(second(maint)).toMatchObject({ verdict: "drift", drift: ["node01"] });
    expect(maint.problems[0]?.fix).toContain("k3s-lb maint master-2 --node node01");
  });

  it("gives way to what is worse", () => {
    const view = look(
      (node) => (master) => (master !== 2 ? "UP" : node === 1 ? "UP" : "DOWN"),
      operation({ nodes: ["node01"] }),
    );
    expect(second(view)).toMatchObject({ verdict: "path", drift: ["node01"] });
    expect(kinds(view)).toEqual(["WARNING master-path", "WARNING drift"]);
  });

  it("also names the nodes that nobody asked to drain", () => {
    const view = look(first("DRAIN", "UP"), operation({ nodes: ["node01", "node02"] }));
    expect(second(view).reason).toBe(
      "not drained on node02 (1 of 4 nodes), though it should be (by ops 3h ago: kernel); in service, as nobody asked otherwise, on 2 of 4 nodes (node[03-04])",
    );
  });

  it("is none from a page that is older than the order, nor while its console is at work", () => {
    const justNow = { at: new Date(Date.parse(begunAt) + 3 * hourMs - 50).toISOString() };
    expect(look(all("UP"), operation(justNow)).problems).toEqual([]);
    const underWay = [aBegun({ nodes: names, at: new Date(Date.parse(begunAt) + 3 * hourMs - 60_000).toISOString() })];
    expect(look(all("UP"), underWay).problems).toEqual([]);
  });

  it("is drift, with doubt, when a console gave the order and was never heard of again", () => {
    const view = look(all("UP"), [aBegun({ nodes: names })]);
    expect(second(view).verdict).toBe("drift");
    expect(second(view).reason).toContain("the console that began it never said what became of it");
  });

  it("is none past the drain's time, nor on a node that does not answer", () => {
    const view = look(first("UP", "UP"), operation({ until: "2026-11-22T05:30:00.000Z" }));
    expect([second(view).verdict, view.problems]).toEqual(["up", []]);
    const silent = look(
      (node) => (node === 1 ? { fails: "timeout", lastGoodAgoMs: 90_000 } : all("DRAIN")()),
      operation(),
    );
    expect(second(silent).drift).toEqual([]);
  });
});

describe("assess beside a ledger, a drain under a DOWN", () => {
  it("stays a drain where the master is DOWN everywhere, and the reason says both", () => {
    const view = look(all("DOWN"), operation());
    expect(second(view)).toMatchObject({
      verdict: "drained",
      reason: "down (connection refused) with its drain pending on all 4 nodes by ops 3h ago: kernel",
      nodes: { down: 4, drain: 0 },
      drainPending: names,
    });
    expect(kinds(view)).toEqual(["OK drain-pending"]);
    expect(view.problems[0]?.text).toBe(
      "master-2 is DOWN on 4 nodes (node[01-04]) with the drain by ops 3h ago (kernel) pending: it comes back drained",
    );
    expect(view.severity).toBe("OK");
  });

  it("is told beside the nodes where it shows", () => {
    const view = look(first("DOWN 1/2", "DRAIN"), operation());
    expect(second(view).reason).toBe(
      "drained on 3 of 4 nodes (node[02-04]) and down (connection refused) with its drain pending on node01 (1 of 4 nodes) by ops 3h ago: kernel",
    );
    expect(kinds(view)).toEqual(["OK drain-pending"]);
  });

  it("is a fault where nobody asked for a drain", () => {
    const view = look(all("DOWN"), operation({ nodes: ["node01"] }));
    expect(second(view)).toMatchObject({ verdict: "down", drainPending: ["node01"] });
    expect(kinds(view)).toEqual(["WARNING master-down", "OK drain-pending"]);
    expect(view.problems[0]?.nodes).toEqual(["node02", "node03", "node04"]);
  });

  it("is lost when HAProxy was restarted since", () => {
    const view = look(all("DOWN"), operation(), { restartedAgoMs: 40_000 });
    expect(second(view)).toMatchObject({ drift: ["node01"], drainPending: ["node02", "node03", "node04"] });
  });
});

describe("assess beside a ledger, a drain past its time", () => {
  it("is a WARNING that says whose it is and how to end it", () => {
    const view = look(all("DRAIN"), operation({ until: "2026-11-22T07:40:00.000Z" }));
    expect(view.severity).toBe("WARNING");
    expect(second(view)).toMatchObject({ verdict: "drained", severity: "WARNING", intent: { isExpired: true } });
    expect(second(view).reason).toBe("drained on all 4 nodes by ops 3h ago: kernel");
    expect(view.problems).toEqual([
      {
        severity: "WARNING",
        kind: "expired-drain",
        master: "master-2",
        nodes: names,
        text: "master-2 is still drained on 4 nodes (node[01-04]), whose time was over at 07:40 UTC, 20m ago (by ops 3h ago: kernel)",
        fix: "put it back: k3s-lb enable master-2 --node 'node[01-04]'; or give it more time: the same command as before with a new --for",
      },
    ]);
  });

  it("counts under a DOWN too", () => {
    const view = look(all("DOWN"), operation({ until: "2026-11-22T07:40:00.000Z" }));
    expect(kinds(view)).toEqual(["WARNING expired-drain"]);
  });
});

describe("assess beside a ledger, what nobody in it did", () => {
  it("is a note, as a drain on purpose is OK", () => {
    const view = look(all("DRAIN"), []);
    expect(view.severity).toBe("OK");
    expect(view.problems).toMatchObject([
      {
        severity: "OK",
        kind: "changed-elsewhere",
        nodes: names,
        text: "master-2 is drained on 4 nodes (node[01-04]), which nobody in this ledger did: changed elsewhere",
      },
    ]);
  });

  it("is a WARNING where it stands against the ledger's last word", () => {
    const enabled = operation({ action: "ready" });
    const view = look(all("MAINT"), enabled);
    expect(view.problems).toMatchObject([
      {
        severity: "WARNING",
        kind: "changed-elsewhere",
        text: 'master-2 is in maintenance on 4 nodes (node[01-04]), though the ledger\'s last word is "enable" by ops 3h ago (kernel): changed elsewhere',
      },
    ]);
    expect(kinds(look(all("DRAIN"), operation({ action: "maint" })))).toEqual(["WARNING changed-elsewhere"]);
  });

  it("leaves out what follows from another server, from DNS, or from a weight of 0", () => {
    const status = aStatus("MAINT (resolution)", { cause: "resolution" });
    expect(look(() => (master) => (master === 2 ? { status, sessions: 0 } : "UP"), []).problems).toEqual([]);
    const weightless = look(() => (master) => (master === 2 ? { column: "UP", weight: 0, sessions: 0 } : "UP"), []);
    expect(kinds(weightless)).toEqual(["WARNING weight-zero"]);
  });
});
