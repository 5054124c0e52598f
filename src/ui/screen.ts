import { openChooser, reduceChooser } from "./column-chooser.ts";
import { type Dialog, dialogModes, reduceDialog } from "./dialog.ts";
import type { Intent, View } from "./intent.ts";
import type { Mode } from "./key-binding.ts";
import { type Marks, noMarks, toggleMark } from "./marks.ts";
import type { MatrixMode } from "./matrix-cell.ts";
import { type Choices, noChoices, withSort } from "./own-table.ts";
import { pointed } from "./pointed.ts";
import { noRecall, type Recall } from "./recall.ts";
import { changeGroup, changeMatrix, nextPane } from "./round.ts";
import { reduceFilter, reduceHelp } from "./screen-lines.ts";
import type { Extent } from "./scrolling.ts";
import type { Sight } from "./sight.ts";
import { nextSort, ordered, reversed, type Sort } from "./sort.ts";
import { lineOf, reduceLine, type TypedLine } from "./typed-line.ts";
import { locate } from "./window.ts";

/** What is looked at: the fleet, a page of it, or one master, node or problem. `id` is its name; a problem's `problemId`. */
export type Place =
  | { readonly kind: "fleet" }
  | { readonly kind: View }
  | { readonly kind: "master"; readonly id: string }
  | { readonly kind: "node"; readonly id: string }
  | { readonly kind: "group"; readonly id: string }
  | { readonly kind: "problem"; readonly id: string };

/** The lists that can hold the cursor: three on the fleet's screen, `rows` on the others. */
export type Pane = "problems" | "masters" | "nodes" | "rows";

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
  /** The filter while it is typed; what it filters by is in its level. */
  readonly typing: TypedLine | undefined;
  readonly helpOffset: number | undefined;
  readonly paused: boolean;
  /** The label by which the nodes are grouped. */
  readonly group: string | undefined;
  /** What the matrix shows. */
  readonly mode: MatrixMode;
  /** Which columns the tables have, and in which order their rows come. */
  readonly choices: Choices;
  readonly marks: Marks;
  /** The command as far as it is typed. */
  readonly command: TypedLine | undefined;
  readonly recall: Recall;
  readonly dialog: Dialog | undefined;
  /** What the last key came to, where the screen does not show it; gone with the next key. */
  readonly said: string | undefined;
};

const noCursor: Cursor = { selected: undefined, index: 0, offset: 0, sort: undefined };

/** The fleet, with the cursor on the first of its nodes. */
export function createScreen(recall: Recall = noRecall): Screen {
  return {
    stack: [levelOf({ kind: "fleet" }, "nodes")],
    typing: undefined,
    helpOffset: undefined,
    paused: false,
    group: undefined,
    mode: "state",
    choices: noChoices,
    marks: noMarks,
    command: undefined,
    recall,
    dialog: undefined,
    said: undefined,
  };
}

export function topLevel(screen: Screen): Level {
  return screen.stack.at(-1) ?? screen.stack[0];
}

export function cursorOf(level: Level, pane: Pane = level.pane): Cursor {
  return level.cursors[pane] ?? noCursor;
}

export function modeOf(screen: Screen): Mode {
  if (screen.dialog !== undefined) return dialogModes[screen.dialog.kind];
  if (screen.command !== undefined) return "command";
  if (screen.helpOffset !== undefined) return "help";
  return screen.typing === undefined ? "table" : "filter";
}

const unseen: Extent = { lines: 0, height: 0 };

/** Serves an intent that is the viewer's own; others leave the screen as it is. The same object when nothing changed. */
export function reduceScreen(screen: Screen, intent: Intent, sight: Sight): Screen {
  if (intent.kind === "pause") return { ...screen, paused: !screen.paused };
  if (screen.dialog?.kind === "columns") return reduceChooser(screen, screen.dialog, intent);
  if (screen.dialog !== undefined) {
    const dialog = reduceDialog(screen.dialog, intent, sight.dialog ?? unseen);
    const said = screen.dialog.kind === "plan" && dialog === undefined ? "Nothing was sent." : undefined;
    return { ...screen, dialog, said };
  }
  if (screen.command !== undefined)
    return { ...screen, command: reduceLine(screen.command, intent, screen.recall.commands) };
  if (screen.helpOffset !== undefined) return { ...screen, helpOffset: reduceHelp(screen.helpOffset, intent, sight) };
  if (screen.typing !== undefined) {
    const { filter, ...lines } = reduceFilter(screen.typing, screen.recall, intent);
    return { ...changeTop(screen, { filter }), ...lines };
  }
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
    case "mode":
      return changeMatrix(screen, topLevel(screen).place);
    case "group":
      return changeGroup(screen, topLevel(screen).place, sight.labels);
    case "view":
      return openView(screen, intent.view);
    case "open":
      return sight.target === undefined || sight.target.kind === "cluster"
        ? screen
        : push(holdRow(screen, sight), sight.target);
    case "back":
      return topLevel(screen).filter === "" ? goBack(screen) : changeTop(screen, { filter: "" });
    case "leave":
      return goBack(screen);
    case "help":
      return { ...screen, helpOffset: 0 };
    case "filter":
      return { ...screen, typing: lineOf(topLevel(screen).filter) };
    case "sort":
      return changeSort(screen, sight, (sort) => nextSort(sort, sight.columns, intent.by));
    case "reverse":
      return changeSort(screen, sight, (sort) => reversed(sort, sight.columns));
    case "columns":
      return openChooser(screen, sight);
    case "mark":
      if (sight.row === undefined) return { ...screen, said: "Masters and nodes can be marked; this row is neither." };
      return moveTo({ ...screen, marks: toggleMark(screen.marks, sight.row) }, sight, (index) => index + 1);
    case "unmark":
      return { ...screen, marks: noMarks };
    case "command":
      return { ...screen, command: lineOf("") };
    case "place":
      return changeTop(screen, pointed(topLevel(screen), intent, noCursor));
    case "order":
      return changeSort(changeTop(screen, { pane: intent.pane }), sight, (sort) => ordered(sort, intent.column));
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
  const { dialog, helpOffset, stack, typing } = screen;
  return dialog !== undefined || helpOffset !== undefined || typing !== undefined || stack.length > 1;
}

function levelOf(place: Place, pane: Pane): Level {
  return { place, pane, cursors: {}, filter: "" };
}

export function changeTop(screen: Screen, change: Partial<Level>): Screen {
  const [first, ...others] = screen.stack;
  const last = others.pop();
  if (last === undefined) return { ...screen, stack: [{ ...first, ...change }] };
  return { ...screen, stack: [first, ...others, { ...last, ...change }] };
}

/** Opens a place above what is on the screen. */
export function push(screen: Screen, place: Place): Screen {
  return { ...screen, stack: [...screen.stack, levelOf(place, "rows")] };
}

/** Opens a page of the fleet above what is on the screen; once, however often it is asked for. */
export function openView(screen: Screen, view: View): Screen {
  const { kind } = topLevel(screen).place;
  if (kind === view) return screen;
  // From page to page nobody goes deeper: one step back leads to where the first was opened.
  return push(views.has(kind) ? goBack(screen) : screen, { kind: view });
}

/** Back to where the page of clusters was opened, as the person has gone to one. */
export function leaveClusters(screen: Screen): Screen {
  return topLevel(screen).place.kind === "clusters" ? goBack(screen) : screen;
}

const views: ReadonlySet<string> = new Set<View>(["events", "operations", "problems", "clusters"]);

function goBack(screen: Screen): Screen {
  const [first, ...others] = screen.stack;
  return others.length > 0 ? { ...screen, stack: [first, ...others.slice(0, -1)] } : screen;
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

/** Stays on the row that was chosen: on the first one a list that grows there would move it away. */
export function holdRow(screen: Screen, sight: Sight): Screen {
  return moveTo(screen, sight, (index) => index);
}

/** Another order for the list with the cursor. */
export function changeSort(screen: Screen, sight: Sight, next: (sort: Sort | undefined) => Sort | undefined): Screen {
  const own = sight.tables?.[topLevel(screen).pane];
  if (own === undefined) return putCursor(screen, { sort: next(cursorOf(topLevel(screen)).sort) });
  return { ...screen, choices: withSort(screen.choices, own.table, next(screen.choices.sort[own.table])) };
}
