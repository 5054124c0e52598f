import { PassThrough, Writable } from "node:stream";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { createCanvas } from "../../src/ui/canvas.ts";
import type { Console } from "../../src/ui/console-parts.ts";
import { createKeyboard } from "../../src/ui/keyboard.ts";
import { mount } from "../../src/ui/mount.tsx";
import { createHandClock } from "../support/hand-clock.ts";

/** Ink on a terminal that a test types into, and all that came of it, in its order. */
async function openInk(isToldOfReads = false) {
  const size = { columns: 80, rows: 24 };
  const clock = createHandClock();
  const heard: string[] = [];
  const lines: readonly string[] = [""];
  const console: Console = {
    lines: () => lines,
    subscribe: () => () => undefined,
    beginRead: () => heard.push("read"),
    press: (keys) => heard.push(...keys),
    paste: (text) => heard.push(`pasted ${text}`),
    mouse: (reports) => heard.push(...reports.map(({ button, column, row }) => `mouse ${button} ${column},${row}`)),
    resize: () => undefined,
    start: () => () => undefined,
  };
  const input = new PassThrough();
  const modes: boolean[] = [];
  const terminal = {
    isTTY: true,
    setRawMode: (isRaw: boolean) => modes.push(isRaw),
    ref: () => undefined,
    unref: () => undefined,
  };
  const stdin = Object.assign(input, terminal) as unknown as NodeJS.ReadStream;
  const stdout = new Writable({ write: (_chunk, _encoding, done) => done() }) as unknown as NodeJS.WriteStream;
  const app = mount(
    console,
    createCanvas(stdout, size),
    createKeyboard(stdin, clock, console.mouse, isToldOfReads ? console.beginRead : undefined),
  );
  onTestFinished(() => app.unmount());
  await expect.poll(() => modes).toEqual([true]);
  return {
    clock,
    heard,
    unmount: app.unmount,
    isRead: () => input.listenerCount("data") > 0,
    /** What a terminal sends at once; the stream gives it on before this resolves. */
    async send(...pieces: readonly (string | Buffer)[]) {
      for (const piece of pieces) input.write(piece);
      while (input.readableLength > 0) await new Promise((next) => setImmediate(next));
    },
  };
}

describe("the keyboard", () => {
  it("tells keys and the mouse in the order in which they came, in one piece or in many", async () => {
    const { heard, send } = await openInk();
    const text = "jj\u001b[<0;10;5M\u001b[<0;10;5m\r\u001b[A\u001b\u001b[<65;1;1M\u001b[<65;1;1Mé";
    const all = ["j", "j", "mouse 0 9,4", "mouse 0 9,4", "enter", "up", "esc", "mouse 65 0,0", "mouse 65 0,0", "é"];
    await send(text);
    expect(heard).toEqual(all);
    await send(...[...Buffer.from(text)].map((byte) => Buffer.from([byte])));
    expect(heard).toEqual([...all, ...all]);
  });

  it("gives nothing of a report to the keys, wherever a slow line cuts it", async () => {
    const { clock, heard, send } = await openInk();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("\u001b[<0;123;45M", "\u001b[<64;1;1M", "\u001b[M`!!", "\u001b[35;10;5M"),
        fc.nat({ max: 12 }),
        async (report, at) => {
          // A cut behind the Esc or behind its bracket is an Esc or Alt-[ to everybody, when it is long.
          const place = Math.max(report.startsWith("\u001b[3") ? report.length : 3, at);
          heard.length = 0;
          await send(report.slice(0, place));
          await clock.advance(60_000);
          await send(report.slice(place), "j");
          expect(heard.filter((one) => !one.startsWith("mouse"))).toEqual(["j"]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("tells of every read before its keys, however many pieces Ink makes of it", async () => {
    const { heard, send } = await openInk(true);
    await send("\r\u001b[Ay\r");
    await send("q");
    expect(heard).toEqual(["read", "enter", "up", "y", "enter", "read", "q"]);
  });

  it("gives Esc when nothing has come after it", async () => {
    const { clock, heard, send } = await openInk();
    await send("\u001b");
    expect(heard).toEqual([]);
    await clock.advance(20);
    expect(heard).toEqual(["esc"]);
    await send("j");
    expect(heard).toEqual(["esc", "j"]);
  });

  it("hears keys again after a paste that nothing ended", async () => {
    const { clock, heard, send } = await openInk();
    await send("\u001b[200~text", "q");
    await clock.advance(2_000);
    await send("q");
    await clock.advance(2_999);
    expect(heard).toEqual([]);
    await clock.advance(1);
    await send("q");
    expect(heard).toEqual(["pasted textqq", "q"]);
  });

  it("is no longer read when Ink has ended", async () => {
    const { isRead, unmount } = await openInk();
    expect(isRead()).toBe(true);
    unmount();
    expect(isRead()).toBe(false);
  });
});
