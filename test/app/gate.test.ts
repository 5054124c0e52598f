import { describe, expect, it } from "vitest";
import { createGate } from "../../src/app/gate.ts";
import { createHandClock } from "../support/hand-clock.ts";

describe("createGate", () => {
  it("lets in as many as it has places, and again as they leave", () => {
    const gate = createGate(createHandClock(), 2);
    const [first, second] = [gate.enter(), gate.enter()];
    expect(gate.enter()).toBeUndefined();
    first?.();
    first?.();
    expect(gate.enter()).toBeDefined();
    expect(gate.enter()).toBeUndefined();
    second?.();
    expect(gate.enter()).toBeDefined();
  });

  it("takes the place back from whoever holds it too long, and only once", async () => {
    const clock = createHandClock();
    const gate = createGate(clock, 1, 200);
    const slow = gate.enter();
    await clock.advance(199);
    expect(gate.enter()).toBeUndefined();
    await clock.advance(1);
    const next = gate.enter();
    expect(next).toBeDefined();
    slow?.();
    expect(gate.enter()).toBeUndefined();
  });

  it("counts the time of each place from when it was taken", async () => {
    const clock = createHandClock();
    const gate = createGate(clock, 2, 200);
    gate.enter();
    await clock.advance(150);
    gate.enter();
    await clock.advance(50);
    expect([gate.enter(), gate.enter()].map((place) => place !== undefined)).toEqual([true, false]);
    await clock.advance(150);
    expect(gate.enter()).toBeDefined();
  });

  it("calls once whoever waits, for a place left and for one taken back", async () => {
    const clock = createHandClock();
    const gate = createGate(clock, 1, 200);
    let called = 0;
    const leave = gate.enter();
    gate.onFree(() => called++);
    leave?.();
    expect(called).toBe(1);
    gate.enter();
    gate.onFree(() => called++);
    await clock.advance(200);
    expect(called).toBe(2);
  });

  it("leaves no timer behind when nothing is begun", () => {
    const clock = createHandClock();
    const timers = { open: 0 };
    const counting = {
      ...clock,
      after(delayMs: number, run: () => void) {
        timers.open += 1;
        const cancel = clock.after(delayMs, run);
        return () => {
          timers.open -= 1;
          cancel();
        };
      },
    };
    const gate = createGate(counting, 3);
    const places = [gate.enter(), gate.enter()];
    expect(timers.open).toBe(1);
    for (const leave of places) leave?.();
    expect(timers.open).toBe(0);
  });
});
