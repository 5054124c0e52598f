import { defaultAdminSettings } from "../../src/domain/admin-settings.ts";
import type { FailureKind } from "../../src/domain/failure.ts";
import type { FleetNode } from "../../src/domain/inventory.ts";
import type { StatsRow } from "../../src/domain/stats.ts";
import type { Admin, Health, ServerStatus } from "../../src/domain/status.ts";
import type {
  CellState,
  FleetView,
  MasterCell,
  MasterView,
  NodeView,
  Problem,
  ServerCell,
} from "../../src/domain/view.ts";

export const BACKEND = "k8s-de1-kube-api";
export const MASTERS = ["k8s-de1-master-1", "k8s-de1-master-2", "k8s-de1-master-3"] as const;

/** A status column, read; the words of `text` decide unless a part says otherwise. */
export function aStatus(text: string, part: Partial<ServerStatus> = {}): ServerStatus {
  const health: Record<string, Health> = { UP: "up", DOWN: "down", NOLB: "stopping", DRAIN: "up", no: "unchecked" };
  const admin: Record<string, Admin> = { DRAIN: "drain", MAINT: "maint", DOWN: "unknown" };
  const [word = "", tail] = text.split(" ");
  const streak = /^(\d+)\/(\d+)$/.exec(tail ?? "");
  return {
    text,
    health: health[word] ?? "unknown",
    admin: admin[word] ?? "ready",
    streak: streak === null ? undefined : { count: Number(streak[1]), of: Number(streak[2]) },
    cause: undefined,
    via: undefined,
    ...part,
  };
}

/** A server row as the sample's stats page has it: UP, checked with 401 in 3 ms, 4 sessions. */
export function aRow(part: Partial<StatsRow> = {}): StatsRow {
  return {
    proxy: BACKEND,
    name: MASTERS[0],
    type: "server",
    status: aStatus("UP"),
    weight: 1,
    userWeight: 1,
    active: 1,
    backup: 0,
    queue: 0,
    sessions: 4,
    sessionsMax: 9,
    sessionsTotal: 120,
    sessionsPerSecond: 0,
    bytesIn: 1000,
    bytesOut: 2000,
    connectErrors: 0,
    connectRetries: 0,
    redispatches: 0,
    clientAborts: 0,
    serverAborts: 0,
    checkFailures: 0,
    downTransitions: 0,
    sinceChangeSeconds: 3600,
    downtimeSeconds: 0,
    chosenTotal: 120,
    requestsTotal: undefined,
    lastSessionSeconds: 1,
    connectTimeMs: 2,
    tracked: undefined,
    checkStatus: "L7OK",
    checkRunning: false,
    checkCode: 401,
    checkDurationMs: 3,
    checkRise: 2,
    checkFall: 2,
    checkHealth: 3,
    lastCheckText: undefined,
    checkDescription: "Layer7 check passed",
    agentStatus: undefined,
    lastAgentText: undefined,
    address: undefined,
    mode: "tcp",
    ...part,
  };
}

/** The row that fits a cell's state, so that words and numbers agree. */
export function rowOf(state: Exclude<CellState, "absent">, part: Partial<StatsRow> = {}): StatsRow {
  const noCheck = { checkStatus: undefined, checkCode: undefined, checkDurationMs: undefined } as const;
  const rows: Record<typeof state, Partial<StatsRow>> = {
    up: {},
    down: {
      status: aStatus("DOWN"),
      checkStatus: "L4CON",
      checkCode: undefined,
      checkDurationMs: 0,
      lastCheckText: "Connection refused",
      sessions: 0,
    },
    drain: { status: aStatus("DRAIN") },
    maint: { status: aStatus("MAINT"), ...noCheck, sessions: 0 },
    unknown: { status: aStatus("GONE"), ...noCheck, sessions: undefined },
  };
  return aRow({ ...rows[state], ...part });
}

/** One node's opinion of one master, one server line in the fleet's own backend. */
export function aCell(state: CellState = "up", master: string = MASTERS[0], row: Partial<StatsRow> = {}): MasterCell {
  if (state === "absent") return { master, state, servers: [], sessions: undefined };
  const server: ServerCell = {
    backend: BACKEND,
    server: master,
    row: rowOf(state, { name: master, ...row }),
    state,
    usable: state === "up",
  };
  return { master, state, servers: [server], sessions: server.row.sessions };
}

export function aNodeConfig(part: Partial<FleetNode> = {}): FleetNode {
  return {
    name: "node01",
    address: "10.8.0.11",
    ssh: undefined,
    labels: {},
    stats: { port: 1936, path: "/", username: "admin", password: undefined, tls: undefined },
    admin: defaultAdminSettings,
    poll: { intervalMs: 2000, timeoutMs: 1500, source: "stats" },
    ...part,
  };
}

/** A fresh node whose cells are the given states of the three masters. */
export function aNode(
  part: Partial<NodeView> = {},
  states: readonly CellState[] = ["up", "up", "up"],
  masters: readonly string[] = MASTERS,
): NodeView {
  const name = part.name ?? "node01";
  const address = part.address ?? "10.8.0.11";
  const labels = part.labels ?? {};
  const usableMasters = states.filter((state) => state === "up").length;
  return {
    name,
    address,
    labels,
    config: aNodeConfig({ name, address, labels }),
    record: undefined,
    state: "fresh",
    ageMs: 120,
    usableMasters,
    cutOff: false,
    votes: true,
    failure: undefined,
    version: "2.6.12",
    nodeName: undefined,
    source: "stats",
    restartedAgoMs: undefined,
    cells: masters.map((master, index) => aCell(states[index] ?? "up", master)),
    ...part,
  };
}

/** A node that does not answer and never has. */
export function aDeadNode(part: Partial<NodeView> = {}, kind: FailureKind = "unreachable"): NodeView {
  return aNode(
    {
      state: kind,
      ageMs: undefined,
      usableMasters: undefined,
      votes: false,
      version: undefined,
      source: undefined,
      failure: {
        kind,
        detail: "connection refused",
        text: "does not answer: connection refused",
        hint: "Is HAProxy running there?",
        agoMs: 300,
        forMs: 12_000,
        count: 6,
      },
      cells: MASTERS.map((master) => ({ ...aCell("unknown", master), servers: [], sessions: undefined })),
      ...part,
    },
    ["unknown", "unknown", "unknown"],
  );
}

export function aMaster(part: Partial<MasterView> = {}): MasterView {
  const name = part.name ?? MASTERS[0];
  return {
    name,
    master: { name, address: "master-1:6443" },
    verdict: "up",
    severity: "OK",
    reason: "up on all 3 nodes",
    nodes: { up: 3, down: 0, drain: 0, maint: 0, absent: 0, unknown: 0 },
    sessions: 12,
    pinnedSessions: 0,
    check: "weak",
    checkMs: 3,
    drift: [],
    drainPending: [],
    intent: undefined,
    ...part,
  };
}

export function aProblem(part: Partial<Problem> = {}): Problem {
  return {
    severity: "WARNING",
    kind: "master-path",
    master: MASTERS[1],
    nodes: ["node03"],
    text: "k8s-de1-master-2 is down on node03 only",
    fix: "Look at the path from node03 to master-2.",
    ...part,
  };
}

/** A healthy fleet of three nodes and three masters; parts replace what a test is about. */
export function aFleetView(part: Partial<FleetView> = {}): FleetView {
  return {
    cluster: "k8s-de1",
    severity: "OK",
    summary: "3 of 3 masters up on 3 nodes",
    masters: MASTERS.map((name) => aMaster({ name })),
    nodes: [1, 2, 3].map((n) => aNode({ name: `node0${n}`, address: `10.8.0.1${n}` })),
    problems: [],
    ...part,
  };
}

/** One master seen differently: down on node03, whose network path is broken; node04 does not answer at all. */
export function aTroubledFleetView(): FleetView {
  const nodes = [
    aNode({ name: "node01", address: "10.8.0.11" }),
    aNode({ name: "node02", address: "10.8.0.12" }),
    aNode({ name: "node03", address: "10.8.0.13", labels: { site: "b" } }, ["up", "down", "up"]),
    aDeadNode({ name: "node04", address: "10.8.0.14" }),
  ];
  return aFleetView({
    severity: "WARNING",
    summary: "k8s-de1-master-2 is down on node03 only; node04 does not answer",
    masters: [
      aMaster({ name: MASTERS[0], nodes: { up: 3, down: 0, drain: 0, maint: 0, absent: 0, unknown: 1 } }),
      aMaster({
        name: MASTERS[1],
        verdict: "path",
        severity: "WARNING",
        reason: "down on 1 of 3 nodes (node03): connection refused",
        nodes: { up: 2, down: 1, drain: 0, maint: 0, absent: 0, unknown: 1 },
        sessions: 8,
        pinnedSessions: 2,
      }),
      aMaster({ name: MASTERS[2], nodes: { up: 3, down: 0, drain: 0, maint: 0, absent: 0, unknown: 1 } }),
    ],
    nodes,
    problems: [
      aProblem(),
      aProblem({
        kind: "node-failure",
        master: undefined,
        nodes: ["node04"],
        text: "node04 does not answer: connection refused",
        fix: "Is HAProxy running there?",
      }),
    ],
  });
}
