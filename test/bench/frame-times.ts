import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";
import { createAssessor } from "../../src/domain/assess.ts";
import type { NodeRecord } from "../../src/domain/fleet.ts";
import { systemClock } from "../../src/io/clock.ts";
import { UTF8_GLYPHS } from "../../src/output/glyphs.ts";
import type { Canvas } from "../../src/ui/canvas.ts";
import type { Console, ConsoleDeps } from "../../src/ui/console-parts.ts";
import type { Size } from "../../src/ui/picture.ts";
import { fleetOf } from "../support/fleet.ts";
import { scene } from "../support/scene.ts";
import { median } from "./bench-table.ts";

/** Units: milliseconds, medians; bytes of the median frame. */
export type FrameTimes = {
  readonly what: string;
  readonly drawMs: number;
  readonly paintedMs: number;
  readonly bytes: number;
};

type Modules = {
  readonly createConsole: (deps: ConsoleDeps, size: Size) => Console;
  readonly createCanvas: (terminal: NodeJS.WriteStream, size: Size) => Canvas;
  readonly mount: (console: Console, canvas: Canvas, stdin: NodeJS.ReadStream) => { readonly unmount: () => void };
};

const root = join(import.meta.dirname, "..", "..");

/** The screen as it is shipped: bundled with its packages, which the build has patched. */
async function loadScreen(): Promise<Modules> {
  const outfile = join(root, "dist", "bench-screen.cjs");
  const { patchPlugin } = (await import(pathToFileURL(join(root, ".ci", "patches.mjs")).href)) as {
    readonly patchPlugin: () => Plugin;
  };
  process.env["NODE_ENV"] = "production";
  const contents = `export { createConsole } from "./src/ui/controller.ts";
export { createCanvas } from "./src/ui/canvas.ts";
export { mount } from "./src/ui/mount.tsx";`;
  await build({
    stdin: { contents, resolveDir: root, loader: "ts" },
    ...{ outfile, bundle: true, platform: "node", format: "cjs", target: "node22", jsx: "automatic" },
    define: { "process.env.NODE_ENV": '"production"', "process.env.DEV": '"false"', esbuildDetection: "1" },
    plugins: [patchPlugin()],
    logLevel: "error",
  });
  try {
    return createRequire(import.meta.url)(outfile) as Modules;
  } finally {
    rmSync(outfile, { force: true });
  }
}

/** One frame after another on a terminal that takes all at once: from the key to the bytes, without a line between. */
export async function frameTimes(nodes: number, size: Size, frames: number): Promise<readonly FrameTimes[]> {
  const { createCanvas, createConsole, mount } = await loadScreen();
  const fleet = fleetOf({ nodes });
  const assess = createAssessor(fleet);
  // Answers in steps of change: what is drawn is another one after each.
  const healthy = recordsOf((node) => (node % 7) + 1);
  const busier = recordsOf((node) => (node % 5) + 2);
  const oneCell = new Map(healthy);
  const [first] = fleet.nodes;
  const changed = first && busier.get(first.name);
  if (changed !== undefined) oneCell.set(changed.name, changed);
  let records = healthy;
  const view = (nowMs: number) => assess(records, nowMs);

  let sent = 0;
  const stdout = new Writable({
    write(chunk, _encoding, done) {
      sent += Buffer.byteLength(chunk);
      done();
    },
  });
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode() {}, ref() {}, unref() {} });
  const canvas = createCanvas(stdout as unknown as NodeJS.WriteStream, size);
  const now = performance.now();
  let clockMs = now;
  let tell = () => {};
  let drawData = () => {};
  const console = createConsole(
    {
      fleet,
      // Of the age of an answer nothing changes while frames are counted.
      clock: {
        ...systemClock,
        now: () => clockMs,
        after(delayMs, run) {
          // The other timer is the one of every second.
          if (delayMs < 1000) drawData = run;
          return () => undefined;
        },
      },
      look: { glyphs: UTF8_GLYPHS, colour: true },
      read: () => view(now),
      watch(listener) {
        tell = listener;
        return () => undefined;
      },
      poller: { pollNow() {}, setIntervalMs() {}, intervalMs: () => 1000, inFlight: () => 0 },
      terminal: { repaint() {}, suspend() {}, isBusy: () => false, copy() {} },
      operations: undefined,
      quit() {},
    },
    size,
  );
  const app = mount(console, canvas, stdin as unknown as NodeJS.ReadStream);

  async function measure(what: string, change: (turn: number) => void): Promise<FrameTimes> {
    const [draws, paints, bytes]: number[][] = [[], [], []];
    for (let turn = 0; turn < frames + 20; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      sent = 0;
      const startMs = performance.now();
      change(turn);
      const drawnMs = performance.now();
      // React commits in a microtask or a message of its own; the frame is out when bytes are.
      for (let wait = 0; sent === 0 && wait < 50; wait += 1) await new Promise((resolve) => setImmediate(resolve));
      if (turn < 20) continue;
      draws?.push(drawnMs - startMs);
      paints?.push(performance.now() - startMs);
      bytes?.push(sent);
    }
    return { what, drawMs: median(draws ?? []), paintedMs: median(paints ?? []), bytes: median(bytes ?? []) };
  }

  const stop = console.start();
  /** A frame of data a second after the last one, when also one of other numbers alone is due. */
  const show = (next: ReadonlyMap<string, NodeRecord>) => {
    records = next;
    clockMs += 1000;
    tell();
    drawData();
  };
  const times = [
    await measure("the cursor moves", (turn) => console.press([turn % 16 < 8 ? "j" : "k"])),
    await measure("one cell changes", (turn) => show(turn % 2 === 0 ? oneCell : healthy)),
    await measure("every row changes", (turn) => show(turn % 2 === 0 ? busier : healthy)),
  ];
  stop();
  app.unmount();
  return times;

  function recordsOf(sessions: (node: number) => number): ReadonlyMap<string, NodeRecord> {
    const made = scene(fleet, (node) => () => ({ sessions: sessions(node) }));
    return new Map(
      [...made].map(([name, record]) => [
        name,
        { ...record, good: record.good && { ...record.good, atMs: performance.now() } },
      ]),
    );
  }
}
