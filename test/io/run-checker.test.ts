import { describe, expect, it } from "vitest";
import { findProgram } from "../../src/io/find-program.ts";
import { runChecker } from "../../src/io/run-checker.ts";

const settings = { cwd: "/", env: { PATH: "/usr/bin:/bin" }, limitMs: 10_000 };
const sh = (script: string, limitMs = settings.limitMs) =>
  runChecker("/bin/sh", ["-c", script], { ...settings, limitMs });

describe("runChecker", () => {
  it("gives the exit code and what was said on both outputs, cleaned", async () => {
    expect(await sh("printf 'one\\033[31m\\n\\n'; printf 'two\\t2' >&2; exit 3")).toEqual({
      kind: "ended",
      code: 3,
      lines: expect.arrayContaining(["one[31m", "two 2"]),
    });
  });

  it("ends a program that hangs, also while a child of its holds the pipes", async () => {
    expect(await sh("sleep 60 & sleep 60", 50)).toEqual({ kind: "failed", problem: "gave no answer within 0.05 s" });
  });

  it("ends a program, and starts none, when told to stop", async () => {
    const stop = new AbortController();
    const run = runChecker("/bin/sleep", ["60"], { ...settings, signal: stop.signal });
    stop.abort();
    expect(await run).toEqual({ kind: "failed", problem: "was stopped" });
    expect(await runChecker("/no/such/program", [], { ...settings, signal: stop.signal })).toEqual(await run);
  });

  it("tells what became of one that cannot be started or was killed", async () => {
    expect(await runChecker("/no/such/program", [], settings)).toEqual({
      kind: "failed",
      problem: "could not be started (ENOENT)",
    });
    expect(await sh("kill -TERM $$")).toEqual({ kind: "failed", problem: "was ended by SIGTERM" });
  });

  it("shows no more than can be read", async () => {
    const run = await sh("seq 100000");
    expect(run.kind === "ended" ? run.lines.length : 0).toBe(41);
  });
});

describe("findProgram", () => {
  it("looks into PATH, and never into the folder that the user is in", async () => {
    expect(await findProgram("sh", { PATH: "/bin" })).toBe("/bin/sh");
    expect(await findProgram("sh", { PATH: ".:bin" })).toBeUndefined();
  });

  it("finds nothing where there is nothing", async () => {
    expect(await findProgram("no-such-program-here", {})).toBeUndefined();
  });
});
