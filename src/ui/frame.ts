import { severityTone } from "../output/tone.ts";
import { drawBar, drawLongNote } from "./bar.ts";
import { drawClusters } from "./clusters-frame.ts";
import { refreshed } from "./column-chooser.ts";
import { commandContext } from "./command-word.ts";
import { drawDetail } from "./detail-frame.ts";
import { drawDialog } from "./dialog-frame.ts";
import { drawEvents } from "./events-frame.ts";
import { drawFleet } from "./fleet-frame.ts";
import { helpLines } from "./help-lines.ts";
import { keyFor } from "./key-hint.ts";
import { drawCommandLines } from "./line-bar.ts";
import { drawOperations } from "./operations-frame.ts";
import type { Body, Frame, FrameInput } from "./picture.ts";
import { drawAllProblems } from "./problems-frame.ts";
import { topLevel } from "./screen.ts";
import type { Sight } from "./sight.ts";
import { coverMap } from "./sight-map.ts";
import { paintLine, span } from "./spans.ts";

/** What is drawn needs at least this many columns and rows. */
const minimum = { columns: 60, rows: 15 };

const nothing: Sight = {
  panes: [],
  ids: [],
  height: 1,
  columns: [],
  helpLines: 0,
  labels: [],
  target: undefined,
  row: undefined,
  copy: undefined,
  scope: undefined,
  dialog: undefined,
  map: [],
};

/** Draws the screen. Pure: the same input gives the same lines. */
export function drawFrame(input: FrameInput): Frame {
  const frame = drawLines(input);
  const { ellipsis, utf8 } = input.look.glyphs;
  // Texts that were cut on their way here end in a mark of another alphabet, as wide as ours.
  return utf8 ? frame : { ...frame, lines: frame.lines.map((line) => line.replaceAll("…", ellipsis)) };
}

function drawLines(input: FrameInput): Frame {
  const { facts, look, screen, size, view } = input;
  if (size.columns < minimum.columns || size.rows < minimum.rows) return drawTooSmall(input);
  const body = drawBody(input);
  const rows = size.rows - 1;
  const filled = Array.from({ length: rows }, (_, row) => body.lines[row] ?? "");
  const bar = drawBar(view, screen, facts, body, size.columns, look);
  if (screen.dialog === undefined) {
    const last = drawCommand(input, body.sight) ?? drawLongNote(screen, size.columns, look) ?? [bar];
    const above = size.rows - last.length;
    const map = coverMap(body.sight.map, above);
    return { lines: [...filled.slice(0, above), ...last], sight: { ...body.sight, map }, screen: body.screen };
  }
  const { dialog, lines, sight } = drawDialog(input, refreshed(screen.dialog, body.sight));
  const seen = filled.slice(0, rows - lines.length);
  return {
    lines: [...seen, ...lines, bar],
    sight: { ...body.sight, dialog: sight, map: [] },
    screen: { ...body.screen, dialog },
  };
}

/** The last lines while a command is typed. */
function drawCommand(
  { clusters = [], facts, look, screen, size, view }: FrameInput,
  sight: Sight,
): readonly string[] | undefined {
  if (screen.command === undefined) return undefined;
  const context = commandContext(view, sight, {
    ...{ lock: facts.lock, isReplay: facts.replay !== undefined },
    clusters: clusters.map(({ name }) => name),
  });
  return drawCommandLines(screen.command, context, size.columns, look);
}

function drawBody(input: FrameInput): Body {
  if (input.screen.helpOffset !== undefined) return drawHelp(input, input.screen.helpOffset);
  const { place } = topLevel(input.screen);
  switch (place.kind) {
    case "fleet":
      return drawFleet(input);
    case "events":
      return drawEvents(input);
    case "operations":
      return drawOperations(input);
    case "problems":
      return drawAllProblems(input);
    case "clusters":
      return drawClusters(input);
    default:
      return drawDetail(input, place);
  }
}

function drawHelp({ facts, look, screen, size }: FrameInput, offset: number): Body {
  const { columns } = size;
  const lines = helpLines(look, {
    canAct: facts.lock.kind !== "absent",
    isReplay: facts.replay !== undefined,
    columns,
  });
  const height = size.rows - 1;
  const first = Math.max(0, Math.min(offset, lines.length - height));
  const shown = lines.slice(first, first + height).map((line) => paintLine([span(line)], columns, look));
  return {
    lines: shown,
    sight: { ...nothing, height, helpLines: lines.length },
    screen,
    list: { shown: 0, total: 0, filterNote: undefined },
  };
}

/** Too small to draw anything true about the whole: the worst in words, and what is needed. */
function drawTooSmall({ look, screen, size, view }: FrameInput): Frame {
  const texts = [
    [span(`${view.severity}: `, severityTone(view.severity)), span(view.summary)],
    [span(`k3s-lb top needs ${minimum.columns}x${minimum.rows}; this is ${size.columns}x${size.rows}.`)],
    [span(`Make the window larger; ${keyFor(look, "leave") ?? keyFor(look, "quit")} quits.`)],
  ];
  const lines = texts.slice(0, size.rows).map((spans) => paintLine(spans, size.columns, look));
  return { lines, sight: nothing, screen };
}
