import { formatDuration } from "../domain/ages.ts";
import type { CellState, CheckEvidence, MasterView, Verdict } from "../domain/view.ts";
import type { Glyphs } from "../output/glyphs.ts";
import { type Tone, verdictTone } from "../output/tone.ts";
import { shortenName } from "./shorten-name.ts";
import { span } from "./spans.ts";
import { byNumber, byText, type Column } from "./table.ts";

const worst: readonly Verdict[] = [
  "down",
  "absent",
  "path",
  "drift",
  "partly-drained",
  "unknown",
  "maint",
  "drained",
  "up",
];

const counts: readonly { readonly state: CellState; readonly title: string; readonly drop: number }[] = [
  { state: "up", title: "UP", drop: 0 },
  { state: "down", title: "DOWN", drop: 0 },
  { state: "drain", title: "DRAIN", drop: 3 },
  { state: "maint", title: "MAINT", drop: 4 },
  { state: "absent", title: "ABSENT", drop: 6 },
  { state: "unknown", title: "?", drop: 5 },
];

/** The columns of the table of masters; `prefix` is what the names share and the title line shows. */
export function masterColumns(
  masters: readonly MasterView[],
  nodeCount: number,
  prefix: string,
  glyphs: Glyphs,
): readonly Column<MasterView>[] {
  const nameOf = (master: MasterView) => master.name.slice(prefix.length);
  const nameWidth = Math.min(24, Math.max(6, ...masters.map((master) => nameOf(master).length)));
  const countWidth = String(nodeCount).length;
  return [
    {
      id: "master",
      title: "MASTER",
      width: nameWidth,
      drop: 0,
      cell: (master) => span(shortenName(nameOf(master), nameWidth, glyphs.ellipsis)),
      order: byText((master) => master.name),
    },
    {
      id: "verdict",
      title: "VERDICT",
      width: 16,
      drop: 0,
      cell: ({ verdict }) => span(`${verdictMark(verdict, glyphs)} ${verdict}`, calmTone(verdictTone(verdict))),
      order: (a, b) => worst.indexOf(a.verdict) - worst.indexOf(b.verdict),
    },
    ...counts.map(
      ({ state, title, drop }): Column<MasterView> => ({
        id: state,
        title,
        align: "right",
        width: Math.max(title.length + 1, countWidth),
        // A narrow screen has better use for a column in which every row says none.
        drop: drop > 0 && masters.every(({ nodes }) => nodes[state] === 0) ? drop + 10 : drop,
        cell: ({ nodes }) => span(nodes[state] === 0 ? "." : String(nodes[state]), countTone(state, nodes[state])),
        order: byNumber((master) => master.nodes[state]),
      }),
    ),
    {
      id: "sessions",
      title: "SESS",
      align: "right",
      width: 6,
      drop: 1,
      cell: ({ nodes, sessions }) => span(nodes.unknown === nodeCount ? "-" : String(sessions)),
      order: byNumber((master) => master.sessions),
    },
    {
      id: "pinned",
      title: "PINNED",
      align: "right",
      width: 7,
      drop: masters.every(({ pinnedSessions }) => pinnedSessions === 0) ? 17 : 2,
      cell: ({ pinnedSessions }) =>
        span(pinnedSessions === 0 ? "." : String(pinnedSessions), pinnedSessions === 0 ? "muted" : "warn"),
      order: byNumber((master) => master.pinnedSessions),
    },
    {
      id: "check",
      title: "CHECK",
      width: 12,
      drop: 2,
      cell: ({ check, checkMs }) => span(checkText(check, checkMs), check === "mixed" ? "warn" : "plain"),
      order: byNumber((master) => master.checkMs),
    },
    { id: "reason", title: "REASON", width: 14, drop: 8, grow: true, cell: ({ reason }) => span(reason) },
  ];
}

/** A verdict's mark, so that it is seen without colour and without reading. */
function verdictMark(verdict: Verdict, { cell, severity }: Glyphs): string {
  switch (verdict) {
    case "up":
      return cell.up;
    case "down":
      return cell.down;
    case "drained":
      return cell.drain;
    case "maint":
      return cell.maint;
    case "absent":
      return cell.absent;
    case "unknown":
      return cell.unknown;
    default:
      return severity.WARNING;
  }
}

/** "weak 3ms": the evidence behind the checks and how long they take. */
export function checkText(check: CheckEvidence, checkMs: number | undefined): string {
  const word = check === "none" ? "no check" : check === "unknown" ? "-" : check;
  return checkMs === undefined ? word : `${word} ${formatDuration(checkMs)}`;
}

/** What is as it should be has no colour: a healthy fleet is calm, and an unchanged one sends nothing. */
export function calmTone(tone: Tone): Tone {
  return tone === "good" ? "plain" : tone;
}

function countTone(state: CellState, count: number): Tone {
  if (count === 0) return "muted";
  if (state === "down") return "bad";
  if (state === "absent") return "warn";
  return state === "up" || state === "unknown" ? "plain" : "info";
}
