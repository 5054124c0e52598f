import { describe, expect, it } from "vitest";
import { openConsole } from "../support/console.ts";
import { situation } from "../support/screens.ts";

describe("a frozen screen", () => {
  it("keeps the trends of the moment, and shows those of now when it goes on", async () => {
    const held = openConsole(
      situation(() => () => "UP"),
      undefined,
    );
    await held.clock.advance(4_000);
    held.press("tab", "enter");
    const trend = () => held.text().match(/sessions +(█+) /)?.[1]?.length;
    const before = trend();
    held.press("Z");
    await held.clock.advance(6_000);
    expect(held.bar()).toContain("PAUSED");
    expect(trend()).toBe(before);
    held.press("Z");
    expect(trend()).toBe((before ?? 0) + 3);
  });
});
