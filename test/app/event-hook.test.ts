import { describe, expect, it } from "vitest";
import { createEventHook, type HookEvent } from "../../src/app/event-hook.ts";
import { createHandClock } from "../support/hand-clock.ts";

const event = (key: string, id = key): HookEvent => ({ key, id, line: `${id}\n` });

/** A hook whose runs a test ends by hand; `inputs` is what each was given. */
function openHook(debounceMs = 10_000) {
  const clock = createHandClock();
  const inputs: string[] = [];
  const said: string[] = [];
  const ends: ((problem?: string) => void)[] = [];
  const hook = createEventHook({
    clock,
    debounceMs,
    say: (text) => said.push(text),
    start(input) {
      const { promise, resolve } = Promise.withResolvers<string | undefined>();
      inputs.push(input);
      ends.push(resolve);
      return { ended: promise, kill: () => resolve("killed") };
    },
  });
  const end = async (problem?: string) => {
    ends.shift()?.(problem);
    await clock.advance(0);
  };
  return { clock, hook, inputs, said, end };
}

describe("createEventHook", () => {
  it("starts the program at once, and what came meanwhile together when its time has come", async () => {
    const { clock, hook, inputs, end } = openHook();
    hook.add([event("m1", "1")]);
    await end();
    hook.add([event("m1", "2")]);
    await clock.advance(4_000);
    hook.add([event("m1", "3")]);
    await clock.advance(5_999);
    expect(inputs).toEqual(["1\n"]);
    await clock.advance(1);
    expect(inputs).toEqual(["1\n", "2\n3\n"]);
  });

  it("lets no subject wait for another's time, and never runs twice at once", async () => {
    const { clock, hook, inputs, end } = openHook();
    hook.add([event("m1"), event("m2")]);
    hook.add([event("node"), event("m1", "m1 again")]);
    await clock.advance(5_000);
    expect(inputs).toEqual(["m1\nm2\n"]);
    await end();
    expect(inputs).toEqual(["m1\nm2\n", "node\n"]);
    await end();
    await clock.advance(5_000);
    expect(inputs.at(-1)).toBe("m1 again\n");
  });

  it("gives of an event that grew while it waited the newest only", async () => {
    const { hook, inputs, end } = openHook();
    hook.add([event("m1", "1")]);
    hook.add([{ ...event("m2", "2"), line: "one node\n" }]);
    hook.add([{ ...event("m2", "2"), line: "two nodes\n" }]);
    await end();
    expect(inputs).toEqual(["1\n", "two nodes\n"]);
  });

  it("says a failure once, until it has worked again or fails otherwise", async () => {
    const { hook, said, end } = openHook(0);
    for (const problem of ["broken", "broken", "gone", undefined, "gone"]) {
      hook.add([event("m1")]);
      await end(problem);
    }
    expect(said).toEqual(["broken", "gone", "gone"]);
  });

  it("drops the oldest while the program hangs, and says how many", async () => {
    const { hook, inputs, said, end } = openHook(0);
    hook.add([event("m1", "first")]);
    for (let i = 1; i <= 130; i += 1) hook.add([event("m1", String(i))]);
    expect(said).toEqual([]);
    await end();
    expect(said).toEqual(["on_event is too slow: 30 events were not given to it"]);
    const given = (inputs[1] ?? "").trim().split("\n");
    expect([given.length, given[0], given.at(-1)]).toEqual([100, "31", "130"]);
  });

  it("gives at the end what waits without waiting for its time, and kills what is not over by then", async () => {
    const { clock, hook, inputs, said, end } = openHook();
    hook.add([event("m1", "1")]);
    await end();
    hook.add([event("m1", "2")]);
    let isOver = false;
    const ended = hook.end(5_000).then(() => {
      isOver = true;
    });
    expect(inputs).toEqual(["1\n", "2\n"]);
    hook.add([event("m1", "3")]);
    await clock.advance(4_999);
    expect(isOver).toBe(false);
    await clock.advance(1);
    await ended;
    expect(said).toEqual(["killed", "on_event is too slow: 1 events were not given to it"]);
  });

  it("ends at once where nothing is at work", async () => {
    await openHook().hook.end(5_000);
  });
});
