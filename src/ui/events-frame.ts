import { eventWords, type FleetEvent } from "../domain/timeline.ts";
import { cellTone, type Tone } from "../output/tone.ts";
import type { DetailText } from "./detail-text.ts";
import type { List } from "./list.ts";
import { drawPage } from "./list-page.ts";
import type { Mark } from "./marks.ts";
import { calmTone } from "./master-columns.ts";
import type { Body, FrameInput } from "./picture.ts";
import { mastersScope, nodesScope } from "./scope.ts";
import { span } from "./spans.ts";
import { byNumber, byText } from "./table.ts";

/** What happened since this console was started, the newest first; above it the selected one in full. */
export function drawEvents(input: FrameInput): Body {
  const { look, screen, timeline, view } = input;
  const wordsOf = (event: FleetEvent) => eventWords(event, look.glyphs.arrow);
  const list: List<FleetEvent> = {
    pane: "rows",
    rows: timeline.events,
    columns: [
      {
        id: "time",
        title: "UTC",
        width: 8,
        drop: 0,
        cell: ({ firstMs }) => span(clockTime(firstMs)),
        order: byNumber(({ firstMs }) => firstMs),
      },
      {
        id: "what",
        title: "WHAT HAPPENED",
        width: 20,
        drop: 0,
        grow: true,
        cell: (event) => span(wordsOf(event), calmTone(toneOf(event))),
        order: byText(wordsOf),
      },
    ],
    idOf: ({ id }) => String(id),
    wordsOf: (event) => `${clockTime(event.firstMs)} ${wordsOf(event)} ${event.nodes.join(" ")}`,
  };
  const mark = (event: FleetEvent): Mark | undefined => {
    const [only] = event.nodes;
    if (event.master !== undefined) return { kind: "master", name: event.master };
    return only === undefined ? undefined : { kind: "node", name: only };
  };
  return drawPage(input, (event) => textsOf(event, wordsOf), list, {
    target: (event) => {
      const [only] = event.nodes;
      if (event.master !== undefined) return { kind: "master", id: event.master };
      return only === undefined ? undefined : { kind: "node", id: only };
    },
    mark,
    scope: (row) =>
      row?.kind === "node"
        ? nodesScope(view, screen.marks, row, undefined)
        : mastersScope(view, screen.marks, row, undefined),
    title: "events",
  });
}

function textsOf(event: FleetEvent | undefined, wordsOf: (event: FleetEvent) => string): readonly DetailText[] {
  if (event === undefined) {
    return [{ text: "Nothing has changed since this console was started.", tone: "plain", maxLines: 1 }];
  }
  const until = event.firstMs === event.lastMs ? "" : `, until ${clockTime(event.lastMs)}`;
  return [
    { text: wordsOf(event), tone: toneOf(event), maxLines: 3 },
    {
      text: `${new Date(event.firstMs).toISOString().slice(0, 10)} ${clockTime(event.firstMs)}${until} UTC`,
      tone: "plain",
      maxLines: 1,
    },
  ];
}

function toneOf({ flaps, kind, to }: FleetEvent): Tone {
  if (flaps > 0) return "warn";
  if (kind === "restart") return "info";
  if (kind === "node") return to === "fresh" ? "good" : "warn";
  return to === "up" || to === "down" || to === "drain" || to === "maint" || to === "absent" ? cellTone(to) : "muted";
}

/** "14:02:11": a day is more than anybody looks back to on a screen. */
function clockTime(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(11, 19);
}
