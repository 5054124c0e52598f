/**
 * The process as commands see it. `main.ts` gives the real one; whoever else needs `process` says there why.
 * An action tells its exit code here (design §3); throwing is for user errors and bugs only.
 */
export type Shell = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  setExitCode(code: number): void;
};

/** Wraps an action that returns its exit code into what commander calls. */
export function action<Args extends readonly unknown[]>(
  shell: Shell,
  run: (...args: Args) => Promise<number>,
): (...args: Args) => Promise<void> {
  return async (...args) => {
    shell.setExitCode(await run(...args));
  };
}

/** Whether a screen can be drawn here: there is a terminal at both ends, and its cursor can be moved. */
export function hasScreen({ env, stdin, stdout }: Shell): boolean {
  return stdin.isTTY === true && stdout.isTTY === true && env["TERM"] !== "dumb";
}

/** Data goes to stdout, in one write. Resolves when the text has been handed over, so that a pipe loses nothing. */
export function print(shell: Shell, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    shell.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
