import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Block, isOnlyBlock, placeBlock } from "../../src/generate/block.ts";

const digest = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 16);
const block = (text = "frontend api\n", target = "haproxy"): Block => ({ target, comment: "#", text });

function place(old: string, text?: string, overwrite = false): string {
  const placed = placeBlock(old, block(text), { digest, overwrite });
  if (!placed.ok) throw new Error(placed.problem);
  return placed.text;
}

function problem(old: string, overwrite = false): string {
  const placed = placeBlock(old, block(), { digest, overwrite });
  return placed.ok ? "none" : `${placed.problem}${placed.canOverwrite ? " [overwrite]" : ""}`;
}

/** Any text that holds no marker, with all kinds of line ends. */
const anyText = fc
  .array(fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("\n", "\r\n", "\r", "# >>> other >>>", "#")))
  .map((parts) => parts.join(""))
  .filter((text) => !text.includes("k3s-lb generate"));

describe("placeBlock", () => {
  it("puts the block at the end of a file that has none, after an empty line", () => {
    expect(place("global\n")).toBe(
      `global

# >>> k3s-lb generate haproxy (do not edit: sha256 ${digest("frontend api\n")}) >>>
frontend api
# <<< k3s-lb generate haproxy <<<
`,
    );
  });

  it("keeps everything outside of the markers, byte for byte", () => {
    fc.assert(
      fc.property(anyText, anyText, fc.string(), fc.string(), (before, after, first, second) => {
        const head = before === "" || before.endsWith("\n") ? before : `${before}\n`;
        const once = place("", first).trimEnd();
        // A file of CRLF has its block in CRLF too, wherever the block stands.
        const isCrLf = /^[^\n]*\r\n/.test(head);
        const tail = after === "" ? "" : `\n${after}`;
        const old = head + (isCrLf ? once.replaceAll(/\r?\n/g, "\r\n") : once) + tail;
        fc.pre(
          !first.includes("\r") && !second.includes("\r") && !first.includes("k3s-lb") && !second.includes("k3s-lb"),
        );
        const text = place(old, second, true);
        expect(text.startsWith(head)).toBe(true);
        expect(text.endsWith(tail)).toBe(true);
        const middle = text.slice(head.length, text.length - tail.length);
        expect(middle.replaceAll("\r\n", "\n")).toBe(place("", second).trimEnd());
      }),
    );
  });

  it("gives the same file when it is run again", () => {
    fc.assert(
      fc.property(anyText, (old) => {
        const once = place(old);
        expect(place(once)).toBe(once);
      }),
    );
  });

  it("only adds to a file that has no block", () => {
    fc.assert(fc.property(anyText, (old) => place(old).startsWith(old)));
  });

  it("writes the line ends of the file", () => {
    const text = place("global\r\n  daemon\r\n");
    expect(text.replaceAll("\r\n", "")).not.toContain("\n");
    expect(place(text)).toBe(text);
  });

  it("leaves a missing last line end missing", () => {
    const text = place("global\n").trimEnd();
    expect(place(text, "frontend other\n").endsWith("<<<")).toBe(true);
  });

  it("takes a change of all line ends for no edit", () => {
    const text = place("global\n").replaceAll("\n", "\r\n");
    expect(problem(text)).toBe("none");
  });

  it("refuses a block that was edited by hand, unless told to overwrite", () => {
    const edited = place("global\n").replace("frontend api", "frontend mine");
    expect(problem(edited)).toBe("the block of haproxy was edited by hand since k3s-lb wrote it [overwrite]");
    expect(problem(edited, true)).toBe("none");
    expect(problem(place("").replace(/sha256 \w+/, "sha256"))).toContain("edited by hand");
  });

  it.each([
    ["two blocks", place("") + place(""), "there is more than one block of haproxy; take the wrong ones out"],
    ["a block without its end", place("").replace(/# <<<.*/, ""), "the block of haproxy has no end"],
    ["an end alone", place("").replace(/# >>>.*/, ""), "the block of haproxy has an end, and no begin"],
    [
      "markers in the wrong order",
      place("").trimEnd().split("\n").reverse().join("\n"),
      "the block of haproxy ends before it begins",
    ],
  ])("refuses %s, even to overwrite", (_, old, words) => {
    expect(problem(old, true)).toBe(words);
  });

  it("leaves the blocks of other targets alone", () => {
    const other = placeBlock("", block("table\n", "haproxy-other"), { digest, overwrite: false });
    const old = other.ok ? other.text : "";
    expect(place(old).startsWith(old)).toBe(true);
  });
});

describe("isOnlyBlock", () => {
  it.each([
    ["", true],
    ["\n# a comment\n", true],
    [place(""), true],
    [`# mine\n${place("")}\r\n`, true],
    ["global\n", false],
    [place("global\n"), false],
  ])("%j: %s", (old, answer) => {
    expect(isOnlyBlock(old, "haproxy")).toBe(answer);
  });
});
