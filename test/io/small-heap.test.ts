import { Script } from "node:vm";
import { expect, it } from "vitest";
import { keepHeapSmall } from "../../src/io/small-heap.ts";

type Flags = { hold(): void; release(): void };

const source = "(function () { return 1; })";
// By another name, or V8 would look at what it has compiled already and not at the cache.
const isTaken = (cachedData: Buffer, filename: string) =>
  new Script(source, { cachedData, filename }).cachedDataRejected === false;

it("keepHeapSmall lets the launcher take the code caches of a start without it", () => {
  const cache = new Script(source).createCachedData();
  keepHeapSmall();
  const flags = (globalThis as unknown as Record<symbol, Flags>)[Symbol.for("k3s-lb/flags")];
  const whileHeld = isTaken(cache, "held.js");
  flags?.release();
  expect([whileHeld, isTaken(cache, "released.js")]).toEqual([false, true]);
});
