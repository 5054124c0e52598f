import type { Intent } from "./intent.ts";

/**
 * Where keys mean what they mean: in a table, in the help, in the line that a filter or a command is typed into, and in
 * the dialogs: a choice, a plan that is to be confirmed, a running operation, an outcome.
 */
export type Mode = "table" | "help" | "filter" | "command" | "menu" | "plan" | "running" | "outcome";

/**
 * One row of the table of keys; help and README are read off it.
 * Shape: `keys` are the names of `key-names.ts`, or the printed character; `group` heads a block of the help.
 */
export type KeyBinding = {
  readonly keys: readonly string[];
  readonly intent: Intent;
  readonly label: string;
  readonly modes: readonly Mode[];
  readonly group: "Move" | "Look" | "Act" | "Poll" | "Leave" | "While a filter or a command is typed" | "In a dialog";
};

const everywhere: readonly Mode[] = ["table", "help"];
const reading: readonly Mode[] = ["table", "help", "menu", "running", "outcome"];
/** Modes in which text is typed. */
export const typing: readonly Mode[] = ["filter", "command", "plan"];
const anywhere: readonly Mode[] = ["table", "help", "filter", "command", "menu", "plan", "outcome"];

/** The one table of keys. No single key changes anything on a node. */
export const keymap: readonly KeyBinding[] = [
  { keys: ["j", "down"], intent: { kind: "move", by: 1 }, label: "down", modes: reading, group: "Move" },
  { keys: ["k", "up"], intent: { kind: "move", by: -1 }, label: "up", modes: reading, group: "Move" },
  { keys: ["g", "home"], intent: { kind: "edge", to: "top" }, label: "first row", modes: reading, group: "Move" },
  { keys: ["G", "end"], intent: { kind: "edge", to: "bottom" }, label: "last row", modes: reading, group: "Move" },
  {
    keys: ["ctrl-d"],
    intent: { kind: "page", by: 0.5 },
    label: "half a page down",
    modes: reading,
    group: "Move",
  },
  { keys: ["ctrl-u"], intent: { kind: "page", by: -0.5 }, label: "half a page up", modes: reading, group: "Move" },
  {
    keys: ["pagedown", "ctrl-f"],
    intent: { kind: "page", by: 1 },
    label: "a page down",
    modes: reading,
    group: "Move",
  },
  {
    keys: ["pageup", "ctrl-b"],
    intent: { kind: "page", by: -1 },
    label: "a page up",
    modes: reading,
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
    keys: ["e"],
    intent: { kind: "view", view: "events" },
    label: "what happened: events",
    modes: ["table"],
    group: "Look",
  },
  {
    keys: ["p"],
    intent: { kind: "view", view: "problems" },
    label: "every problem, with what to do",
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
    keys: ["space"],
    intent: { kind: "mark" },
    label: "mark the master or node, to act on several at once",
    modes: ["table", "menu"],
    group: "Act",
  },
  { keys: ["u"], intent: { kind: "unmark" }, label: "clear all marks", modes: ["table"], group: "Act" },
  {
    keys: ["a"],
    intent: { kind: "act" },
    label: "actions on the marked rows, or on this one: drain, maint, enable, kill sessions",
    modes: ["table"],
    group: "Act",
  },
  {
    keys: [":"],
    intent: { kind: "command" },
    label: "type a command; Tab completes it, the help lists them all",
    modes: ["table"],
    group: "Act",
  },
  {
    keys: ["Z"],
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
  { keys: ["ctrl-c"], intent: { kind: "quit" }, label: "quit", modes: anywhere, group: "Leave" },
  { keys: ["ctrl-z"], intent: { kind: "suspend" }, label: "suspend; fg comes back", modes: anywhere, group: "Leave" },
  {
    keys: ["enter"],
    intent: { kind: "accept" },
    label: "keep the filter; run the command",
    modes: ["filter", "command"],
    group: "While a filter or a command is typed",
  },
  {
    keys: ["esc"],
    intent: { kind: "back" },
    label: "drop it",
    modes: ["filter", "command"],
    group: "While a filter or a command is typed",
  },
  {
    keys: ["tab"],
    intent: { kind: "complete" },
    label: "complete the command",
    modes: ["command"],
    group: "While a filter or a command is typed",
  },
  {
    keys: ["backspace"],
    intent: { kind: "erase", what: "character" },
    label: "erase a character; in an empty line: leave",
    modes: typing,
    group: "While a filter or a command is typed",
  },
  {
    keys: ["ctrl-u"],
    intent: { kind: "erase", what: "all" },
    label: "erase all",
    modes: typing,
    group: "While a filter or a command is typed",
  },
  {
    keys: ["enter"],
    intent: { kind: "accept" },
    label: "choose; under a plan: do it, if y or the name was typed, else nothing is sent; close an outcome",
    modes: ["menu", "plan", "outcome"],
    group: "In a dialog",
  },
  {
    keys: ["esc"],
    intent: { kind: "back" },
    label: "back, or close: nothing is sent; close an outcome",
    modes: ["menu", "plan", "outcome"],
    group: "In a dialog",
  },
  {
    keys: ["q"],
    intent: { kind: "leave" },
    label: "close an outcome",
    modes: ["menu", "outcome"],
    group: "In a dialog",
  },
  {
    keys: ["tab"],
    intent: { kind: "field" },
    label: "under a plan: to the reason, and back",
    modes: ["plan"],
    group: "In a dialog",
  },
  {
    keys: ["down"],
    intent: { kind: "move", by: 1 },
    label: "scroll a plan down",
    modes: ["plan"],
    group: "In a dialog",
  },
  { keys: ["up"], intent: { kind: "move", by: -1 }, label: "scroll a plan up", modes: ["plan"], group: "In a dialog" },
  {
    keys: ["pagedown"],
    intent: { kind: "page", by: 1 },
    label: "a page of the plan down",
    modes: ["plan"],
    group: "In a dialog",
  },
  {
    keys: ["pageup"],
    intent: { kind: "page", by: -1 },
    label: "a page of the plan up",
    modes: ["plan"],
    group: "In a dialog",
  },
  {
    keys: ["ctrl-c"],
    intent: { kind: "stop" },
    label: "while it runs: send nothing more; once more: quit",
    modes: ["running"],
    group: "In a dialog",
  },
];
