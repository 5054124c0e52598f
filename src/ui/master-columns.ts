import { formatAge, formatDuration } from "../domain/ages.ts";
import { holdsTooMuch, shareOf, trafficOf } from "../domain/traffic.ts";
import type { CellState, CheckEvidence, FleetView, MasterView, Verdict } from "../domain/view.ts";
import type { Glyphs } from "../output/glyphs.ts";
import { type Tone, verdictTone } from "../output/tone.ts";
import type { DraftColumn } from "./own-table.ts";
import { shortenName } from "./shorten-name.ts";
import { type Span, span } from "./spans.ts";
import { byNumber, byText } from "./table.ts";
import { once, trafficColumns } from "./traffic-columns.ts";

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

const counts: readonly { readonly state: CellState; readonly width: number; readonly drop: number }[] = [
  { state: "up", width: 3, drop: 0 },
  { state: "down", width: 5, drop: 0 },
  { state: "drain", width: 6, drop: 3 },
  { state: "maint", width: 6, drop: 4 },
  { state: "absent", width: 7, drop: 6 },
  { state: "unknown", width: 2, drop: 5 },
];

/** The columns of the table of masters; `prefix` is what the names share and the title line shows. */
export function masterColumns(
  { masters, nodes }: FleetView,
  prefix: string,
  glyphs: Glyphs,
): readonly DraftColumn<MasterView>[] {
  const nodeCount = nodes.length;
  const traffic = once((master: MasterView) => trafficOf(nodes, masters.indexOf(master)));
  const nameOf = (master: MasterView) => master.name.slice(prefix.length);
  const nameWidth = Math.min(24, Math.max(6, ...masters.map((master) => nameOf(master).length)));
  const countWidth = String(nodeCount).length;
  return [
    {
      id: "master",
      width: nameWidth,
      drop: 0,
      isName: true,
      cell: (master) => span(shortenName(nameOf(master), nameWidth, glyphs.ellipsis)),
      order: byText((master) => master.name),
    },
    {
      id: "verdict",
      width: 16,
      drop: 0,
      cell: ({ verdict }) => span(`${verdictMark(verdict, glyphs)} ${verdict}`, calmTone(verdictTone(verdict))),
      order: (a, b) => worst.indexOf(a.verdict) - worst.indexOf(b.verdict),
    },
    ...counts.map(
      ({ state, width, drop }): DraftColumn<MasterView> => ({
        id: state,
        align: "right",
        width: Math.max(width, countWidth),
        // A narrow screen has better use for a column in which every row says none.
        drop: drop > 0 && masters.every((master) => master.nodes[state] === 0) ? drop + 10 : drop,
        cell: (master) => countSpan(state, master.nodes[state]),
        order: byNumber((master) => master.nodes[state]),
      }),
    ),
    {
      id: "sessions",
      align: "right",
      width: 6,
      drop: 1,
      cell: ({ nodes, sessions }) => span(nodes.unknown === nodeCount ? "-" : String(sessions)),
      order: byNumber((master) => master.sessions),
    },
    {
      id: "share",
      align: "right",
      width: 6,
      drop: 19,
      cell: (master) => shareSpan(master, masters),
      order: byNumber((master) => shareOf(master, masters)),
    },
    {
      id: "pinned",
      align: "right",
      width: 7,
      drop: masters.every(({ pinnedSessions }) => pinnedSessions === 0) ? 17 : 2,
      cell: ({ pinnedSessions }) =>
        span(pinnedSessions === 0 ? "." : String(pinnedSessions), pinnedSessions === 0 ? "muted" : "warn"),
      order: byNumber((master) => master.pinnedSessions),
    },
    {
      id: "check",
      width: 12,
      drop: 2,
      cell: ({ check, checkMs }) => span(checkText(check, checkMs), check === "mixed" ? "warn" : "plain"),
      order: byNumber((master) => master.checkMs),
    },
    ...trafficColumns(traffic),
    {
      id: "changed",
      align: "right",
      width: 6,
      drop: 28,
      cell: (master) => span(formatAge(traffic(master).changedAgoMs)),
      // What changed last is the news.
      order: (a, b) => (traffic(a).changedAgoMs ?? Infinity) - (traffic(b).changedAgoMs ?? Infinity) || 0,
    },
    {
      id: "downtime",
      align: "right",
      width: 9,
      drop: 29,
      cell: (master) => span(formatAge(traffic(master).downtimeMs)),
      order: byNumber((master) => traffic(master).downtimeMs),
    },
    {
      id: "address",
      width: 21,
      drop: 30,
      cell: ({ master }) => span(shortenName(master.address, 21, glyphs.ellipsis)),
      order: byText(({ master }) => master.address),
    },
    {
      id: "reason",
      width: 14,
      drop: 8,
      grow: true,
      cell: ({ reason }) => span(reason),
      order: byText(({ reason }) => reason),
    },
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

function countSpan(state: CellState, count: number): Span {
  return span(count === 0 ? "." : String(count), countTone(state, count));
}

/** Marked where a master holds more than twice what would be fair; such sessions move only when they end. */
function shareSpan(master: MasterView, masters: readonly MasterView[]): Span {
  const share = shareOf(master, masters);
  if (share === undefined) return span("-");
  const isTooMuch = holdsTooMuch(master, masters);
  return span(`${Math.round(share * 100)}%${isTooMuch ? "!" : ""}`, isTooMuch ? "warn" : "plain");
}

function countTone(state: CellState, count: number): Tone {
  if (count === 0) return "muted";
  if (state === "down") return "bad";
  if (state === "absent") return "warn";
  return state === "up" || state === "unknown" ? "plain" : "info";
}
