import type { Intent } from "./intent.ts";
import type { Mode } from "./keymap.ts";
import { locate } from "./window.ts";

/** What is looked at: the fleet, or one master, node or problem of it. `id` is its name; a problem's `problemId`. */
export type Place =
  | { readonly kind: "fleet" }
  | { readonly kind: "master"; readonly id: string }
  | { readonly kind: "node"; readonly id: string }
  | { readonly kind: "problem"; readonly id: string };

/** The lists that can hold the cursor: three on the fleet's screen, `rows` on the others. */
export type Pane = "problems" | "masters" | "nodes" | "rows";

/** `undefined` is the order in which the pane comes by itself: worst first, or the fleet file's. */
export type Sort = { readonly column: string; readonly reverse: boolean };

/** `selected` is a row's identity; `undefined` stays on the first row, whatever that is. */
export type Cursor = {
  readonly selected: string | undefined;
  readonly index: number;
  readonly offset: number;
  readonly sort: Sort | undefined;
};

/** One level of the way in; leaving it forgets it. */
export type Level = {
  readonly place: Place;
  readonly pane: Pane;
  readonly cursors: Readonly<Partial<Record<Pane, Cursor>>>;
  readonly filter: string;
};

/** All that belongs to the viewer and not to the fleet. `stack` is never empty; its last level is on the screen. */
export type Screen = {
  readonly stack: readonly [Level, ...Level[]];
  readonly typing: boolean;
  readonly helpOffset: number | undefined;
  readonly paused: boolean;
};

/** What the reducer must know of the frame that the viewer looked at when the key was pressed. */
export type Sight = {
  readonly panes: readonly Pane[];
  readonly ids: readonly string[];
  readonly height: number;
  readonly columns: readonly string[];
  readonly helpLines: number;
  /** What Enter would open. */
  readonly target: Place | undefined;
};

/** Longer texts are pasted by mistake, and each of their characters would be looked for in every row. */
const longestFilter = 200;

const noCursor: Cursor = { selected: undefined, index: 0, offset: 0, sort: undefined };

/** The fleet, with the cursor on the first of its nodes. */
export function createScreen(): Screen {
  return { stack: [levelOf({ kind: "fleet" }, "nodes")], typing: false, helpOffset: undefined, paused: false };
}

export function topLevel(screen: Screen): Level {
  return screen.stack.at(-1) ?? screen.stack[0];
}

export function cursorOf(level: Level, pane: Pane = level.pane): Cursor {
  return level.cursors[pane] ?? noCursor;
}

export function modeOf(screen: Screen): Mode {
  if (screen.helpOffset !== undefined) return "help";
  return screen.typing ? "filter" : "table";
}

/** Serves an intent that is the viewer's own; others leave the screen as it is. The same object when nothing changed. */
export function reduceScreen(screen: Screen, intent: Intent, sight: Sight): Screen {
  if (intent.kind === "pause") return { ...screen, paused: !screen.paused };
  if (screen.helpOffset !== undefined) return reduceHelp(screen, screen.helpOffset, intent, sight);
  if (screen.typing) return reduceTyping(screen, intent);
  switch (intent.kind) {
    case "move":
      return moveTo(screen, sight, (index) => index + intent.by);
    case "page":
      return moveTo(screen, sight, (index) => index + Math.trunc(intent.by * Math.max(2, sight.height)));
    case "edge":
      return intent.to === "top"
        ? putCursor(screen, noCursorBut(screen))
        : moveTo(screen, sight, () => sight.ids.length);
    case "pane":
      return changeTop(screen, { pane: nextPane(topLevel(screen).pane, sight.panes, intent.by) });
    case "open":
      return sight.target === undefined ? screen : push(screen, sight.target);
    case "back":
    case "leave":
      return goBack(screen);
    case "help":
      return { ...screen, helpOffset: 0 };
    case "filter":
      return { ...screen, typing: true };
    case "sort":
      return putCursor(screen, { sort: nextSort(cursorOf(topLevel(screen)).sort, sight.columns, intent.by) });
    case "reverse":
      return reverseSort(screen, sight);
    default:
      return screen;
  }
}

/** Puts the cursor where the last frame drew it, so that it stays there. */
export function settle(screen: Screen, pane: Pane, index: number, offset: number): Screen {
  const cursor = cursorOf(topLevel(screen), pane);
  if (cursor.index === index && cursor.offset === offset) return screen;
  return changeTop(screen, { cursors: { ...topLevel(screen).cursors, [pane]: { ...cursor, index, offset } } });
}

/** On the first screen without a filter there is nothing to go back to: that is where `q` quits. */
export function canGoBack(screen: Screen): boolean {
  return screen.helpOffset !== undefined || screen.typing || screen.stack.length > 1;
}

function levelOf(place: Place, pane: Pane): Level {
  return { place, pane, cursors: {}, filter: "" };
}

function changeTop(screen: Screen, change: Partial<Level>): Screen {
  const [first, ...others] = screen.stack;
  const last = others.pop();
  if (last === undefined) return { ...screen, stack: [{ ...first, ...change }] };
  return { ...screen, stack: [first, ...others, { ...last, ...change }] };
}

function push(screen: Screen, place: Place): Screen {
  return { ...screen, stack: [...screen.stack, levelOf(place, "rows")] };
}

function goBack(screen: Screen): Screen {
  const [first, ...others] = screen.stack;
  if (others.length > 0) return { ...screen, stack: [first, ...others.slice(0, -1)] };
  return first.filter === "" ? screen : changeTop(screen, { filter: "" });
}

function putCursor(screen: Screen, change: Partial<Cursor>): Screen {
  const level = topLevel(screen);
  return changeTop(screen, { cursors: { ...level.cursors, [level.pane]: { ...cursorOf(level), ...change } } });
}

function noCursorBut(screen: Screen): Cursor {
  return { ...noCursor, sort: cursorOf(topLevel(screen)).sort };
}

function moveTo(screen: Screen, sight: Sight, to: (index: number) => number): Screen {
  if (sight.ids.length === 0) return screen;
  const cursor = cursorOf(topLevel(screen));
  const from = locate(sight.ids, cursor.selected, cursor.index);
  const index = Math.max(0, Math.min(sight.ids.length - 1, to(from)));
  return putCursor(screen, { selected: sight.ids[index], index });
}

function nextPane(pane: Pane, panes: readonly Pane[], by: number): Pane {
  const at = panes.indexOf(pane);
  return panes[(at + by + panes.length) % panes.length] ?? pane;
}

function nextSort(sort: Sort | undefined, columns: readonly string[], by: number): Sort | undefined {
  const choices = [undefined, ...columns];
  const at = choices.indexOf(sort?.column);
  const column = choices[(at + by + choices.length) % choices.length];
  return column === undefined ? undefined : { column, reverse: false };
}

function reverseSort(screen: Screen, sight: Sight): Screen {
  const sort = cursorOf(topLevel(screen)).sort;
  const [column] = sight.columns;
  if (sort !== undefined) return putCursor(screen, { sort: { ...sort, reverse: !sort.reverse } });
  return column === undefined ? screen : putCursor(screen, { sort: { column, reverse: true } });
}

function reduceHelp(screen: Screen, offset: number, intent: Intent, { helpLines, height }: Sight): Screen {
  const scrollTo = (to: number) => ({
    ...screen,
    helpOffset: Math.max(0, Math.min(helpLines - height, to)),
  });
  switch (intent.kind) {
    case "move":
      return scrollTo(offset + intent.by);
    case "page":
      return scrollTo(offset + Math.trunc(intent.by * height));
    case "edge":
      return scrollTo(intent.to === "top" ? 0 : helpLines);
    case "help":
    case "back":
    case "leave":
      return { ...screen, helpOffset: undefined };
    default:
      return screen;
  }
}

function reduceTyping(screen: Screen, intent: Intent): Screen {
  const { filter } = topLevel(screen);
  switch (intent.kind) {
    case "type":
      return changeTop(screen, { filter: (filter + intent.text).slice(0, longestFilter) });
    case "erase":
      if (filter === "") return { ...screen, typing: false };
      return changeTop(screen, { filter: intent.what === "all" ? "" : [...filter].slice(0, -1).join("") });
    case "accept":
      return { ...screen, typing: false };
    case "back":
      return { ...changeTop(screen, { filter: "" }), typing: false };
    default:
      return screen;
  }
}
