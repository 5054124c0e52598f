import { describe, expect, it } from "vitest";
import { createPlaces } from "../../src/io/places.ts";

const settle = async () => {
  for (let i = 0; i < 5; i += 1) await Promise.resolve();
};

/** Asks for `count` places and says who has come in so far, and lets them out by number. */
function queue(places: ReturnType<typeof createPlaces>, count: number) {
  const inside: number[] = [];
  const leave: ((() => void) | undefined)[] = [];
  for (let i = 0; i < count; i += 1) {
    void places.enter().then((release) => {
      leave[i] = release;
      inside.push(release === undefined ? -i : i);
    });
  }
  return { inside, leave };
}

describe("createPlaces", () => {
  it("lets in as many as there are, the others in order as places get free", async () => {
    const { inside, leave } = queue(createPlaces(2), 4);
    await settle();
    expect(inside).toEqual([0, 1]);
    leave[0]?.();
    leave[0]?.();
    await settle();
    expect(inside).toEqual([0, 1, 2]);
  });

  it("gives fewer after narrow, and more again after widen", async () => {
    const places = createPlaces(4);
    places.narrow();
    places.narrow();
    const { inside } = queue(places, 4);
    await settle();
    expect(inside).toEqual([0, 1]);
    for (let i = 0; i < 5; i += 1) places.widen();
    await settle();
    expect(inside).toEqual([0, 1, 2, 3]);
  });

  it("sends away whoever waits once stopped", async () => {
    const places = createPlaces(1);
    const { inside } = queue(places, 3);
    await settle();
    places.stop();
    await settle();
    expect(inside).toEqual([0, -1, -2]);
    expect(await places.enter()).toBeUndefined();
  });
});
