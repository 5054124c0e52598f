import type { CellState, NodeState, NodeView, Severity, Verdict } from "../domain/view.ts";

/**
 * What a text means to the eye, computed from state and never from another text. `colour.ts` turns it into the
 * terminal's own palette; colour never carries meaning alone, the text beside it says the same.
 * `good` works, `warn` needs a look, `bad` needs hands, `info` is out of service on purpose, `muted` is old or unknown.
 */
export type Tone = "good" | "warn" | "bad" | "info" | "muted" | "plain";

const SEVERITY_TONES: Readonly<Record<Severity, Tone>> = {
  OK: "good",
  WARNING: "warn",
  CRITICAL: "bad",
  UNKNOWN: "warn",
};

const CELL_TONES: Readonly<Record<CellState, Tone>> = {
  up: "good",
  down: "bad",
  drain: "info",
  maint: "info",
  absent: "warn",
  unknown: "muted",
};

const VERDICT_TONES: Readonly<Record<Verdict, Tone>> = {
  up: "good",
  path: "warn",
  down: "bad",
  drained: "info",
  maint: "info",
  "partly-drained": "warn",
  drift: "warn",
  absent: "warn",
  unknown: "muted",
};

export function severityTone(severity: Severity): Tone {
  return SEVERITY_TONES[severity];
}

export function cellTone(state: CellState): Tone {
  return CELL_TONES[state];
}

export function verdictTone(verdict: Verdict): Tone {
  return VERDICT_TONES[verdict];
}

/** The tone of a node's reachability alone. */
export function nodeStateTone(state: NodeState): Tone {
  if (state === "fresh") return "good";
  if (state === "pending") return "muted";
  return "warn";
}

/** The tone of a node as a whole: a fresh node without a usable master is the worst there is. */
export function nodeTone(node: NodeView): Tone {
  if (node.state !== "fresh") return nodeStateTone(node.state);
  if (node.usableMasters === 0) return "bad";
  return node.cells.every((cell) => cell.state === "up") ? "good" : "warn";
}
