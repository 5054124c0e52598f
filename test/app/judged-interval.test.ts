import { describe, expect, it } from "vitest";
import { createJudgedInterval } from "../../src/app/judged-interval.ts";
import { createHandClock } from "../support/hand-clock.ts";

describe("the interval that answers are judged by", () => {
  it("is each node's own until one is set, and a longer one at once", () => {
    const clock = createHandClock();
    const judged = createJudgedInterval(clock, 2000);
    expect(judged.at(clock.now())).toBe(undefined);
    judged.set(5000);
    expect(judged.at(clock.now())).toBe(5000);
  });

  it("is still the old one for two of the new, so that no key makes an answer stale", async () => {
    const clock = createHandClock();
    const judged = createJudgedInterval(clock, 2000);
    judged.set(10_000);
    judged.set(1000);
    const seen = [judged.at(clock.now())];
    judged.set(500);
    seen.push(judged.at(clock.now()));
    await clock.advance(1000);
    seen.push(judged.at(clock.now()));
    await clock.advance(1);
    expect([...seen, judged.at(clock.now())]).toEqual([10_000, 10_000, 10_000, 500]);
  });
});
