import type { KeyBinding } from "./key-binding.ts";

/** The keys of a replay, where they come before those of the tables and the help. */
export const replayKeys: readonly KeyBinding[] = [
  {
    keys: ["P", "space"],
    intent: { kind: "replay", order: { do: "play" } },
    label: "play, pause; at the end: from the beginning",
    modes: ["replay"],
    group: "In a replay",
  },
  {
    keys: ["."],
    intent: { kind: "replay", order: { do: "poll", by: 1 } },
    label: "to the next poll, and pause",
    modes: ["replay"],
    group: "In a replay",
  },
  {
    keys: [","],
    intent: { kind: "replay", order: { do: "poll", by: -1 } },
    label: "to the poll before, and pause",
    modes: ["replay"],
    group: "In a replay",
  },
  {
    keys: ["n"],
    intent: { kind: "replay", order: { do: "event", by: 1 } },
    label: "to the next event (a state changes), and pause",
    modes: ["replay"],
    group: "In a replay",
  },
  {
    keys: ["N"],
    intent: { kind: "replay", order: { do: "event", by: -1 } },
    label: "to the event before, and pause",
    modes: ["replay"],
    group: "In a replay",
  },
  {
    keys: ["]"],
    intent: { kind: "replay", order: { do: "seek", by: 10_000 } },
    label: "10 s on",
    modes: ["replay"],
    group: "In a replay",
  },
  {
    keys: ["["],
    intent: { kind: "replay", order: { do: "seek", by: -10_000 } },
    label: "10 s back",
    modes: ["replay"],
    group: "In a replay",
  },
  {
    keys: ["}"],
    intent: { kind: "replay", order: { do: "seek", by: 60_000 } },
    label: "a minute on",
    modes: ["replay"],
    group: "In a replay",
  },
  {
    keys: ["{"],
    intent: { kind: "replay", order: { do: "seek", by: -60_000 } },
    label: "a minute back",
    modes: ["replay"],
    group: "In a replay",
  },
  {
    keys: ["+"],
    intent: { kind: "replay", order: { do: "speed", by: 1 } },
    label: "play faster",
    modes: ["replay"],
    group: "In a replay",
  },
  {
    keys: ["-"],
    intent: { kind: "replay", order: { do: "speed", by: -1 } },
    label: "play slower",
    modes: ["replay"],
    group: "In a replay",
  },
];
