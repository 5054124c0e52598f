import { cellLedger } from "../domain/master-ledger.ts";
import type { CellState, MasterCell, Severity } from "../domain/view.ts";

/**
 * Every character outside ASCII that the console draws by itself, with its stand-in. All are one column wide, also
 * where a terminal draws characters of ambiguous width as two.
 */
export type Glyphs = {
  readonly utf8: boolean;
  readonly cell: Readonly<Record<CellState, string>>;
  readonly severity: Readonly<Record<Severity, string>>;
  readonly ellipsis: string;
  readonly arrow: string;
  readonly sortDown: string;
  readonly sortUp: string;
};

export const UTF8_GLYPHS: Glyphs = {
  utf8: true,
  cell: { up: "✓", down: "✗", drain: "⇣", maint: "⊘", absent: "-", unknown: "?" },
  severity: { OK: "✓", WARNING: "!", CRITICAL: "✗", UNKNOWN: "?" },
  ellipsis: "…",
  arrow: "→",
  sortDown: "▾",
  sortUp: "▴",
};

/** The cells are the letters that the legend explains: U up, X down, D drain, M maint. */
export const ASCII_GLYPHS: Glyphs = {
  utf8: false,
  cell: { up: "U", down: "X", drain: "D", maint: "M", absent: "-", unknown: "?" },
  severity: { OK: "+", WARNING: "!", CRITICAL: "X", UNKNOWN: "?" },
  ellipsis: "~",
  arrow: "->",
  sortDown: "v",
  sortUp: "^",
};

/** The words of the matrix where there is room for words. */
export const CELL_WORDS: Readonly<Record<CellState, string>> = {
  up: "up",
  down: "DOWN",
  drain: "drain",
  maint: "maint",
  absent: "absent",
  unknown: "?",
};

/** A cell in words; a drain that the ledger remembers under a DOWN is said, since HAProxy does not show it. */
export function cellWords(cell: MasterCell): string {
  const isPending = cell.state === "down" && cellLedger(cell)?.relation === "pending";
  return isPending ? `${CELL_WORDS.down} (drain pending)` : CELL_WORDS[cell.state];
}

/** What this environment can show. The Linux console (TERM=linux) speaks UTF-8, but its fonts lack the marks. */
export function chooseGlyphs(env: Readonly<Record<string, string | undefined>>): Glyphs {
  return isUtf8Locale(env) && env["TERM"] !== "linux" ? UTF8_GLYPHS : ASCII_GLYPHS;
}

/** By the rule of setlocale(3): LC_ALL, then LC_CTYPE, then LANG; the first that is not empty counts, none is "C". */
export function isUtf8Locale(env: Readonly<Record<string, string | undefined>>): boolean {
  const locale = [env["LC_ALL"], env["LC_CTYPE"], env["LANG"]].find((value) => value !== undefined && value !== "");
  return locale !== undefined && /utf-?8/i.test(locale);
}
