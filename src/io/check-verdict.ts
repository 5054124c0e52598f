import type { CheckerRun } from "./run-checker.ts";

/**
 * What a real program says of a file.
 * Shape: `sound` may come with warnings; `unsound` holds the program's own words; `unchecked` says what kept it from
 * telling, which is no fault of the file, `partly` what of it could be told.
 */
export type CheckVerdict =
  | { readonly kind: "sound"; readonly warnings: readonly string[] }
  | { readonly kind: "unsound"; readonly program: string; readonly lines: readonly string[] }
  | { readonly kind: "partly"; readonly what: string }
  | { readonly kind: "unchecked"; readonly why: string };

/** The verdict of a run that ended with 0 for a sound file. `folder`, times and process numbers are taken out of its words. */
export function verdictOf(program: string, run: CheckerRun, folder: string): CheckVerdict {
  if (run.kind === "failed") return { kind: "unchecked", why: `${program} ${run.problem}` };
  const lines = run.lines
    .filter((line) => !line.startsWith("[NOTICE]"))
    .map((line) => line.replaceAll(`${folder}/`, "").replace(/^(\[\w+\])\s+(?:\d+\/\d+ )?\(\d+\) : /, "$1 "));
  if (run.code !== 0) return { kind: "unsound", program, lines };
  return { kind: "sound", warnings: lines.filter((line) => line.startsWith("[WARNING]")) };
}

/** Units: milliseconds that a program has for one file; even 5,000 servers take HAProxy less than a second. */
export const CHECK_LIMIT_MS = 20_000;

/** Tests of rules play hours of a fleet for each rule, which takes seconds, and more on a busy machine. */
export const TEST_LIMIT_MS = 120_000;
