import type { Key } from "ink";
import { describe, expect, it } from "vitest";
import { keyNames } from "../../src/ui/key-names.ts";

const none = { ctrl: false, meta: false, shift: false, tab: false } as Key;

describe("keyNames", () => {
  it("takes a string that came at once apart into keys", () => {
    expect(keyNames("jj\r /é\u001b\u007f", none)).toEqual(["j", "j", "enter", "space", "/", "é", "esc", "backspace"]);
  });

  it("leaves out of a paste what would move the terminal or cannot be seen", () => {
    expect(keyNames("a\u009b2J\u202eb\u200b", none)).toEqual(["a", "2", "J", "b"]);
  });
});
