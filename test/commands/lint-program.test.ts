import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { changed } from "../support/lint.ts";
import { programPath } from "../support/program.ts";

/** Runs the built program with a text on its standard input. */
function lintInput(input: string, ...args: readonly string[]) {
  const cache = mkdtempSync(join(tmpdir(), "k3s-lb-lint-"));
  const env = { PATH: process.env["PATH"] ?? "", HOME: "/nonexistent", LANG: "C.UTF-8", XDG_CACHE_HOME: cache };
  const words = [programPath, "lint", "-", "--ignore", "LB032", ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { input, env, cwd: "/", encoding: "utf8" });
  const parts = readdirSync(cache, { recursive: true, encoding: "utf8" }).join(" ");
  rmSync(cache, { recursive: true });
  return { status, stdout, stderr, parts };
}

describe("k3s-lb lint -", () => {
  it("judges what comes on the standard input, and loads neither the screen nor a client for it", () => {
    const { status, stdout, stderr, parts } = lintInput(changed("  option contstats\n", ""));
    expect([status, stderr]).toEqual([1, expect.stringContaining("held to no fleet file")]);
    expect(stdout).toBe(
      "stdin:28 warning LB013 no option contstats\n" +
        "    the bytes of a session are counted when it ends: a watch of a day counts for nothing all day\n" +
        "  → option contstats\n" +
        "1 warning\n",
    );
    expect(parts).not.toMatch(/ink|undici/);
  });

  it("survives bytes that are no text, and refuses to end in the middle of them", () => {
    const { status, stderr } = lintInput("\0".repeat(4000));
    expect([status, stderr]).toEqual([2, expect.stringContaining("k3s-lb: stdin: not a text")]);
  });
});
