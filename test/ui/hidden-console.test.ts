import { describe, expect, it } from "vitest";
import { openConsole } from "../support/console.ts";
import { scene } from "../support/scene.ts";
import { situation } from "../support/screens.ts";

const well = situation(() => () => "UP");
const masterDown = scene(well.fleet, () => (master) => (master === 2 ? "DOWN" : "UP"));

describe("a console that was hidden and is shown again", () => {
  it("goes on to draw what happens, also where a frame was waiting for its turn when it was hidden", async () => {
    const { clock, console, see, text } = openConsole(well, undefined);
    await clock.advance(2_000);
    see(well.records);
    console.show(false);
    await clock.advance(3_000);
    console.show(true);
    see(masterDown);
    await clock.advance(1_500);
    expect(text()).toContain("connection refused");
  });
});
