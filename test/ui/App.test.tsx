import { render } from "ink-testing-library";
import { describe, expect, it, onTestFinished } from "vitest";
import { assess } from "../../src/domain/assess.ts";
import { UTF8_GLYPHS } from "../../src/output/glyphs.ts";
import { App } from "../../src/ui/App.tsx";
import { createConsole } from "../../src/ui/controller.ts";
import { fleetOf } from "../support/fleet.ts";
import { createHandClock } from "../support/hand-clock.ts";
import { nowMs, scene } from "../support/scene.ts";

/** The dashboard on a fleet of six, with a clock turned by hand and a record of all that it asks for. */
function openApp() {
  const fleet = fleetOf({ nodes: 6 });
  const clock = createHandClock();
  const asked: string[] = [];
  let records = scene(fleet, () => () => "UP");
  let tell: () => void = () => undefined;
  let reads = 0;
  const console = createConsole(
    {
      fleet,
      clock,
      look: { glyphs: UTF8_GLYPHS, colour: false },
      read: () => {
        reads += 1;
        return assess(fleet, records, nowMs);
      },
      watch(listener) {
        tell = listener;
        return () => undefined;
      },
      poller: {
        pollNow: () => asked.push("poll"),
        setIntervalMs: (ms) => asked.push(`interval ${ms}`),
        intervalMs: () => 2000,
        inFlight: () => 0,
      },
      terminal: {
        repaint: () => asked.push("repaint"),
        suspend: () => asked.push("suspend"),
        isBusy: () => false,
        copy: () => undefined,
      },
      operations: undefined,
      quit: () => asked.push("quit"),
    },
    { columns: 100, rows: 20 },
  );
  onTestFinished(console.start());
  const app = render(<App console={console} />);
  onTestFinished(() => app.unmount());
  return {
    app,
    asked,
    clock,
    frames: () => app.frames.length,
    reads: () => reads,
    seesDown() {
      records = scene(fleet, () => (master) => (master === 2 ? "DOWN" : "UP"));
      tell();
    },
    tell: () => tell(),
    press: console.press,
    lines: console.lines,
    async sees(text: string) {
      await expect.poll(() => app.lastFrame()).toContain(text);
    },
  };
}

const controls: Readonly<Record<string, string>> = {
  "\r": "enter",
  "\t": "tab",
  "\u001b": "esc",
  "\u0015": "ctrl-u",
};

describe("App", () => {
  it("obeys every key of a string that came at once", async () => {
    const { app, sees } = openApp();
    await sees("> node01");
    app.stdin.write("jjj");
    await sees("> node04");
    app.stdin.write("\r");
    await sees("k8s-de1 › node04");
  });

  it.each([
    ["jjjkk\rq/node0[123]\rj", 8],
    ["jj\tk\r\u001bG/node\u0015site=b\rkkj>>R\r", 16],
    ["?jjj?Gkk\r", 6],
  ])("acts for each key of %j as if it came alone, with no more than %i frames", async (text, most) => {
    const alone = openApp();
    const together = openApp();
    for (const { sees } of [alone, together]) await sees("> node01");
    const before = together.reads();
    for (const key of text) alone.press([controls[key] ?? key]);
    together.press([...text].map((key) => controls[key] ?? key));
    expect(together.lines()).toEqual(alone.lines());
    expect(together.reads() - before).toBeLessThanOrEqual(most);
  });

  it("asks for what is not the screen's own", async () => {
    const { app, asked, sees } = openApp();
    await sees("> node01");
    app.stdin.write("r+-q");
    await expect.poll(() => asked).toEqual(["poll", "interval 3000", "interval 1000", "quit"]);
  });

  it("draws at most once in a tenth of a second, however much is told", async () => {
    const { clock, reads, seesDown, sees, tell } = openApp();
    await clock.advance(500);
    const before = reads();
    for (let time = 0; time < 50; time += 1) tell();
    seesDown();
    await clock.advance(100);
    expect(reads() - before).toBeLessThanOrEqual(2);
    await sees("master-2 is down on all 6 nodes");
  });

  it("draws nothing where nothing changed", async () => {
    const { clock, frames, sees, tell } = openApp();
    await sees("> node01");
    const before = frames();
    tell();
    await clock.advance(3000);
    expect(frames()).toBe(before);
  });

  it("stands still while it is paused, and shows what happened after", async () => {
    const { app, clock, seesDown, sees } = openApp();
    await sees("> node01");
    app.stdin.write("Z");
    await sees("PAUSED 0s");
    seesDown();
    await clock.advance(2000);
    await sees("PAUSED 2s");
    expect(app.lastFrame()).toContain("all 3 masters up");
    app.stdin.write("Z");
    await sees("master-2 is down on all 6 nodes");
  });
});
