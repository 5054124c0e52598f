import { Terminal } from "@xterm/headless";
import { describe, expect, it } from "vitest";
import { createPainter } from "../../src/ui/painter.ts";

/** What a terminal shows after these bytes. */
async function shown(terminal: Terminal, bytes: string): Promise<readonly string[]> {
  await new Promise<void>((done) => terminal.write(bytes, done));
  return Array.from(
    { length: terminal.rows },
    (_, row) => terminal.buffer.active.getLine(row)?.translateToString(true) ?? "",
  );
}

function randomFrames(count: number, columns: number, rows: number): readonly (readonly string[])[] {
  let seed = 7;
  const next = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(seed / 65_536) % below;
  };
  const line = () => Array.from({ length: next(columns + 1) }, () => "ab✗-"[next(4)]).join("");
  let frame = Array.from({ length: rows }, line);
  return Array.from({ length: count }, () => {
    frame = frame.slice(0, rows).map((old) => (next(3) === 0 ? line() : old));
    return next(4) === 0 ? frame.slice(0, next(rows)) : frame;
  });
}

describe("createPainter", () => {
  it("makes the terminal show the frame, whatever was there before", async () => {
    const size = { columns: 20, rows: 6 };
    const terminal = new Terminal({ cols: size.columns, rows: size.rows, allowProposedApi: true });
    const painter = createPainter();
    for (const frame of randomFrames(300, size.columns, size.rows)) {
      const want = Array.from({ length: size.rows }, (_, row) => frame[row] ?? "");
      expect(await shown(terminal, painter.frame(frame.join("\n"), size))).toEqual(want);
    }
  });

  it("writes nothing for the same frame, and only the changed lines of another", () => {
    const painter = createPainter();
    const size = { columns: 20, rows: 3 };
    painter.frame("one\ntwo\nthree", size);
    expect(painter.frame("one\ntwo\nthree", size)).toBe("");
    expect(painter.frame("one\n2\nthree", size)).toBe("\u001b[?2026h\u001b[2;1H\u001b[K2\u001b[?2026l");
  });

  it("draws everything anew after it was told to forget, and for another size", () => {
    const painter = createPainter();
    const first = painter.frame("one\ntwo", { columns: 20, rows: 3 });
    painter.forget();
    expect(painter.frame("one\ntwo", { columns: 20, rows: 3 })).toBe(first);
    expect(painter.frame("one\ntwo", { columns: 30, rows: 3 })).toBe(first);
  });
});
