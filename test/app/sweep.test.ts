import { describe, expect, it } from "vitest";
import type { NodeReader } from "../../src/app/reader.ts";
import { createStore } from "../../src/app/store.ts";
import { sweep } from "../../src/app/sweep.ts";
import { fleetOf } from "../support/fleet.ts";
import { createHandClock } from "../support/hand-clock.ts";

describe("sweep", () => {
  it("ends with the slowest time limit although dead nodes outnumber the places", async () => {
    const clock = createHandClock();
    const store = createStore();
    const startMs = clock.now();
    const reader: NodeReader = {
      read: (node) =>
        new Promise((resolve) => {
          const isDead = Number(node.name.slice(4)) % 2 === 0;
          const failure = { kind: "timeout", detail: "no answer", statusCode: undefined } as const;
          clock.after(isDead ? 1_500 : 10, () =>
            resolve(
              isDead ? { ok: false, failure } : { ok: true, page: { source: "stats", rows: [] }, process: undefined },
            ),
          );
        }),
      identify: () => Promise.resolve(undefined),
      close: () => Promise.resolve(),
    };
    let endedMs: number | undefined;
    const done = sweep({ nodes: fleetOf({ nodes: 20 }).nodes, reader, clock, store, parallel: 4 }).then(() => {
      endedMs = clock.now() - startMs;
    });
    await clock.advance(3_000);
    await done;
    // Ten dead nodes hold four places for 200 ms each time they take them, and the last hangs for its own 1.5 s.
    expect(endedMs).toBeLessThan(2_100);
    const records = [...store.records.values()];
    expect(records.filter((record) => record.good !== undefined)).toHaveLength(10);
    expect(records.filter((record) => record.failure?.failure.kind === "timeout")).toHaveLength(10);
  });

  it("ends at once without nodes", async () => {
    const reader: NodeReader = {
      read: () => Promise.reject(new Error("nobody to ask")),
      identify: () => Promise.resolve(undefined),
      close: () => Promise.resolve(),
    };
    const clock = createHandClock();
    await expect(sweep({ nodes: [], reader, clock, store: createStore(), parallel: 4 })).resolves.toBeUndefined();
  });
});
