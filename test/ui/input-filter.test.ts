import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createInputFilter, type Heard, type InputFilter } from "../../src/ui/input-filter.ts";

const keys = (bytes: string): Heard => ({ kind: "keys", bytes });
const mouse = (button: number, column: number, row: number, isRelease = false): Heard => ({
  kind: "mouse",
  report: { button, column, row, isRelease },
});

/** What was found, with keys that follow each other as one. */
function joined(heard: readonly Heard[]): readonly Heard[] {
  const all: Heard[] = [];
  for (const one of heard) {
    const last = all.at(-1);
    if (one.kind === "keys" && last?.kind === "keys") all.splice(-1, 1, keys(last.bytes + one.bytes));
    else all.push(one);
  }
  return all;
}

function hear(pieces: readonly string[], filter: InputFilter = createInputFilter()): readonly Heard[] {
  return joined(pieces.flatMap((piece) => filter.push(piece)));
}

/** The text cut at these places. */
function cut(text: string, places: readonly number[]): readonly string[] {
  const at = [0, ...places.map((place) => place % (text.length + 1)).sort((a, b) => a - b), text.length];
  return at.slice(1).map((end, index) => text.slice(at[index], end));
}

const number = fc.nat({ max: 2000 });
const sgr = fc.tuple(fc.nat({ max: 130 }), number, number, fc.boolean()).map(([button, column, row, isRelease]) => ({
  bytes: `\u001b[<${button};${column + 1};${row + 1}${isRelease ? "m" : "M"}`,
  heard: [mouse(button, column, row, isRelease)],
}));
const x10 = fc.tuple(fc.constantFrom(0, 1, 2, 64, 65), fc.nat({ max: 222 }), fc.nat({ max: 222 })).map((numbers) => {
  const [button, column, row] = numbers;
  return {
    bytes: `\u001b[M${String.fromCharCode(button + 32, column + 33, row + 33)}`,
    heard: [mouse(button, column, row)],
  };
});
const urxvt = fc.tuple(number, number, number).map((numbers) => ({
  bytes: `\u001b[${numbers.join(";")}M`,
  heard: [],
}));
const key = fc
  .oneof(
    fc.constantFrom("\u001b[A", "\u001bOB", "\u001b\u001b[C", "\u001b[5~", "\u001b[1;5D", "\u001b[Z", "\u001bx", "\r"),
    fc.constantFrom("m", "M", "<", ";", "[", "0", "q", "\u0003", "\u00c3\u00a9"),
    fc.constantFrom("jjj", "[<0;1;1M", "\u001b[200~a\u001b[<0;1;1Mb\u001b[20\u001b[201~"),
  )
  .map((bytes) => ({ bytes, heard: [keys(bytes)] }));
const escapeThenReport = sgr.map(({ bytes, heard }) => ({
  bytes: `\u001b${bytes}`,
  heard: [keys("\u001b[27u"), ...heard],
}));
const mix = fc.array(fc.oneof(sgr, x10, urxvt, key, escapeThenReport), { maxLength: 12 });

describe("the input of a terminal", () => {
  it("gives the same keys and reports of the mouse, however it is cut", () => {
    fc.assert(
      fc.property(mix, fc.array(fc.nat(), { maxLength: 20 }), (parts, places) => {
        const text = parts.map(({ bytes }) => bytes).join("");
        expect(hear(cut(text, places))).toEqual(joined(parts.flatMap(({ heard }) => heard)));
      }),
      { numRuns: 2000 },
    );
  });

  it("gives the same for anything at all, however it is cut", () => {
    const character = fc.oneof(
      fc.constantFrom("\u001b", "[", "<", ";", "M", "m", "O", "~", "1", "2", "0", "200~", "\u001b[201~"),
      fc.nat({ max: 255 }).map((code) => String.fromCharCode(code)),
    );
    fc.assert(
      fc.property(fc.array(character, { maxLength: 60 }), fc.array(fc.nat(), { maxLength: 30 }), (text, places) => {
        const whole = text.join("");
        expect(hear(cut(whole, places))).toEqual(hear([whole]));
      }),
      { numRuns: 3000 },
    );
  });

  it.each(["\u001b[<64;12;7M", "\u001b[<0;120;45m", "\u001b[M !!"])(
    "lets nothing of %j through, whatever of it was lost",
    (report) => {
      for (let length = 3; length < report.length; length += 1) {
        expect(hear([report.slice(0, length), "\rj"])).toEqual([keys("\rj")]);
      }
    },
  );

  it("waits for what may come after Esc, and gives Esc alone as a key that joins nothing", () => {
    const filter = createInputFilter();
    expect([filter.push("\u001b"), filter.waits()]).toEqual([[], 20]);
    expect([filter.expire(), filter.waits()]).toEqual([[keys("\u001b[27u")], undefined]);
    expect(filter.push("j")).toEqual([keys("j")]);
    expect(hear(["\u001b\u001bj"])).toEqual([keys("\u001b[27u\u001b[27uj")]);
  });

  it("waits for the rest of a report as long as it takes", () => {
    const filter = createInputFilter();
    expect([filter.push("\u001b[<0;1"), filter.waits()]).toEqual([[], undefined]);
    expect(filter.push("5;3M")).toEqual([mouse(0, 14, 2)]);
  });

  it("knows the rest of a report whose Esc was given for a key", () => {
    const filter = createInputFilter();
    filter.push("\u001b");
    filter.expire();
    expect([filter.push("[<0;1"), filter.push(";1Mj")]).toEqual([[], [mouse(0, 0, 0), keys("j")]]);
    filter.push("\u001b");
    filter.expire();
    expect(filter.push("[j")).toEqual([keys("[j")]);
  });

  it("ends a paste that nothing ends, and then hears keys", () => {
    const filter = createInputFilter();
    expect(filter.push("\u001b[200~text\u001b[20")).toEqual([keys("\u001b[200~text")]);
    expect(filter.waits()).toBe(3000);
    expect(filter.expire()).toEqual([keys("\u001b[20\u001b[201~")]);
    expect([filter.push("q"), filter.waits()]).toEqual([[keys("q")], undefined]);
  });

  it("keeps no more of a paste than anybody uses, and is in it until its end", () => {
    const filter = createInputFilter();
    const heard = ["\u001b[200~", "x".repeat(60_000), "y".repeat(60_000), "q\u0003", "\u001b[201~", "j"].flatMap(
      (text) => filter.push(text),
    );
    const [first] = joined(heard);
    expect(first?.kind === "keys" && first.bytes.length).toBe(6 + 65_536 + 6 + 1);
    expect(first?.kind === "keys" && first.bytes.slice(-8)).toBe("y\u001b[201~j");
  });
});
