import { describe, expect, it } from "vitest";
import { openConsole } from "../support/console.ts";
import { scene } from "../support/scene.ts";
import { situation } from "../support/screens.ts";

const well = situation(() => () => "UP");
const { fleet } = well;

/** Every node says this many sessions of each master. */
const withSessions = (sessions: number) => scene(fleet, () => () => ({ sessions }));

/** A console at rest on a healthy fleet: its last frame is a second old. */
async function openAtRest(options = {}) {
  const held = openConsole(well, undefined, options);
  held.see(withSessions(21));
  await held.clock.advance(2_000);
  const shown = held.console.lines();
  return { ...held, shown, frames: countFrames(held.console) };
}

function countFrames(console: { subscribe(listener: () => void): () => void }): () => number {
  let frames = 0;
  console.subscribe(() => {
    frames += 1;
  });
  return () => frames;
}

describe("a screen of moving numbers", () => {
  it("is drawn once a second, with the last of them", async () => {
    const { clock, frames, see, text } = await openAtRest();
    for (let step = 0; step < 30; step += 1) {
      see(withSessions(30 + step));
      await clock.advance(100);
    }
    expect(frames()).toBe(3);
    await clock.advance(1_000);
    expect([frames(), text().includes("177")]).toEqual([4, true]);
    await clock.advance(5_000);
    expect(frames()).toBe(4);
  });

  it("shows a first change at once, and one that is more than numbers too", async () => {
    const { clock, frames, see, text } = await openAtRest();
    see(withSessions(22));
    await clock.advance(100);
    expect(frames()).toBe(1);
    see(withSessions(23));
    await clock.advance(100);
    expect(frames()).toBe(1);
    see(scene(fleet, () => (master) => (master === 2 ? "DOWN" : { sessions: 23 })));
    await clock.advance(100);
    expect([frames(), text().includes("connection refused")]).toEqual([2, true]);
  });

  it("shows a change of colour at once", async () => {
    const { clock, console, see, shown } = await openAtRest({ look: { colour: "default" } });
    see(scene(fleet, (node) => () => ({ sessions: 21, checkCode: node === 1 ? 200 : 401 })));
    await clock.advance(100);
    expect(console.lines()).not.toEqual(shown);
  });

  it("gives a key the numbers that wait", async () => {
    const { clock, frames, press, see, text } = await openAtRest();
    see(withSessions(22));
    await clock.advance(100);
    see(withSessions(44));
    await clock.advance(100);
    expect(text()).not.toContain("264");
    press("j");
    expect([frames(), text().includes("264")]).toEqual([2, true]);
    await clock.advance(3_000);
    expect(frames()).toBe(2);
  });
});

describe("a key", () => {
  it("is drawn from the last look while nothing happened, for a second at most", async () => {
    const { clock, frames, press, reads } = await openAtRest();
    const before = reads();
    press("j");
    press("k", "j");
    expect([frames(), reads() - before]).toEqual([3, 0]);
    await clock.advance(3_000);
    expect(reads() - before).toBe(3);
  });

  it("leaves what happened to the next frame of data, which it does not delay", async () => {
    const { clock, press, reads, see, text } = await openAtRest();
    press("j");
    see(scene(fleet, () => (master) => (master === 2 ? "DOWN" : "UP")));
    await clock.advance(20);
    const before = reads();
    for (let key = 0; key < 8; key += 1) {
      press(key % 2 === 0 ? "k" : "j");
      await clock.advance(10);
    }
    expect([reads() - before, text().includes("connection refused")]).toEqual([1, true]);
  });
});
