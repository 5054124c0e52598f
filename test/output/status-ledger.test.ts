import { describe, expect, it } from "vitest";
import { assess } from "../../src/domain/assess.ts";
import { intentsOf } from "../../src/domain/intents.ts";
import type { FleetView } from "../../src/domain/view.ts";
import { toFleetStatus } from "../../src/output/fleet-status.ts";
import { UTF8_GLYPHS } from "../../src/output/glyphs.ts";
import { formatNagios } from "../../src/output/status-nagios.ts";
import { formatPrometheus } from "../../src/output/status-prometheus.ts";
import { formatTable } from "../../src/output/status-table.ts";
import { formatWide } from "../../src/output/status-wide.ts";
import type { Style } from "../../src/output/style.ts";
import { readThresholds } from "../../src/output/thresholds.ts";
import { fleetOf } from "../support/fleet.ts";
import { aBegun, aStep, begunAt } from "../support/ledger.ts";
import { nowMs, scene } from "../support/scene.ts";

const style: Style = { colour: false, glyphs: UTF8_GLYPHS, columns: undefined, headers: true, expect: 401 };
const fleet = fleetOf({ nodes: 4 });
const nodes = fleet.nodes.map(({ name }) => name);
const wallMs = Date.parse(begunAt) + 3 * 3_600_000;
const until = "2026-11-22T07:40:00.000Z";

/** master-2, drained by ops on all nodes, as each node shows it. */
function viewOf(columns: readonly string[], part: Parameters<typeof aBegun>[0] = {}): FleetView {
  const steps = nodes.map((node) => aStep({ node, at: begunAt }));
  const facts = { intents: intentsOf([aBegun({ nodes, ...part }), ...steps]), lastAtMs: Date.parse(begunAt) };
  const records = scene(fleet, (node) => (master) => (master === 2 ? (columns[node - 1] ?? "UP") : "UP"));
  return assess(fleet, records, nowMs, { ledger: { facts, wallMs } });
}

const drifted = viewOf(["UP", "DRAIN", "DRAIN", "DOWN"]);
const bare = assess(
  fleet,
  scene(fleet, () => () => "UP"),
  nowMs,
);

describe("the table beside a ledger", () => {
  it("shows drift and a pending drain in words, on the nodes where they are", () => {
    expect(formatTable(drifted, style)).toMatchInlineSnapshot(`
      "WARNING  k8s-de1: master-2 is not drained on node01 (1 of 4 nodes), though it should be (by ops 3h ago: kernel)

      ! master-2 is not drained on node01 (1 of 4 nodes), though it should be (by ops 3h ago: kernel)
        → do it again there: k3s-lb drain master-2 --node node01; if it is over: k3s-lb enable master-2
      ✓ master-2 is DOWN on node04 with the drain by ops 3h ago (kernel) pending: it comes back drained
        → that is as it was asked; HAProxy hides a drain while a server is DOWN. To have it serve when it is back: k3s-lb enable master-2 --node node04

      MASTER    VERDICT   UP  NOT UP           SESSIONS  CHECK  TIME  REASON
      master-1  up       4/4  -                      16  weak    3ms  up on all 4 nodes
      master-2  drift    1/4  1 down, 2 drain         4  weak    3ms  not drained on node01 (1 of 4 nodes), though it should be (by ops 3h ago: kernel)
      master-3  up       4/4  -                      16  weak    3ms  up on all 4 nodes

      NODES   STATE  AGE  USABLE  1   2                     3   NOTE
      node01  fresh   0s       3  up  up                    up  master-2: up, should be drained (ops, 3h ago)
      node04  fresh   0s       2  up  DOWN (drain pending)  up  master-2: connection refused, drain pending (ops, 3h ago)

      2 of 4 nodes answer and agree: node[02-03]
      "
    `);
  });

  it("shows a drain past its time", () => {
    expect(formatTable(viewOf(Array(4).fill("DRAIN"), { until }), style)).toContain(
      "master-2 is still drained on 4 nodes (node[01-04]), whose time was over at 07:40 UTC, 20m ago",
    );
  });
});

describe("the wide table beside a ledger", () => {
  it("has a column for it, which is not there without one", () => {
    const wide = formatWide(drifted, style);
    expect(wide).toMatch(/LEDGER$/m);
    expect(wide.match(/drain, \w+$/gm)).toEqual(["drain, drift", "drain, held", "drain, held", "drain, pending"]);
    expect(formatWide(viewOf(Array(4).fill("DRAIN"), { until }), style)).toMatch(/drain, held, expired$/m);
    expect(formatWide(bare, style)).not.toContain("LEDGER");
  });
});

describe("the JSON beside a ledger", () => {
  it("says who wanted what, and where it is otherwise", () => {
    const { masters, nodes: rows } = toFleetStatus(drifted, begunAt);
    expect(masters[1]).toMatchObject({ verdict: "drift", drift: ["node01"], drainPending: ["node04"] });
    expect(masters[1]?.intent).toEqual({
      operation: "op1",
      state: "drain",
      user: "ops",
      host: "jump",
      sshClient: "10.9.0.7",
      reason: "kernel",
      since: begunAt,
      until: null,
      expired: false,
      nodes,
    });
    expect(masters[0]).toMatchObject({ drift: [], drainPending: [], intent: null });
    expect(rows.map(({ servers }) => servers[1]?.ledger)).toEqual(["drift", "held", "held", "pending"]);
    expect(rows[0]?.servers[0]?.ledger).toBeNull();
  });
});

describe("metrics beside a ledger", () => {
  it("count drift and pending drains, and tell times; none of that without a ledger", () => {
    const lines = formatPrometheus(viewOf(["UP", "DRAIN", "DRAIN", "DOWN"], { until: "2026-11-22T09:00:00.000Z" }), 1);
    const sample = (name: string) => new RegExp(`^${name}{[^}]*master-2"} (.*)$`, "m").exec(lines)?.[1];
    expect(sample("k3s_lb_master_drift_nodes")).toBe("1");
    expect(sample("k3s_lb_master_drain_pending_nodes")).toBe("1");
    expect(sample("k3s_lb_master_out_since_timestamp_seconds")).toBe(String(Date.parse(begunAt) / 1000));
    expect(sample("k3s_lb_master_out_until_timestamp_seconds")).toBe(String(Date.parse("2026-11-22T09:00:00Z") / 1000));
    expect(lines).toContain(`k3s_lb_ledger_last_timestamp_seconds{cluster="k8s-de1"} ${Date.parse(begunAt) / 1000}`);
    expect(formatPrometheus(bare, 1)).not.toMatch(/ledger|_drift_nodes|_out_since/);
  });
});

describe("the plugin's line beside a ledger", () => {
  it("counts drift, and lets a threshold take its place", () => {
    const none = readThresholds([], []);
    expect(formatNagios(drifted, none)).toMatchObject({
      severity: "WARNING",
      text: expect.stringContaining(" drift_nodes=1;"),
    });
    expect(formatNagios(bare, none).text).not.toContain("drift_nodes");
    expect(formatNagios(drifted, readThresholds(["drift_nodes=2"], [])).severity).toBe("OK");
    expect(formatNagios(drifted, readThresholds([], ["drift_nodes=0"])).severity).toBe("CRITICAL");
  });

  it("says that drift is not known where a threshold asks for it and there is no ledger", () => {
    expect(formatNagios(bare, readThresholds(["drift_nodes=0"], []))).toMatchObject({
      severity: "UNKNOWN",
      text: expect.stringContaining("drift_nodes is not known"),
    });
  });
});
