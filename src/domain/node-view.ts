import { describeFailure } from "./describe-failure.ts";
import type { FailureKind } from "./failure.ts";
import type { NodeRecord } from "./fleet.ts";
import type { FleetNode } from "./inventory.ts";
import type { NodeCells } from "./node-cells.ts";
import type { NodeFailure, NodeState, NodeView } from "./view.ts";

/** An answer that says no, which holds at once; the others are weather and may be over with the next poll. */
const refusals: ReadonlySet<FailureKind> = new Set(["unauthorized", "forbidden", "tls", "http-status", "not-stats"]);

/**
 * How much a node's word is worth now.
 * Fresh: the last good answer is at most two intervals old, and no refusal came after it. A gap (this console slept)
 * makes what was known before worthless at once, but it is not the node's fault: pending for two intervals.
 * Units: `intervalMs` is the interval in force. Source: design §4.
 */
function nodeState(record: NodeRecord | undefined, intervalMs: number, nowMs: number): NodeState {
  if (record === undefined) return "pending";
  const { good, failure, gapAtMs } = record;
  const lastMs = Math.max(good?.atMs ?? Number.NEGATIVE_INFINITY, failure?.atMs ?? Number.NEGATIVE_INFINITY);
  if (gapAtMs !== undefined && lastMs < gapAtMs && nowMs - gapAtMs <= 2 * intervalMs) return "pending";
  const failing = failure !== undefined && (good === undefined || failure.atMs > good.atMs) ? failure : undefined;
  if (good === undefined) return failing?.failure.kind ?? "pending";
  const isOld = nowMs - good.atMs > 2 * intervalMs || (gapAtMs !== undefined && good.atMs < gapAtMs);
  if (failing !== undefined && (isOld || refusals.has(failing.failure.kind))) return failing.failure.kind;
  return isOld ? "stale" : "fresh";
}

/** One node as a whole; whether it is cut off shows only beside the others, so that is left open here. */
export function viewNode(
  config: FleetNode,
  record: NodeRecord | undefined,
  known: NodeCells,
  intervalMs: number,
  nowMs: number,
): NodeView {
  const state = nodeState(record, intervalMs, nowMs);
  const good = record?.good;
  return {
    name: config.name,
    address: config.address,
    labels: config.labels,
    config,
    record,
    state,
    ageMs: good === undefined ? undefined : nowMs - good.atMs,
    usableMasters: state === "fresh" ? known.usableMasters : undefined,
    cutOff: false,
    votes: state === "fresh",
    failure: standingFailure(config, record, nowMs),
    version: record?.process?.version,
    nodeName: record?.process?.nodeName,
    source: good?.source,
    restartedAgoMs: record?.restartedAtMs === undefined ? undefined : nowMs - record.restartedAtMs,
    cells: known.cells,
  };
}

/** The failure that came after the last good answer, in words. */
function standingFailure(config: FleetNode, record: NodeRecord | undefined, nowMs: number): NodeFailure | undefined {
  const last = record?.failure;
  if (last === undefined || (record?.good !== undefined && record.good.atMs >= last.atMs)) return undefined;
  const { text, hint } = describeFailure(last.failure, config);
  const { kind, detail } = last.failure;
  return { kind, detail, text, hint, agoMs: nowMs - last.atMs, forMs: nowMs - last.sinceMs, count: last.count };
}
