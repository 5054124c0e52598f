import { Writable } from "node:stream";
import { main } from "../../src/cli.ts";

/** What one command line left behind. */
export type CliRun = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Runs a command line in this process, without a terminal, in `cwd` and with this environment only. */
export async function runCli(
  argv: readonly string[],
  { cwd, env = {} }: { cwd: string; env?: Readonly<Record<string, string>> },
): Promise<CliRun> {
  const stdout = collector();
  const stderr = collector();
  const stdin = process.stdin;
  const code = await main(argv, { env, cwd, stdin, stdout: stdout.stream, stderr: stderr.stream });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function collector(): { stream: NodeJS.WriteStream; text(): string } {
  let text = "";
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  return { stream: stream as unknown as NodeJS.WriteStream, text: () => text };
}
