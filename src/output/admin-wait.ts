import { foldNames } from "../domain/fold.ts";
import type { WaitNode } from "../domain/wait.ts";
import { counted } from "./admin-words.ts";
import { paint, strong } from "./colour.ts";
import type { Style } from "./style.ts";
import { tableLines, wrapLines } from "./table.ts";
import type { Tone } from "./tone.ts";

/**
 * What was waited for (`--wait`, `--kill`), and how it stood at the end. `before` is what the nodes had when the wait
 * began, by name; `undefined` sessions: nobody counted them. `notes` are sentences on what cannot be seen.
 */
export type WaitReport = {
  readonly outcome: "done" | "contradicted" | "timed-out" | "interrupted";
  readonly aim: "sessions" | "up";
  readonly before: ReadonlyMap<string, number | undefined>;
  readonly nodes: readonly WaitNode[];
  readonly notes: readonly string[];
};

const barCells = 16;

/**
 * How far a wait is, on one line: "[######----------] 15/40 nodes, sessions 412→37: node07 5→3, node09 12". What comes
 * after the colon are the nodes still waited for, and may be cut.
 */
export function waitLine(
  nodes: readonly WaitNode[],
  before: WaitReport["before"],
  { aim, arrow }: { readonly aim: WaitReport["aim"]; readonly arrow: string },
): string {
  const done = nodes.filter(({ state }) => state !== "waiting").length;
  const filled = nodes.length === 0 ? barCells : Math.floor((done / nodes.length) * barCells);
  const bar = `[${"#".repeat(filled)}${"-".repeat(barCells - filled)}]`;
  const waiting = nodes.filter(({ state }) => state === "waiting");
  const sums = aim === "sessions" ? `, sessions ${sumOf(before.values())}${arrow}${sumNow(nodes)}` : "";
  const each = waiting.map((node) => `${node.node} ${aim === "up" ? node.detail : ownSessions(node, before, arrow)}`);
  const rest = each.length === 0 ? "" : `: ${each.join(", ")}`;
  return `${bar} ${done}/${counted(nodes.length, "node")}${sums}${rest}`;
}

function ownSessions({ node, sessions, detail }: WaitNode, before: WaitReport["before"], arrow: string): string {
  const first = before.get(node);
  if (sessions === undefined) return detail;
  return first === undefined || first === sessions ? String(sessions) : `${first}${arrow}${sessions}`;
}

/** The sum of what is known, or "?" where nothing is. */
function sumOf(sessions: Iterable<number | undefined>): string {
  const known = [...sessions].filter((each) => each !== undefined);
  return known.length === 0 ? "?" : String(known.reduce((sum, each) => sum + each, 0));
}

function sumNow(nodes: readonly WaitNode[]): string {
  return sumOf(nodes.map(({ sessions }) => sessions));
}

const OUTCOME_WORDS: Readonly<Record<WaitReport["outcome"], string>> = {
  done: "Waited, and it came",
  contradicted: "Waited, and somebody changed it meanwhile",
  "timed-out": "Waited, and it did not come in time",
  interrupted: "Waiting was interrupted",
};

const STATE_TONES: Readonly<Record<WaitNode["state"], Tone>> = { done: "good", waiting: "warn", contradicted: "bad" };

/** How a wait ended, for eyes: one line for the whole, the nodes folded by what they show, what could not be seen. */
export function waitLines(wait: WaitReport, style: Style): readonly string[] {
  const { aim, nodes, notes, outcome } = wait;
  const sums =
    aim === "sessions" ? `, sessions ${sumOf(wait.before.values())}${style.glyphs.arrow}${sumNow(nodes)}` : "";
  const alike = Map.groupBy(nodes, ({ state, detail }) =>
    JSON.stringify([state, state === "done" && aim === "up" ? "" : detail]),
  );
  const rows = [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const detail = first.state === "done" && aim === "up" ? "UP, checks passed" : first.detail;
    return [
      [
        { text: first.state, tone: STATE_TONES[first.state] },
        String(group.length),
        foldNames(group.map(({ node }) => node)),
        detail,
      ],
    ];
  });
  const columns = [
    { head: "WAIT" },
    { head: "COUNT", align: "right" } as const,
    { head: "NODES", shrinkTo: 12 },
    { head: "SHOWS", shrinkTo: 12 },
  ];
  return [
    strong(`${OUTCOME_WORDS[outcome]}: ${counted(nodes.length, "node")}${sums}`, style.colour),
    ...tableLines(columns, rows, style),
    ...notes.flatMap((note) => {
      const mark = paint(style.glyphs.severity.WARNING, "warn", style.colour);
      const [first = "", ...rest] = wrapLines(note, style.columns, "  ", "  ");
      return [`${mark} ${first.slice(2)}`, ...rest];
    }),
  ];
}
