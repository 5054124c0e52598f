import { readFileSync } from "node:fs";
import { type IPty, spawn } from "@lydell/node-pty";
import { openEmulator } from "../support/emulator.ts";
import { cellsOf, type TerminalCell } from "../support/terminal-cells.ts";

/** A program in a terminal of its own, as a bench sees it. `bytes` counts all that it has drawn. */
export type PtyProgram = {
  readonly pty: IPty;
  readonly startedMs: number;
  bytes(): number;
  /** When this was first on the line after `fromMs`. Units: milliseconds of `performance.now()`; rejects after 20 s. */
  saw(mark: string, fromMs?: number): Promise<number>;
  /** What its screen shows now, row by row. */
  screen(): readonly string[];
  cells(): readonly (readonly TerminalCell[])[];
  /** When its screen began to show it, seen from now on: only what changed is drawn, so bytes may not hold a text whole. */
  shows(isSo: (screen: readonly string[]) => boolean): Promise<number>;
  /** Tells of every piece that it drew, once the screen shows it. Returns the end of that. */
  watch(listener: (atMs: number) => void): () => void;
  /** Ends it and waits until it has gone. */
  end(signal?: string): Promise<void>;
};

export function startInPty(command: readonly string[], columns = 80, rows = 24): PtyProgram {
  const [file = "", ...args] = command;
  const env = { ...process.env, LANG: "C.UTF-8", TERM: "xterm-256color" };
  const startedMs = performance.now();
  const pty = spawn(file, args, { cols: columns, rows, name: "xterm-256color", env });
  const chunks: { readonly atMs: number; readonly text: string }[] = [];
  const waiting = new Set<() => void>();
  const watching = new Set<(atMs: number) => void>();
  const emulator = openEmulator(columns, rows);
  pty.onData((text) => {
    const atMs = performance.now();
    chunks.push({ atMs, text });
    for (const look of waiting) look();
    // When it came counts, and not when the emulator had read it.
    emulator.write(text, () => {
      for (const listener of watching) listener(atMs);
    });
  });
  const cells = () => cellsOf(emulator);
  const screen = () =>
    cells().map((row) =>
      row
        .map(({ text }) => text)
        .join("")
        .trimEnd(),
    );
  const watch = (listener: (atMs: number) => void) => {
    watching.add(listener);
    return () => void watching.delete(listener);
  };
  const ended = new Promise<void>((resolve) => pty.onExit(() => resolve()));
  return {
    pty,
    startedMs,
    screen,
    cells,
    watch,
    shows: (isSo) =>
      new Promise((resolve, reject) => {
        const end = watch((atMs) => {
          if (!isSo(screen())) return;
          end();
          clearTimeout(timer);
          resolve(atMs);
        });
        const timer = setTimeout(() => {
          end();
          reject(new Error(`${file} never showed what was waited for; its screen is\n${screen().join("\n")}`));
        }, 30_000);
      }),
    bytes: () => chunks.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0),
    saw: (mark, fromMs = startedMs) =>
      new Promise((resolve, reject) => {
        let seen = "";
        let next = chunks.findIndex(({ atMs }) => atMs >= fromMs);
        if (next < 0) next = chunks.length;
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`${file} never drew ${JSON.stringify(mark)}`));
        }, 20_000);
        const look = () => {
          for (; next < chunks.length; next += 1) {
            const chunk = chunks[next];
            if (chunk === undefined) return;
            seen += chunk.text;
            if (!seen.includes(mark)) continue;
            clearTimeout(timer);
            waiting.delete(look);
            resolve(chunk.atMs);
            return;
          }
        };
        waiting.add(look);
        look();
      }),
    async end(signal = "SIGTERM") {
      pty.kill(signal);
      await ended;
    },
  };
}

/** Resident memory of a process. Units: megabytes. Source: proc(5). */
export function residentMb(pid: number): number {
  const [, kilobytes = "0"] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}

/** Processor time that a process has had. Units: milliseconds (Linux counts in hundredths of a second). */
export function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
