import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startEventCommand } from "../../src/io/event-command.ts";
import { tempDir } from "../support/temp-dir.ts";

const env = { PATH: process.env["PATH"], GREETING: "hello" };

/** A shell script in a folder of its own; `$OUT` in it is a file to write to. */
async function script(text: string) {
  const folder = await tempDir();
  const path = join(folder, "hook");
  const out = join(folder, "out");
  await writeFile(path, `#!/bin/sh\nOUT=${out}\n${text}\n`);
  await chmod(path, 0o755);
  return { path, out: () => readFile(out, "utf8") };
}

const run = (argv: readonly [string, ...string[]], input = "", limitMs = 10_000) =>
  startEventCommand(argv, env, input, limitMs).ended;

describe("startEventCommand", () => {
  it("gives the input, the arguments as they are, and the environment", async () => {
    const { path, out } = await script('{ printf "%s|" "$#" "$1" "$GREETING" "$HOME"; cat; } > $OUT');
    expect(await run([path, "$(id) 'a"], '{"a":1}\n')).toBeUndefined();
    expect(await out()).toBe('1|$(id) \'a|hello||{"a":1}\n');
  });

  it("has no terminal and no output", async () => {
    const { path, out } = await script("echo noise; (: > /dev/tty) 2>/dev/null && echo tty > $OUT || echo none > $OUT");
    expect(await run([path])).toBeUndefined();
    expect(await out()).toBe("none\n");
  });

  it("says how it failed and what it said last, cleaned and without its arguments", async () => {
    const { path } = await script("printf 'no route\\033[31m to pager\\n' >&2; exit 3");
    expect(await run([path, "s3cret"])).toBe(`on_event: "${path}" failed (exit code 3): no route[31m to pager`);
    const killed = await script("kill -9 $$");
    expect(await run([killed.path])).toBe(`on_event: "${killed.path}" failed (SIGKILL)`);
  });

  it("says that there is no such program, and that one may not be run", async () => {
    expect(await run(["no-such-program-here"])).toBe(
      'on_event: "no-such-program-here" is not installed, or not in PATH',
    );
    const { path } = await script("");
    await chmod(path, 0o644);
    expect(await run([path])).toBe(`on_event: "${path}" may not be run by this user`);
  });

  it("kills one that hangs, with what it started", async () => {
    const { path, out } = await script('sleep 1000 & echo $! > $OUT; echo "waiting" >&2; wait');
    expect(await run([path], "", 300)).toBe(`on_event: "${path}" did not end within 0.3 s and was killed: waiting`);
    const pid = Number(await out());
    // A busy machine lets it die in its own time, and whoever inherits it reaps it in theirs: until then it is dead, but there.
    const state = () => readFile(`/proc/${pid}/stat`, "utf8").catch(() => "gone");
    await expect.poll(state, { timeout: 10_000 }).toMatch(/^gone$|\) Z /);
  });

  it("does not wait for what a program leaves behind, nor for one that reads nothing", async () => {
    const { path } = await script("sleep 5 & exit 0");
    expect(await run([path], "x".repeat(1_000_000), 4_000)).toBeUndefined();
  });

  it("may be killed from outside", async () => {
    const { path } = await script("sleep 1000");
    const { ended, kill } = startEventCommand([path], env, "", 10_000);
    kill();
    expect(await ended).toBe(`on_event: "${path}" was still at work at the end and was killed`);
  });
});
