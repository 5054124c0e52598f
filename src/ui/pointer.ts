import type { MouseReport } from "./input-filter.ts";
import type { Intent } from "./intent.ts";
import { cursorOf, modeOf, type Pane, type Screen, topLevel } from "./screen.ts";
import type { SightMap, Spot } from "./sight-map.ts";
import { locate } from "./window.ts";

/** Understands the mouse. Nothing on a node can be changed by it: it asks for nothing but moving, sorting and opening. */
export type Pointer = {
  /** What a report asks for on this screen, `map` being where the viewer saw the lists. Units: `nowMs` monotonic. */
  intentOf(report: MouseReport, screen: Screen, map: SightMap, nowMs: number): Intent | undefined;
};

const wheelRows = 3;
/** Two clicks within this time on one place are meant for what was there before the first. */
const doubleMs = 500;
/** Shift, Alt and Ctrl, which are told with the button. */
const modifiers = 4 + 8 + 16;

type Row = { readonly pane: Pane; readonly id: string; readonly index: number };

export function createPointer(): Pointer {
  let last: { readonly report: MouseReport; readonly row: Row; readonly atMs: number } | undefined;

  /** The row that was clicked: the first of two clicks may move the rows, and the second still means the same one. */
  function rowAt(report: MouseReport, { ids, index, pane }: Spot, nowMs: number): Row | undefined {
    const isAgain =
      last !== undefined &&
      nowMs - last.atMs <= doubleMs &&
      report.row === last.report.row &&
      report.column === last.report.column;
    const id = index === undefined ? undefined : ids[index];
    const row = isAgain ? last?.row : index === undefined || id === undefined ? undefined : { pane, id, index };
    last = row === undefined || isAgain ? undefined : { report, row, atMs: nowMs };
    return row;
  }

  function click(report: MouseReport, screen: Screen, map: SightMap, nowMs: number): Intent | undefined {
    const spot = map[report.row];
    if (spot === undefined) return undefined;
    const title = spot.titles.find(({ from, to }) => report.column >= from && report.column < to);
    if (title !== undefined) return { kind: "order", pane: spot.pane, column: title.column };
    const row = rowAt(report, spot, nowMs);
    if (row === undefined) return undefined;
    return isUnderCursor(row, screen, spot) ? { kind: "open" } : { kind: "place", ...row };
  }

  return {
    intentOf(report, screen, map, nowMs) {
      const by = wheelOf(report);
      const mode = modeOf(screen);
      if (by !== undefined) {
        if (mode === "table") return wheel(by, screen, map[report.row]);
        return mode === "help" || hasText(screen) ? { kind: "move", by } : undefined;
      }
      // A dialog asks for something; a click that was meant for what it has covered must not answer.
      const isLeft = report.button === 0 && !report.isRelease;
      return isLeft && mode === "table" ? click(report, screen, map, nowMs) : undefined;
    },
  };
}

/** By how many rows the wheel was turned, if it was the wheel. */
function wheelOf({ button, isRelease }: MouseReport): number | undefined {
  const plain = button & ~modifiers;
  if (isRelease) return undefined;
  return plain === 64 ? -wheelRows : plain === 65 ? wheelRows : undefined;
}

/** The list under the pointer gets the cursor too: what moves is to be seen. */
function wheel(by: number, screen: Screen, spot: Spot | undefined): Intent | undefined {
  if (spot === undefined) return undefined;
  const { ids, pane } = spot;
  const { index, selected } = cursorOf(topLevel(screen), pane);
  const to = Math.max(0, Math.min(ids.length - 1, locate(ids, selected, index) + by));
  const id = ids[to];
  return id === undefined ? undefined : { kind: "place", pane, id, index: to };
}

/** Choices have no text to scroll, and the wheel must not choose. */
function hasText({ dialog }: Screen): boolean {
  return dialog !== undefined && "offset" in dialog;
}

function isUnderCursor({ id, pane }: Row, screen: Screen, { ids }: Spot): boolean {
  const level = topLevel(screen);
  const { index, selected } = cursorOf(level, pane);
  return level.pane === pane && ids[locate(ids, selected, index)] === id;
}
