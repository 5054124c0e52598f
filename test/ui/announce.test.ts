import { describe, expect, it } from "vitest";
import type { Announce } from "../../src/ui/announce.ts";
import { openConsole } from "../support/console.ts";
import { situation } from "../support/screens.ts";

/** Counts how often it was shown the fleet, and keeps the console's ear for notes. */
function createFakeAnnounce() {
  let looks = 0;
  let note = (_text: string): void => {};
  const announce: Announce = {
    look() {
      looks += 1;
    },
    onNote(show) {
      note = show;
    },
    onRing: () => undefined,
  };
  return { announce, looks: () => looks, note: (text: string) => note(text) };
}

describe("a console that announces", () => {
  it("shows the fleet while the screen is frozen, too", async () => {
    const fake = createFakeAnnounce();
    const held = openConsole(
      situation(() => () => "UP"),
      undefined,
      { announce: fake.announce },
    );
    held.press("Z");
    const before = fake.looks();
    await held.clock.advance(5_000);
    expect(held.bar()).toContain("PAUSED");
    expect(fake.looks() - before).toBeGreaterThanOrEqual(5);
  });

  it("shows a note in the bar until the next key", async () => {
    const fake = createFakeAnnounce();
    const held = openConsole(
      situation(() => () => "UP"),
      undefined,
      { announce: fake.announce },
    );
    fake.note('on_event: "page" failed (exit code 3)');
    await held.clock.advance(1_000);
    expect(held.bar()).toBe('on_event: "page" failed (exit code 3)');
    held.press("j");
    expect(held.bar()).not.toContain("on_event");
  });

  it("cuts no note off that is longer than the bar", async () => {
    const fake = createFakeAnnounce();
    const held = openConsole(
      situation(() => () => "UP"),
      undefined,
      { announce: fake.announce },
    );
    const before = held.console.lines().length;
    fake.note(
      "Not written: night.jsonl.gz is there already, and a recording is never written over a file. Give another.",
    );
    await held.clock.advance(1_000);
    expect(held.text().split("\n").slice(-2)).toEqual([
      "Not written: night.jsonl.gz is there already, and a recording is never written",
      "over a file. Give another.",
    ]);
    expect(held.console.lines()).toHaveLength(before);
    held.press("j");
    expect(held.text()).not.toContain("Not written");
  });
});
