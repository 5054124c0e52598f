import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { intentOf } from "../../src/ui/keymap.ts";
import { keepTyped } from "../../src/ui/recall.ts";
import { lineOf, lineText, reduceLine, type TypedLine } from "../../src/ui/typed-line.ts";

const past = ["events", "drain 2", "help"];

/** The line after these keys, its cursor as `|`; a text is typed. */
function typedBy(keys: readonly string[], begin = "", lines: readonly string[] = past): string {
  const single = keys.flatMap((key) => (key.startsWith("'") ? [...key.slice(1)] : [key]));
  const line = single.reduce<TypedLine | undefined>((held, key) => {
    const intent = intentOf(key === " " ? "space" : key, "command");
    return held === undefined || intent === undefined ? held : reduceLine(held, intent, lines);
  }, lineOf(begin));
  return line === undefined ? "dropped" : `${line.before}|${line.after}`;
}

describe("a line that is typed", () => {
  it.each([
    [["'dr", "left", "'x"], "dx|r"],
    [["'dr", "left", "left", "left", "right"], "d|r"],
    [["'dr", "ctrl-b", "ctrl-f", "ctrl-f"], "dr|"],
    [["'dr", "home", "'x", "end", "'y"], "xdry|"],
    [["'dr", "ctrl-a", "'x", "ctrl-e", "'y"], "xdry|"],
    [["'dr", "left", "backspace", "backspace"], "|r"],
    [["'drain two  ", "ctrl-w"], "drain |"],
    [["'drain two", "left", "ctrl-w"], "drain |o"],
    [["'drain two", "left", "left", "ctrl-k"], "drain t|"],
    [["'drain two", "left", "ctrl-u"], "|"],
    [["'a👍b", "left", "left", "left", "right", "backspace", "right", "right", "backspace"], "👍|"],
    [["backspace"], "dropped"],
    [["'a", "home", "backspace"], "|a"],
    [["ctrl-w"], "|"],
    [["'a", "esc"], "dropped"],
  ])("is %j: %s", (keys, line) => {
    expect(typedBy(keys)).toBe(line);
  });

  it("takes no more than two hundred characters, wherever they are typed", () => {
    expect(typedBy(["'abc", "home", `'${"x".repeat(300)}`])).toBe(`${"x".repeat(197)}|abc`);
  });

  it("keeps its text whole, wherever the cursor goes", () => {
    const moves = fc.array(fc.constantFrom("left", "right", "start", "end"));
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 100 }), moves, (text, way) => {
        const line = way.reduce((held, to) => reduceLine(held, { kind: "cursor", to }, []) ?? held, lineOf(text));
        expect(lineText(line)).toBe(text);
      }),
    );
  });
});

describe("what was typed before", () => {
  it.each([
    [["up"], "help|"],
    [["up", "up", "up", "up"], "events|"],
    [["ctrl-p", "ctrl-p", "ctrl-n"], "help|"],
    [["'mas", "up", "up", "down", "down"], "mas|"],
    [["'mas", "up", "down", "down", "'x"], "masx|"],
    [["'mas", "up", "'er", "down"], "mas|"],
    [["up", "up", "'x", "up"], "events|"],
    [["down"], "|"],
  ])("comes back by %j: %s", (keys, line) => {
    expect(typedBy(keys)).toBe(line);
  });

  it("is nothing at first", () => {
    expect(typedBy(["'a", "up", "down"], "", [])).toBe("a|");
  });

  it("is kept once where it follows itself, without blank lines, and fifty at most", () => {
    expect(keepTyped(past, " help ")).toEqual(past);
    expect(keepTyped(past, "  ")).toEqual(past);
    expect(keepTyped(past, "events")).toEqual([...past, "events"]);
    const many = Array.from({ length: 60 }, (_, i) => `sort ${i}`);
    expect(many.reduce<readonly string[]>(keepTyped, [])).toEqual(many.slice(10));
  });
});
