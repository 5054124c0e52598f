import { describe, expect, it } from "vitest";
import { cleanText } from "../../src/domain/text.ts";

describe("cleanText", () => {
  it("leaves plain text as it is", () => {
    expect(cleanText("Connection refused")).toBe("Connection refused");
    expect(cleanText(new TextEncoder().encode("Grüße aus Köln 日本 🚀"))).toBe("Grüße aus Köln 日本 🚀");
  });

  it.each([
    ["an escape sequence", "\x1b[31mred\x1b[0m", "[31mred[0m"],
    ["an OSC sequence that would set the title", "\x1b]0;owned\x07ok", "]0;ownedok"],
    ["C1 controls", "a\u009b31mb\u0085c", "a31mb c"],
    ["backspace and DEL", "ab\b\x7fc", "abc"],
    ["bidi controls", "abc\u202etxt\u2066x\u2069\u061c", "abctxtx"],
    ["zero-width characters and a byte order mark", "a\u200bb\u200d\u2060c\ufeff", "abc"],
    ["soft hyphen, variation selector and filler", "a\u00adb\ufe0fc\u3164", "abc"],
    ["private tag characters", "ok\u{e0041}\u{e0001}", "ok"],
    ["tabs and line ends, to one space", "a\t\r\nb\u2028c\u2029d", "a b c d"],
    ["lone surrogates", "a\ud800b\udc00", "a\ufffdb\ufffd"],
  ])("takes out %s", (_, dirty, clean) => {
    expect(cleanText(dirty)).toBe(clean);
  });

  it("puts a replacement character for bytes that are no UTF-8", () => {
    expect(cleanText(Uint8Array.of(0x61, 0xff, 0x62, 0xc3))).toBe("a\ufffdb\ufffd");
    expect(cleanText(Uint8Array.of(0xc0, 0x9b, 0x41))).toBe("\ufffd\ufffdA");
  });

  it("cuts long text, and never through a character", () => {
    expect(cleanText("x".repeat(600))).toBe(`${"x".repeat(511)}…`);
    expect(cleanText(`${"x".repeat(8)}🚀🚀`, 10)).toBe(`${"x".repeat(8)}…`);
    expect(cleanText("\u200b".repeat(1_000_000))).toBe("");
  });

  it("leaves nothing that a terminal obeys, whatever the bytes", () => {
    for (let first = 0; first < 256; first += 1) {
      for (const rest of [[], [0x80], [0x9b], [0xbf, 0xbf], [0x80, 0x8e], [0x81, 0xa6, 0x80]]) {
        expect(cleanText(Uint8Array.of(0x41, first, ...rest))).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      }
    }
  });
});
