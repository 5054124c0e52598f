import { Terminal } from "@xterm/headless";
import { describe, expect, it } from "vitest";
import { createPainter } from "../../src/ui/painter.ts";
import { cellsOf, feed, rowWords } from "../support/terminal-cells.ts";

const size = { columns: 20, rows: 6 };

function openTerminal(): Terminal {
  return new Terminal({ cols: size.columns, rows: size.rows, allowProposedApi: true });
}

/** What a terminal shows after these bytes: every cell with its colour, weight and turn. */
async function shown(terminal: Terminal, bytes: string): Promise<readonly string[]> {
  await feed(terminal, bytes);
  return cellsOf(terminal).map(rowWords);
}

/** Frames that differ by little, as a screen's do, now and then by much. */
function randomFrames(count: number): readonly string[] {
  let seed = 7;
  const next = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(seed / 65_536) % below;
  };
  const styles = ["1;31", "2", "7", "36", "39", "22", "27", "4", "24", "44", "49", "38;5;9", "0"];
  const cell = () => (next(4) === 0 ? `\u001b[${styles[next(styles.length)]}m` : "") + ("ab✗日"[next(4)] ?? "");
  const line = () => Array.from({ length: next(size.columns / 2) }, cell);
  let frame = Array.from({ length: size.rows }, line);
  return Array.from({ length: count }, () => {
    frame = frame.map((cells) => {
      if (next(5) === 0) return line();
      return cells.length === 0 || next(2) === 0 ? cells : cells.with(next(cells.length), cell());
    });
    const lines = frame.map((cells) => `${cells.join("")}\u001b[0m`);
    return lines.slice(0, next(4) === 0 ? next(size.rows) : size.rows).join("\n");
  });
}

describe("createPainter", () => {
  it("makes the terminal show what a whole frame would, whatever was there before", async () => {
    const terminal = openTerminal();
    const painter = createPainter();
    for (const frame of randomFrames(400)) {
      const whole = await shown(openTerminal(), createPainter().frame(frame, size));
      expect(await shown(terminal, painter.frame(frame, size))).toEqual(whole);
    }
  });

  it("writes nothing for the same frame, and of another only the cells that changed", () => {
    const painter = createPainter();
    painter.frame("one\ntwo\nthree", size);
    expect(painter.frame("one\ntwo\nthree", size)).toBe("");
    expect(painter.frame("one\ntwx\nthree", size)).toBe("\u001b[2;3Hx");
    expect(painter.frame("one\ntwx\nthrow", size)).toBe("\u001b[3;4How");
  });

  it("draws several changes in one synchronized update, each with the shortest jump there", () => {
    const painter = createPainter();
    painter.frame("a 1 bbbbbbb 1\nsame", size);
    expect(painter.frame("a 2 bbbbbbb 2\nsame", size)).toBe("\u001b[?2026h\u001b[1;3H2\u001b[9C2\u001b[?2026l");
  });

  it("changes colours with as few codes as may be, and ends without one", () => {
    const painter = createPainter();
    painter.frame("a \u001b[31mred 1\u001b[39m", size);
    expect(painter.frame("a \u001b[31mred 2\u001b[39m", size)).toBe("\u001b[1;7H\u001b[31m2\u001b[m");
    expect(painter.frame("a \u001b[31mred \u001b[1m2\u001b[22m!\u001b[0m", size)).toBe(
      "\u001b[1;7H\u001b[1;31m2\u001b[22m!\u001b[m",
    );
  });

  it("erases what a shorter line leaves, in the terminal's own colour", () => {
    const painter = createPainter();
    painter.frame("a long line", size);
    expect(painter.frame("a", size)).toBe("\u001b[1;2H\u001b[K");
    painter.frame("abc", size);
    expect(painter.frame("ab", size)).toBe("\u001b[1;3H ");
  });

  it("writes a line whole that holds anything wider than a column", () => {
    const painter = createPainter();
    painter.frame("日本 1", size);
    expect(painter.frame("日本 2", size)).toBe("\u001b[1H\u001b[K日本 2\u001b[0m");
  });

  it("draws everything anew after it was told to forget, and for another size", () => {
    const painter = createPainter();
    const first = painter.frame("one\ntwo", size);
    painter.forget();
    expect(painter.frame("one\ntwo", size)).toBe(first);
    expect(painter.frame("one\ntwo", { columns: 30, rows: 3 })).toBe(first);
  });
});
