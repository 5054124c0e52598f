import { Writable } from "node:stream";
import type { Shell } from "../../src/commands/shell.ts";

/** What a terminal has and a pipe has not. */
export type FakeTerminal = { readonly columns: number };

/** A shell whose outputs are kept as text. `closesAfter`: the reader of stdout goes after so many writes. */
export type FakeShell = { readonly shell: Shell; out(): string; err(): string; exitCode(): number | undefined };

export function createFakeShell({
  env = {},
  stdout,
  stderr,
  closesAfter = Number.POSITIVE_INFINITY,
}: {
  readonly env?: Shell["env"];
  readonly stdout?: FakeTerminal;
  readonly stderr?: FakeTerminal;
  readonly closesAfter?: number;
} = {}): FakeShell {
  const out = keep(stdout, closesAfter);
  const err = keep(stderr, Number.POSITIVE_INFINITY);
  let exitCode: number | undefined;
  const shell: Shell = {
    env,
    cwd: "/",
    stdin: process.stdin,
    stdout: out.stream,
    stderr: err.stream,
    setExitCode(code) {
      exitCode = code;
    },
  };
  return { shell, out: out.text, err: err.text, exitCode: () => exitCode };
}

function keep(terminal: FakeTerminal | undefined, closesAfter: number) {
  const texts: string[] = [];
  let writes = 0;
  const stream = new Writable({
    write(chunk, _, done) {
      writes += 1;
      if (writes > closesAfter) return done(Object.assign(new Error("write EPIPE"), { code: "EPIPE" }));
      texts.push(String(chunk));
      done();
    },
  });
  stream.on("error", () => {});
  Object.assign(stream, terminal === undefined ? {} : { isTTY: true, columns: terminal.columns });
  return { stream: stream as unknown as NodeJS.WriteStream, text: () => texts.join("") };
}
