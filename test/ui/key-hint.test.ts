import { describe, expect, it } from "vitest";
import { keyFor, keyHints, keysOr } from "../../src/ui/key-hint.ts";
import { keymap } from "../../src/ui/key-table.ts";
import { createKeymap } from "../../src/ui/keymap.ts";
import { remapKeys } from "../../src/ui/remap.ts";
import { armed, createFakeOperations, openConsole } from "../support/console.ts";
import { situation } from "../support/screens.ts";

const wanted = {
  help: ["f"],
  filter: [],
  confirm: ["ctrl-y"],
  cancel: ["ctrl-n"],
  leave: ["x"],
  act: ["!"],
  back: ["b"],
};
const keys = createKeymap(remapKeys(keymap, { ...wanted, open: ["o"] }).bindings);

describe("keyHints", () => {
  it("names the first key in force, and nothing that has none", () => {
    expect(keyFor({}, "page-down")).toBe("PgDn");
    expect(keyHints({}, [["filter", "filter"], ["help", "help"]])).toBe("/ filter  ? help"); // biome-ignore format: one row
    expect(keyHints({ keys }, [["filter", "filter"], ["help", "help"]])).toBe("f help"); // biome-ignore format: one row
    expect([keysOr({}, ["confirm", "cancel", "close"]), keysOr({ keys }, ["filter", "leave"])]).toEqual([
      "Enter, Esc or q",
      "x",
    ]);
  });

  it("is a bug where there is no such action", () => {
    expect(() => keyFor({}, "fly")).toThrow("no key is bound to an action fly");
  });
});

describe("a console with keys of one's own", () => {
  it("obeys them, and names them wherever it names keys", () => {
    const held = openConsole(
      situation(() => () => "UP"),
      createFakeOperations(),
      { look: { keys } },
    );
    expect(held.bar()).toMatch(/o open {2}! act {2}f help {2}x quit$/);
    held.press("?", "/", "enter");
    expect(held.bar()).toMatch(/x quit$/);
    held.press("f", "ctrl-d");
    expect(held.text()).toContain("  f                  this help");
    expect(held.text()).not.toContain("filter the rows");
    expect(held.bar()).toMatch(/b back$/);
    held.press("x", "o");
    expect(held.bar()).toMatch(/b back {2}f help$/);
    held.press("b");
    armed(held);
    held.press("!");
    expect(held.text()).toMatch(/Ctrl-Y chooses {2}Ctrl-N closes/);
    held.press("ctrl-y", "ctrl-y");
    expect(held.text()).toMatch(/and Ctrl-Y to go on\. Ctrl-Y alone sends nothing\./);
    held.press("ctrl-n", "x");
    expect(held.quits()).toBe(1);
  });
});
