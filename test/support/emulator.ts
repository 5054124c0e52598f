import type { Terminal } from "@xterm/headless";
// Node finds no names in its CommonJS; vitest would.
import xterm from "@xterm/headless";

/** A terminal without a window: it reads bytes, and its screen can be asked. */
export function openEmulator(columns: number, rows: number): Terminal {
  return new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
}
