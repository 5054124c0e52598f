import type { KeyBinding, Mode } from "./key-binding.ts";

const reading: readonly Mode[] = ["table", "help", "menu", "running", "outcome"];

/** The keys that move through what is read. */
export const moveKeys: readonly KeyBinding[] = [
  {
    action: "down",
    keys: ["j", "down"],
    intent: { kind: "move", by: 1 },
    label: "down",
    modes: reading,
    group: "Move",
  },
  { action: "up", keys: ["k", "up"], intent: { kind: "move", by: -1 }, label: "up", modes: reading, group: "Move" },
  {
    action: "first",
    keys: ["g", "home"],
    intent: { kind: "edge", to: "top" },
    label: "first row",
    modes: reading,
    group: "Move",
  },
  {
    action: "last",
    keys: ["G", "end"],
    intent: { kind: "edge", to: "bottom" },
    label: "last row",
    modes: reading,
    group: "Move",
  },
  {
    action: "half-page-down",
    keys: ["ctrl-d"],
    intent: { kind: "page", by: 0.5 },
    label: "half a page down",
    modes: reading,
    group: "Move",
  },
  {
    action: "half-page-up",
    keys: ["ctrl-u"],
    intent: { kind: "page", by: -0.5 },
    label: "half a page up",
    modes: reading,
    group: "Move",
  },
  {
    action: "page-down",
    keys: ["pagedown", "ctrl-f"],
    intent: { kind: "page", by: 1 },
    label: "a page down",
    modes: reading,
    group: "Move",
  },
  {
    action: "page-up",
    keys: ["pageup", "ctrl-b"],
    intent: { kind: "page", by: -1 },
    label: "a page up",
    modes: reading,
    group: "Move",
  },
  {
    action: "next-pane",
    keys: ["tab"],
    intent: { kind: "pane", by: 1 },
    label: "next pane: problems, masters, nodes",
    modes: ["table"],
    group: "Move",
  },
  {
    action: "previous-pane",
    keys: ["shift-tab"],
    intent: { kind: "pane", by: -1 },
    label: "previous pane",
    modes: ["table"],
    group: "Move",
  },
];
