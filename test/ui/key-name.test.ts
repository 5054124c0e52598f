import { describe, expect, it } from "vitest";
import { readKey } from "../../src/ui/key-name.ts";
import { keymap } from "../../src/ui/key-table.ts";
import { showKey } from "../../src/ui/keymap.ts";

const keyOf = (text: string) => {
  const read = readKey(text);
  return read.ok ? read.key : undefined;
};

describe("readKey", () => {
  it("reads every key of the table, by its name and as it is shown", () => {
    const keys = keymap.flatMap((binding) => binding.keys);
    expect(keys.map(keyOf)).toEqual(keys);
    expect(keys.map((key) => keyOf(showKey(key)))).toEqual(keys);
  });

  it("minds upper and lower case of single characters only", () => {
    expect(["g", "G", "CTRL-D", "pgdn", "Esc", " ", "é", "?"].map(keyOf)).toEqual([
      "g",
      "G",
      "ctrl-d",
      "pagedown",
      "esc",
      "space",
      "é",
      "?",
    ]);
  });

  it("refuses what no terminal can tell from another key", () => {
    expect(readKey("ctrl-m")).toEqual({ ok: false, text: '"ctrl-m" cannot be told from Enter in a terminal' });
    expect(readKey("ctrl-i")).toEqual({ ok: false, text: '"ctrl-i" cannot be told from Tab in a terminal' });
  });

  it.each(["f1", "alt-x", "jj", "", "\u001b", "\u200b", "ctrl-1"])("knows no key %j", (text) => {
    expect(readKey(text)).toEqual({ ok: false, text: expect.stringContaining("is no key; expected a character") });
  });
});
