import { assess } from "./assess.ts";
import { type NodeFacts, noPage, readProcess, readRows, whyNotAsked } from "./doctor-facts.ts";
import { type DoctorCheck, type DoctorVerdict, type Finding, sayOf } from "./doctor-finding.ts";
import { emptyRecord, type NodeRecord, reduceNode } from "./fleet.ts";
import type { Fleet } from "./inventory.ts";
import { readNodeCells } from "./node-cells.ts";
import type { StatsRow } from "./stats.ts";
import type { Problem, ProblemKind, Severity } from "./view.ts";

/** The checks that hold the page beside the fleet file, or the nodes beside each other. */
const checks = ["skew", "backend", "servers", "masters"] as const satisfies readonly DoctorCheck[];

/** Which check a problem of `status` belongs to. The others are told by checks of their own, or are no matter here. */
const places: Readonly<Partial<Record<ProblemKind, DoctorCheck>>> = {
  "version-skew": "skew",
  "backend-absent": "backend",
  "server-absent": "servers",
  "server-extra": "servers",
  "weight-zero": "servers",
  "status-unknown": "servers",
  "no-master-usable": "masters",
  "node-cut-off": "masters",
  "master-down": "masters",
  "master-path": "masters",
  "master-partly-drained": "masters",
  "pinned-sessions": "masters",
  "node-restarted": "masters",
  "check-missing": "check",
};

const verdicts: Readonly<Record<Severity, Exclude<DoctorVerdict, "ok" | "skipped">>> = {
  OK: "note",
  WARNING: "warning",
  CRITICAL: "critical",
  UNKNOWN: "critical",
};

/**
 * What `status` would say of these nodes, as findings by node name. The same rules and sentences: the two commands
 * cannot disagree. Units: `nowMs` as in the readings.
 */
export function fleetFindings(
  fleet: Fleet,
  all: readonly NodeFacts[],
  nowMs: number,
): ReadonlyMap<string, readonly Finding[]> {
  const records = new Map(all.map((facts) => [facts.node.name, recordOf(facts, nowMs)]));
  const nodes = all.map(({ node }) => node);
  // One examination is one moment, however long it takes.
  const { problems } = assess({ ...fleet, nodes }, records, nowMs, { intervalMs: Number.MAX_SAFE_INTEGER });
  return new Map(all.map((facts) => [facts.node.name, nodeFindings(facts, fleet, problems)]));
}

function nodeFindings(facts: NodeFacts, fleet: Fleet, problems: readonly Problem[]): readonly Finding[] {
  const rows = readRows(facts);
  const found = problems.flatMap((problem) => {
    const check = places[problem.kind];
    return check !== undefined && problem.nodes.includes(facts.node.name) ? [findingOf(check, problem)] : [];
  });
  const silent = checks.flatMap((check) => {
    if (found.some((finding) => finding.check === check)) return [];
    if (rows === undefined) return [sayOf(check).skipped(whyNotAsked(facts) ?? noPage)];
    return [quietFinding(check, rows, facts, fleet)];
  });
  return [...found, ...silent];
}

/** What is said where `status` has nothing to say. */
function quietFinding(
  check: (typeof checks)[number],
  rows: readonly StatsRow[],
  facts: NodeFacts,
  fleet: Fleet,
): Finding {
  const say = sayOf(check);
  switch (check) {
    case "skew":
      return readProcess(facts)?.version === undefined
        ? say.skipped("the version is not known")
        : say.ok("the version that most nodes run");
    case "backend":
      return rows.some(({ proxy }) => proxy === fleet.backend)
        ? say.ok(`backend ${fleet.backend} is there`)
        : say.critical(
            `no backend ${fleet.backend}`,
            "Is `backend` right in the fleet file? k3s-lb status -o wide shows what there is.",
          );
    case "servers":
      return say.ok("one server line for every master, and no other");
    case "masters": {
      const { cells } = readNodeCells(rows, fleet, false);
      const out = cells.filter(({ state }) => state !== "up").map(({ master, state }) => `${master} ${state}`);
      return out.length === 0
        ? say.ok("every master is usable")
        : say.note(`by order, it seems: ${out.join(", ")}`, "Put it back when its time is over: k3s-lb enable.");
    }
  }
}

function findingOf(check: DoctorCheck, { severity, text, fix }: Problem): Finding {
  return { check, verdict: verdicts[severity], text, fix: fix === "" ? undefined : fix };
}

/** What a console would remember of the node after the same readings. */
function recordOf(facts: NodeFacts, nowMs: number): NodeRecord {
  const { page, later, node, connected } = facts;
  let record = emptyRecord(node.name);
  const source = page?.ok || facts.ssh?.kind === "reached" ? "stats" : "metrics";
  const see = (rows: readonly StatsRow[], atMs: number) => {
    record = reduceNode(record, { type: "polled", reading: { source, rows, atMs, durationMs: 0 } });
  };
  const rows = readRows(facts);
  if (rows !== undefined) see(rows, page?.ok ? page.atMs : nowMs);
  if (page?.ok && later?.ok) see(later.rows, later.atMs);
  const process = readProcess(facts);
  if (process !== undefined) record = reduceNode(record, { type: "identified", process, atMs: nowMs });
  if (rows !== undefined) return record;
  const failure = page?.ok === false ? page.failure : connected?.ok === false ? connected.failure : undefined;
  return failure === undefined ? record : reduceNode(record, { type: "pollFailed", failure, atMs: nowMs });
}

/** The rows with the last finished check of each, as two readings tell it. */
export function finishedRows(facts: NodeFacts, nowMs: number): readonly StatsRow[] | undefined {
  return recordOf(facts, nowMs).good?.rows;
}
