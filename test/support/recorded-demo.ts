import type { Clock } from "../../src/app/clock.ts";
import { createRecorder, type RecordingSink } from "../../src/app/recorder.ts";
import { createStore } from "../../src/app/store.ts";
import { createCsvWriter } from "../../src/demo/csv-page.ts";
import { DemoFleet, demoNames } from "../../src/demo/demo-fleet.ts";
import { Incident } from "../../src/demo/incident.ts";
import { createRandom } from "../../src/demo/random.ts";
import { statsRows } from "../../src/demo/stats-rows.ts";
import { failureDetails, networkFailure } from "../../src/domain/failure.ts";
import type { NodeEvent } from "../../src/domain/fleet.ts";
import type { Operation } from "../../src/domain/history.ts";
import type { Fleet } from "../../src/domain/inventory.ts";
import { createStatsParser } from "../../src/domain/stats-csv.ts";
import { fleetOf, nodeOf } from "./fleet.ts";

/** A recording without a network: demo nodes whose pages are written and read as over one, in a time of their own. */
export type RecordedDemo = {
  readonly fleet: Fleet;
  readonly clock: Clock;
  readonly polls: () => number;
  /** All that was dispatched, where it was asked for. */
  readonly events: readonly (readonly [node: string, event: NodeEvent])[];
  /** Lets so much time pass, everybody being polled meanwhile. Units: milliseconds. */
  run(ms: number): void;
};

const startWallMs = Date.UTC(2026, 10, 26);
const intervalMs = 2_000;
/** The poller wakes up this often, and answers take from 1 to 4 ms, now and then up to 20 more. */
const tickMs = 25;

/** `moreBytes`: sessions move their bytes all the time, as with `option contstats`. */
export function recordDemo(
  sinks: readonly RecordingSink[],
  options: {
    readonly nodes: number;
    readonly hasIncident?: boolean;
    readonly moreBytes?: boolean;
    readonly keepsEvents?: boolean;
    /** What the ledger tells of from the beginning on. */
    readonly operations?: readonly Operation[];
  },
): RecordedDemo {
  let nowMs = 0;
  let polls = 0;
  const clock: Clock = { now: () => nowMs, wall: () => startWallMs + nowMs, after: () => () => undefined };
  const demo = new DemoFleet(
    { nodes: options.nodes, masters: 3, version: "2.6.12", seed: 1, uptimeMs: 10_800_000 },
    { now: () => clock.wall() },
  );
  const incident = options.hasIncident === true ? new Incident(demo) : undefined;
  const fleet: Fleet = {
    ...fleetOf(),
    backend: demoNames.backend,
    masters: demo.masters.map((name) => ({ name, address: `${name}:6443` })),
    nodes: demo.nodes.map(({ name, site }, index) => nodeOf(name, { address: `10.8.0.${index}`, labels: { site } })),
  };
  const events: [node: string, event: NodeEvent][] = [];
  const recorder = createRecorder({ nodes: fleet.nodes, clock, store: createStore(), sinks });
  const { store } = recorder;
  if (options.operations !== undefined) recorder.operations(options.operations);
  const writePage = createCsvWriter("2.6.12");
  const parse = createStatsParser();
  const random = createRandom(7);
  const encoder = new TextEncoder();
  const extra = demo.nodes.map(() => demo.masters.map(() => ({ in: 0, out: 0 })));
  const dueMs = demo.nodes.map((_, index) => (index * intervalMs) / demo.nodes.length);

  function poll(index: number): void {
    const node = demo.nodes[index];
    if (node === undefined) return;
    polls += 1;
    if (node.reachability !== "open") {
      const failure = networkFailure("unreachable", failureDetails.refused);
      happen(node.name, { type: "pollFailed", failure, atMs: nowMs });
      return;
    }
    const haproxy = demo.visit(node);
    const page = writePage(statsRows(haproxy, clock.wall()));
    haproxy.listener.requests += 1;
    haproxy.listener.bytesOut += page.length + 150;
    const parsed = parse(encoder.encode(page));
    if (!parsed.ok) throw new Error(parsed.reason);
    const rows = options.moreBytes === true ? flowing(parsed.rows, extra[index] ?? [], random) : parsed.rows;
    const reading = { source: "stats", rows, atMs: nowMs, durationMs: 2 } as const;
    happen(node.name, { type: "polled", reading });
  }

  function happen(node: string, event: NodeEvent): void {
    if (options.keepsEvents === true) events.push([node, event]);
    store.dispatch(node, event);
  }

  return {
    fleet,
    clock,
    polls: () => polls,
    events,
    run(ms) {
      const untilMs = nowMs + ms;
      for (;;) {
        const next = dueMs.reduce((least, due, index) => (due < (dueMs[least] ?? 0) ? index : least), 0);
        const due = dueMs[next] ?? 0;
        if (due >= untilMs) break;
        dueMs[next] = due + intervalMs;
        const latencyMs = 1 + random() * 3 + (random() < 0.05 ? random() * 20 : 0);
        nowMs = Math.max(nowMs, Math.ceil(due / tickMs) * tickMs + latencyMs);
        incident?.advance();
        poll(next);
      }
      nowMs = Math.max(nowMs, untilMs);
    },
  };
}

type Rows = Extract<ReturnType<ReturnType<typeof createStatsParser>>, { ok: true }>["rows"];

/** Every server's sessions move some bytes; the backend's and the frontend's are their sums. */
function flowing(rows: Rows, extra: { in: number; out: number }[], random: () => number): Rows {
  const servers = rows.filter(({ type }) => type === "server");
  servers.forEach(({ sessions = 0 }, index) => {
    const flow = extra[index];
    if (flow === undefined || sessions === 0) return;
    flow.in += Math.floor(sessions * (200 + random() * 1_500));
    flow.out += Math.floor(sessions * (500 + random() * 20_000));
  });
  const sum = { in: extra.reduce((all, one) => all + one.in, 0), out: extra.reduce((all, one) => all + one.out, 0) };
  return rows.map((row) => {
    if (row.proxy === "stats") return row;
    const more = row.type === "server" ? (extra[servers.indexOf(row)] ?? sum) : sum;
    return { ...row, bytesIn: (row.bytesIn ?? 0) + more.in, bytesOut: (row.bytesOut ?? 0) + more.out };
  });
}
