import { describe, expect, it } from "vitest";
import { tellWhile } from "../../src/commands/tell-while.ts";
import { createFakeShell } from "../support/fake-shell.ts";
import { createHandClock } from "../support/hand-clock.ts";

const say = (seconds: number) => `waiting, ${seconds}s`;

describe("tellWhile", () => {
  it("says what it waits for after a second, and takes the line back at the end", async () => {
    const { shell, err } = createFakeShell({ stderr: { columns: 80 } });
    const clock = createHandClock();
    const work = Promise.withResolvers<string>();
    const told = tellWhile(shell, clock, say, work.promise);
    await clock.advance(900);
    expect(err()).toBe("");
    await clock.advance(1_300);
    expect(err()).toContain("waiting, 2s");
    work.resolve("done");
    expect(await told).toBe("done");
    expect(err().endsWith("\r\u001b[K")).toBe(true);
  });

  it("says nothing of what is soon over, and hands a failure on", async () => {
    const { shell, err } = createFakeShell({ stderr: { columns: 80 } });
    await expect(tellWhile(shell, createHandClock(), say, Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(err()).toBe("");
  });
});
