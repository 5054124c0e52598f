import type { CellState } from "../domain/view.ts";
import { CELL_WORDS, type Glyphs } from "../output/glyphs.ts";
import { keymap, showKey } from "./keymap.ts";

const states: readonly CellState[] = ["up", "down", "drain", "maint", "absent", "unknown"];

const meanings: Readonly<Record<CellState, string>> = {
  up: "takes new connections here",
  down: "this node's checks fail",
  drain: "drained: old connections stay, no new ones",
  maint: "in maintenance: not checked, no connections",
  absent: "no server line for it in this node's HAProxy",
  unknown: "not known",
};

/** The help, line by line: the table of keys in its groups, then the marks of the matrix. */
export function helpLines(glyphs: Glyphs): readonly string[] {
  const groups = [...new Set(keymap.map(({ group }) => group))];
  const keys = groups.flatMap((group) => [
    "",
    group,
    ...keymap
      .filter((binding) => binding.group === group)
      .map(({ keys, label }) => `  ${keys.map(showKey).join(", ").padEnd(18)} ${label}`),
  ]);
  const marks = states.map((state) => `  ${glyphs.cell[state]}  ${CELL_WORDS[state].padEnd(7)} ${meanings[state]}`);
  return [
    "Keys of k3s-lb top. No key changes anything on a node.",
    ...keys,
    "",
    "Marks: what a node says of a master",
    ...marks,
    "",
    "weak: checks answer 401, which proves TLS and HTTP; ready: 200, which proves readiness.",
    "pinned: sessions still open to a master that is down or out of service there.",
  ];
}
