import type { CellState } from "../domain/view.ts";
import { CELL_WORDS } from "../output/glyphs.ts";
import { commandWords } from "./command-line.ts";
import { isOffered } from "./command-word.ts";
import { showKey, standardKeys } from "./keymap.ts";
import { type Look, wrapText } from "./spans.ts";

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

/** More than any of it needs. */
const maxLines = 9;

/** Who reads the help, and how wide: a console that can only look has no keys to act, and only a replay has its own. */
export type HelpReader = { readonly canAct: boolean; readonly isReplay: boolean; readonly columns: number };

/**
 * The help, line by line: the keys in force in their groups, the commands, then the marks of the matrix. What is longer
 * than the screen is wide goes on below, as a help that is cut off helps nobody.
 */
export function helpLines(look: Look, { canAct, columns, isReplay }: HelpReader): readonly string[] {
  const { glyphs, keys: { bindings } = standardKeys } = look;
  const told = (typed: string, does: string) => toldIn(columns, look, typed, does);
  const all = [...new Set(bindings.map(({ group }) => group))];
  const unused = [...(canAct ? [] : ["Act", "In a dialog"]), ...(isReplay ? ["Poll"] : ["In a replay"])];
  const groups = all.filter((group) => !unused.includes(group));
  const keys = groups.flatMap((group) => [
    "",
    group,
    ...bindings
      .filter((binding) => binding.group === group && binding.keys.length > 0)
      .flatMap(({ keys, label }) => told(keys.map(showKey).join(", "), label)),
  ]);
  const marks = states.map((state) => `  ${glyphs.cell[state]}  ${CELL_WORDS[state].padEnd(8)} ${meanings[state]}`);
  const commands = commandWords
    .filter((command) => isOffered(command, { canAct, isReplay }))
    .flatMap(({ does, usage }) => told(`:${usage}`, does));
  const whole = (text: string) => wrapText(text, columns, maxLines, look);
  return [
    ...whole(
      `Keys of k3s-lb top. ${canAct ? "No single key changes anything on a node." : "Read-only: nothing can be changed."}`,
    ),
    ...keys,
    "",
    "Commands",
    ...commands,
    "",
    "Marks: what a node says of a master",
    ...marks,
    `  ${glyphs.cell.up}${glyphs.severity.WARNING} drift    in service, though the ledger says otherwise`,
    `  ${glyphs.cell.down}${glyphs.cell.drain} pending  down now, drained underneath by the ledger`,
    "",
    ...whole("weak: checks answer 401, which proves TLS and HTTP; ready: 200, which proves readiness."),
    ...whole("pinned: sessions still open to a master that is down or out of service there."),
  ];
}

/** What is typed and what it does: beside it, from the next line on where the first is long. */
function toldIn(columns: number, look: Look, typed: string, does: string): readonly string[] {
  const gap = "".padEnd(width + 3);
  const lines = wrapText(does, columns - gap.length, maxLines, look).map((line) => gap + line);
  const [first = "", ...rest] = lines;
  if (typed.length > width) return [`  ${typed}`, ...lines];
  return [`  ${typed.padEnd(width)} ${first.slice(gap.length)}`, ...rest];
}
