import { describe, expect, it } from "vitest";
import { createDeadlines, noDeadline, type Timed } from "../../src/io/deadlines.ts";

type Watched = Timed & { readonly expired: number[] };

function watched(now: () => number): Watched {
  const expired: number[] = [];
  return { tick: noDeadline, expired, expire: () => void expired.push(now()) };
}

describe("createDeadlines", () => {
  it("lets what is not cleared expire, in order and about in time", async () => {
    const wheel = createDeadlines(10);
    const [early, late] = [watched(wheel.now), watched(wheel.now)];
    const startMs = wheel.now();
    wheel.set(late, startMs + 120);
    wheel.set(early, startMs + 60);
    await expect.poll(() => late.expired.length, { timeout: 2_000 }).toBe(1);
    expect(early.expired).toHaveLength(1);
    expect((early.expired[0] ?? 0) - startMs).toBeGreaterThan(45);
    expect((late.expired[0] ?? 0) - startMs).toBeGreaterThan(105);
    expect(early.tick).toBe(noDeadline);
  });

  it("forgets what was cleared or set anew", async () => {
    const wheel = createDeadlines(10);
    const [cleared, moved, last] = [watched(wheel.now), watched(wheel.now), watched(wheel.now)];
    const startMs = wheel.now();
    wheel.set(cleared, startMs + 30);
    wheel.set(moved, startMs + 30);
    wheel.clear(cleared);
    wheel.set(moved, startMs + 90);
    wheel.set(last, startMs + 140);
    await expect.poll(() => last.expired.length, { timeout: 2_000 }).toBe(1);
    expect(cleared.expired).toEqual([]);
    expect(moved.expired).toHaveLength(1);
    expect((moved.expired[0] ?? 0) - startMs).toBeGreaterThan(75);
  });

  it("turns again after it stood still", async () => {
    const wheel = createDeadlines(5);
    for (let round = 0; round < 3; round += 1) {
      const timed = watched(wheel.now);
      wheel.set(timed, wheel.now() + 15);
      await expect.poll(() => timed.expired.length, { timeout: 2_000 }).toBe(1);
    }
  });

  it("gives up nobody whose answer came while this process was busy", async () => {
    const wheel = createDeadlines(5);
    const timed = watched(wheel.now);
    wheel.set(timed, wheel.now() + 20);
    // The message is there before the deadline, but nobody could look: a stalled process must look first.
    const { port1, port2 } = new MessageChannel();
    port2.once("message", () => wheel.clear(timed));
    port1.postMessage("answer");
    const end = wheel.now() + 60;
    while (wheel.now() < end);
    const probe = watched(wheel.now);
    wheel.set(probe, wheel.now() + 20);
    await expect.poll(() => probe.expired.length, { timeout: 2_000 }).toBe(1);
    expect(timed.expired).toEqual([]);
    port1.close();
  });
});
