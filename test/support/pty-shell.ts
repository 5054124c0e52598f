import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type IPty, spawn } from "@lydell/node-pty";
import { Terminal } from "@xterm/headless";
import { onTestFinished } from "vitest";
import { programPath } from "./program.ts";

/** An interactive shell in a real terminal, a bash unless told otherwise, and what a person in front of it sees. */
export type PtyShell = {
  readonly pty: IPty;
  type(text: string): void;
  resize(columns: number, rows: number): void;
  screen(): string;
  /** The alternate screen is where full-screen programs draw; the shell stands on the normal one. */
  isAlternate(): boolean;
  isCursorShown(): boolean;
  /** Which events of the mouse the terminal reports: "none", "vt200" for buttons and wheel. */
  mouse(): string;
  /** Resolves when the screen shows it; fails with the screen as it is after ten seconds. */
  sees(wanted: string | RegExp): Promise<void>;
  until(isSo: () => boolean, what: string): Promise<void>;
  /** Runs the program, then prints how it ended and whether the terminal's modes are as they were; so does `fg; ends`. */
  run(args: string): void;
  /** The program that `run` started. */
  childPid(): number;
};

const limitMs = 10_000;

export function openShell({
  columns = 80,
  rows = 24,
  env = {},
  command = ["bash", "--norc", "--noprofile", "-i"],
  cwd = "/",
}: {
  columns?: number;
  rows?: number;
  env?: Record<string, string>;
  command?: readonly [string, ...string[]];
  cwd?: string;
} = {}): PtyShell {
  const terminal = new Terminal({ cols: columns, rows, allowProposedApi: true });
  // What one test leaves in its state folder must not reach the next.
  const state = mkdtempSync(join(tmpdir(), "k3s-lb-state-"));
  const pty = spawn(command[0], command.slice(1), {
    cols: columns,
    rows,
    name: env["TERM"] ?? "xterm-256color",
    cwd,
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: "/nonexistent",
      XDG_STATE_HOME: state,
      LANG: "C.UTF-8",
      PS1: "$ ",
      TERM: "xterm-256color",
      ...env,
    },
  });
  let bytes = "";
  const listeners = new Set<() => void>();
  pty.onData((chunk) => {
    bytes += chunk;
    terminal.write(chunk, () => {
      for (const listener of listeners) listener();
    });
  });
  onTestFinished(() => {
    pty.kill("SIGKILL");
    terminal.dispose();
    rmSync(state, { recursive: true, force: true });
  });

  const screen = () =>
    Array.from({ length: terminal.rows }, (_, row) => {
      const { active } = terminal.buffer;
      return active.getLine(active.baseY + row)?.translateToString(true) ?? "";
    }).join("\n");

  const until = (isSo: () => boolean, what: string) =>
    new Promise<void>((resolve, reject) => {
      const check = () => {
        if (!isSo()) return;
        end();
        resolve();
      };
      // Some of what is waited for shows without a byte on the screen (a process that is gone).
      const often = setInterval(check, 20);
      const timer = setTimeout(() => {
        end();
        reject(new Error(`not within ${limitMs} ms: ${what}; the screen is\n${screen()}`));
      }, limitMs);
      const end = () => {
        clearInterval(often);
        clearTimeout(timer);
        listeners.delete(check);
      };
      listeners.add(check);
      check();
    });

  return {
    pty,
    type: (text) => pty.write(text),
    resize(nextColumns, nextRows) {
      terminal.resize(nextColumns, nextRows);
      pty.resize(nextColumns, nextRows);
    },
    screen,
    isAlternate: () => terminal.buffer.active.type === "alternate",
    isCursorShown: () => bytes.lastIndexOf("\u001b[?25h") >= bytes.lastIndexOf("\u001b[?25l"),
    mouse: () => terminal.modes.mouseTrackingMode,
    until,
    sees: (wanted) =>
      until(
        () => (typeof wanted === "string" ? screen().includes(wanted) : wanted.test(screen())),
        `the screen shows ${wanted}`,
      ),
    run(args) {
      const report = 'echo; echo "exit-$C tty-$([ "$A" = "$B" ] && echo same || echo changed)"';
      pty.write(`ends() { C=$?; A=$(stty -g); ${report}; }; B=$(stty -g); clear\r`);
      pty.write(`${process.execPath} ${programPath} ${args}; ends\r`);
    },
    childPid() {
      const children = readFileSync(`/proc/${pty.pid}/task/${pty.pid}/children`, "utf8").trim().split(" ");
      return Number(children.at(-1));
    },
  };
}
