import type { CellState } from "../domain/view.ts";
import { CELL_WORDS } from "../output/glyphs.ts";
import { commandWords } from "./command-line.ts";
import { isOffered } from "./command-word.ts";
import { showKey, standardKeys } from "./keymap.ts";
import type { Look } from "./spans.ts";

const states: readonly CellState[] = ["up", "down", "drain", "maint", "absent", "unknown"];

const meanings: Readonly<Record<CellState, string>> = {
  up: "takes new connections here",
  down: "this node's checks fail",
  drain: "drained: old connections stay, no new ones",
  maint: "in maintenance: not checked, no connections",
  absent: "no server line for it in this node's HAProxy",
  unknown: "not known",
};

/** Columns of what is pressed or typed. */
const width = 18;

/**
 * The help, line by line: the keys in force in their groups, the commands, then the marks of the matrix. A console that
 * can only look has no keys to act, and only a replay has its own.
 */
export function helpLines(
  { glyphs, keys: { bindings } = standardKeys }: Look,
  canAct: boolean,
  isReplay = false,
): readonly string[] {
  const all = [...new Set(bindings.map(({ group }) => group))];
  const unused = [...(canAct ? [] : ["Act", "In a dialog"]), ...(isReplay ? ["Poll"] : ["In a replay"])];
  const groups = all.filter((group) => !unused.includes(group));
  const keys = groups.flatMap((group) => [
    "",
    group,
    ...bindings
      .filter((binding) => binding.group === group && binding.keys.length > 0)
      .map(({ keys, label }) => `  ${keys.map(showKey).join(", ").padEnd(width)} ${label}`),
  ]);
  const marks = states.map((state) => `  ${glyphs.cell[state]}  ${CELL_WORDS[state].padEnd(7)} ${meanings[state]}`);
  const commands = commandWords
    .filter((command) => isOffered(command, { canAct, isReplay }))
    .flatMap(({ does, usage }) => told(`:${usage}`, does));
  return [
    `Keys of k3s-lb top. ${canAct ? "No single key changes anything on a node." : "Read-only: nothing can be changed."}`,
    ...keys,
    "",
    "Commands",
    ...commands,
    "",
    "Marks: what a node says of a master",
    ...marks,
    `  ${glyphs.cell.up}${glyphs.severity.WARNING} drift   in service, though the ledger says otherwise`,
    `  ${glyphs.cell.down}${glyphs.cell.drain} pending  down now, drained underneath by the ledger`,
    "",
    "weak: checks answer 401, which proves TLS and HTTP; ready: 200, which proves readiness.",
    "pinned: sessions still open to a master that is down or out of service there.",
  ];
}

/** What is typed and what it does, on two lines where the first is long. */
function told(typed: string, does: string): readonly string[] {
  if (typed.length <= width) return [`  ${typed.padEnd(width)} ${does}`];
  return [`  ${typed}`, `  ${"".padEnd(width)} ${does}`];
}
