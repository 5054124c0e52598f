import type { Intent } from "./intent.ts";

/** Where keys mean what they mean: in a table, in the help, in the line that a filter is typed into, or anywhere. */
export type Mode = "table" | "help" | "filter";

/**
 * One row of the table of keys; help and README are read off it.
 * Shape: `keys` are the names of `key-names.ts`, or the printed character; `group` heads a block of the help.
 */
export type KeyBinding = {
  readonly keys: readonly string[];
  readonly intent: Intent;
  readonly label: string;
  readonly modes: readonly Mode[];
  readonly group: "Move" | "Look" | "Poll" | "Leave" | "While a filter is typed";
};

const everywhere: readonly Mode[] = ["table", "help"];

/** The one table of keys. No key changes anything on a node. */
export const keymap: readonly KeyBinding[] = [
  { keys: ["j", "down"], intent: { kind: "move", by: 1 }, label: "down", modes: everywhere, group: "Move" },
  { keys: ["k", "up"], intent: { kind: "move", by: -1 }, label: "up", modes: everywhere, group: "Move" },
  { keys: ["g", "home"], intent: { kind: "edge", to: "top" }, label: "first row", modes: everywhere, group: "Move" },
  { keys: ["G", "end"], intent: { kind: "edge", to: "bottom" }, label: "last row", modes: everywhere, group: "Move" },
  {
    keys: ["ctrl-d"],
    intent: { kind: "page", by: 0.5 },
    label: "half a page down",
    modes: everywhere,
    group: "Move",
  },
  { keys: ["ctrl-u"], intent: { kind: "page", by: -0.5 }, label: "half a page up", modes: everywhere, group: "Move" },
  {
    keys: ["pagedown", "ctrl-f"],
    intent: { kind: "page", by: 1 },
    label: "a page down",
    modes: everywhere,
    group: "Move",
  },
  {
    keys: ["pageup", "ctrl-b"],
    intent: { kind: "page", by: -1 },
    label: "a page up",
    modes: everywhere,
    group: "Move",
  },
  {
    keys: ["tab"],
    intent: { kind: "pane", by: 1 },
    label: "next pane: problems, masters, nodes",
    modes: ["table"],
    group: "Move",
  },
  { keys: ["shift-tab"], intent: { kind: "pane", by: -1 }, label: "previous pane", modes: ["table"], group: "Move" },
  {
    keys: ["enter", "l", "right"],
    intent: { kind: "open" },
    label: "open the master, node or problem",
    modes: ["table"],
    group: "Look",
  },
  {
    keys: ["esc", "h", "left"],
    intent: { kind: "back" },
    label: "back; on the first screen: clear the filter",
    modes: everywhere,
    group: "Look",
  },
  {
    keys: ["/"],
    intent: { kind: "filter" },
    label: "filter the rows: text or regular expression, ! in front inverts",
    modes: ["table"],
    group: "Look",
  },
  { keys: [">"], intent: { kind: "sort", by: 1 }, label: "sort by the next column", modes: ["table"], group: "Look" },
  {
    keys: ["<"],
    intent: { kind: "sort", by: -1 },
    label: "sort by the previous column",
    modes: ["table"],
    group: "Look",
  },
  { keys: ["R", "I"], intent: { kind: "reverse" }, label: "reverse the order", modes: ["table"], group: "Look" },
  { keys: ["?"], intent: { kind: "help" }, label: "this help", modes: everywhere, group: "Look" },
  { keys: ["ctrl-l"], intent: { kind: "repaint" }, label: "draw the screen anew", modes: everywhere, group: "Look" },
  {
    keys: ["space", "Z"],
    intent: { kind: "pause" },
    label: "freeze the screen; polling goes on",
    modes: everywhere,
    group: "Poll",
  },
  {
    keys: ["r"],
    intent: { kind: "poll" },
    label: "poll every node now, also those in back-off",
    modes: everywhere,
    group: "Poll",
  },
  { keys: ["+"], intent: { kind: "interval", by: 1 }, label: "poll less often", modes: everywhere, group: "Poll" },
  { keys: ["-"], intent: { kind: "interval", by: -1 }, label: "poll more often", modes: everywhere, group: "Poll" },
  {
    keys: ["q"],
    intent: { kind: "leave" },
    label: "back; on the first screen: quit",
    modes: everywhere,
    group: "Leave",
  },
  {
    keys: ["ctrl-c"],
    intent: { kind: "quit" },
    label: "quit",
    modes: ["table", "help", "filter"],
    group: "Leave",
  },
  {
    keys: ["ctrl-z"],
    intent: { kind: "suspend" },
    label: "suspend; fg comes back",
    modes: ["table", "help", "filter"],
    group: "Leave",
  },
  {
    keys: ["enter"],
    intent: { kind: "accept" },
    label: "keep the filter",
    modes: ["filter"],
    group: "While a filter is typed",
  },
  {
    keys: ["esc"],
    intent: { kind: "back" },
    label: "drop the filter",
    modes: ["filter"],
    group: "While a filter is typed",
  },
  {
    keys: ["backspace"],
    intent: { kind: "erase", what: "character" },
    label: "erase a character; in an empty filter: leave",
    modes: ["filter"],
    group: "While a filter is typed",
  },
  {
    keys: ["ctrl-u"],
    intent: { kind: "erase", what: "all" },
    label: "erase all",
    modes: ["filter"],
    group: "While a filter is typed",
  },
];

const byMode = new Map<string, Intent>(
  keymap.flatMap(({ keys, modes, intent }) =>
    modes.flatMap((mode) => keys.map((key) => [`${mode} ${key}`, intent] as const)),
  ),
);

/** What this key asks for in this mode; while a filter is typed, a character that is no key of it is typed. */
export function intentOf(key: string, mode: Mode): Intent | undefined {
  const intent = byMode.get(`${mode} ${key}`);
  if (intent !== undefined || mode !== "filter") return intent;
  if (key === "space") return { kind: "type", text: " " };
  return [...key].length === 1 ? { kind: "type", text: key } : undefined;
}

const shown: Readonly<Record<string, string>> = {
  up: "Up",
  down: "Down",
  left: "Left",
  right: "Right",
  home: "Home",
  end: "End",
  pageup: "PgUp",
  pagedown: "PgDn",
  tab: "Tab",
  "shift-tab": "Shift-Tab",
  enter: "Enter",
  esc: "Esc",
  space: "Space",
  backspace: "Backspace",
};

/** A key as people write it: "Ctrl-D", "PgDn", "g". */
export function showKey(key: string): string {
  return shown[key] ?? key.replace(/^ctrl-(.)$/, (_, letter: string) => `Ctrl-${letter.toUpperCase()}`);
}
