import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keymap } from "../../src/ui/key-table.ts";
import { createKeymap, intentOf } from "../../src/ui/keymap.ts";
import { neededActions, remapKeys, type WantedKeys } from "../../src/ui/remap.ts";

const remap = (wanted: WantedKeys) => remapKeys(keymap, wanted);
const textsOf = (wanted: WantedKeys) => remap(wanted).mistakes.map(({ path, text }) => `${path.join(".")}: ${text}`);

describe("remapKeys", () => {
  it("puts the keys of one action in the place of the table's, in all its modes, and leaves the others", () => {
    const { bindings, mistakes } = remap({ down: ["n", "Down"], "half-page-down": ["Ctrl-N", "Ctrl-N"] });
    const keys = createKeymap(bindings);
    expect(mistakes).toEqual([]);
    expect(intentOf("n", "table", keys)).toEqual({ kind: "move", by: 1 });
    expect(intentOf("n", "outcome", keys)).toEqual({ kind: "move", by: 1 });
    expect(intentOf("ctrl-n", "table", keys)).toEqual({ kind: "page", by: 0.5 });
    expect([intentOf("j", "table", keys), intentOf("ctrl-d", "table", keys)]).toEqual([undefined, undefined]);
    expect(intentOf("k", "table", keys)).toEqual({ kind: "move", by: -1 });
    expect(bindings.find(({ action }) => action === "half-page-down")?.keys).toEqual(["ctrl-n"]);
  });

  it("lets two actions change keys, and an action have none", () => {
    const { bindings, mistakes } = remap({ act: ["m"], matrix: ["a"], "copy-row": [] });
    const keys = createKeymap(bindings);
    expect(mistakes).toEqual([]);
    expect(["a", "m", "y"].map((key) => intentOf(key, "table", keys))).toEqual([
      { kind: "mode" },
      { kind: "act" },
      undefined,
    ]);
  });

  it("leaves the table as it is where nothing is asked for", () => {
    expect(remap({})).toEqual({ bindings: keymap, mistakes: [] });
  });

  it("refuses a key that another action of the mode has, and names it", () => {
    expect(textsOf({ freeze: ["j"] })).toEqual([
      "keys.freeze.0: j is down already, in a table; expected another key, or other keys for down",
    ]);
    expect(textsOf({ down: ["x", "enter"] })).toEqual([
      "keys.down.1: Enter is open already, in a table; expected another key, or other keys for open",
      "keys.down.1: Enter is confirm already, in a choice; expected another key, or other keys for confirm",
    ]);
    expect(textsOf({ freeze: ["x"], mark: ["x"] })).toEqual([
      "keys.freeze.0: x is mark already, in a table; expected another key, or other keys for mark",
    ]);
  });

  it("takes one key for two actions that never meet", () => {
    expect(textsOf({ complete: ["ctrl-g"], "plan-field": ["ctrl-g"], matrix: ["ctrl-g"] })).toEqual([]);
  });

  it("refuses a character where text is typed", () => {
    expect(textsOf({ quit: ["x"], confirm: ["space"] })).toEqual([
      "keys.quit.0: x is typed as text where quit is asked for; expected a key that prints nothing, such as ctrl-x",
      "keys.confirm.0: Space is typed as text where confirm is asked for; expected a key that prints nothing, such as ctrl-x",
    ]);
  });

  it.each(neededActions)("refuses to leave nobody a way: %s", (action) => {
    expect(textsOf({ [action]: [] })).toEqual([
      `keys.${action}: ${action} is left without a key; expected one at least, or nobody gets out again`,
    ]);
  });

  it("gives, where it has nothing against them, one meaning to every key, and a way out of every mode", () => {
    const keys = fc.constantFrom(...keymap.flatMap((binding) => binding.keys), "x", "ctrl-x", "é");
    const action = fc.constantFrom(...keymap.map((binding) => binding.action));
    fc.assert(
      fc.property(fc.dictionary(action, fc.array(keys, { maxLength: 2 }), { maxKeys: 6 }), (wanted) => {
        const { bindings, mistakes } = remap(wanted);
        if (mistakes.length > 0) return;
        const places = bindings.flatMap((each) =>
          each.modes.flatMap((mode) => each.keys.map((key) => `${mode} ${key}`)),
        );
        expect(places).toEqual([...new Set(places)]);
        expect(bindings.filter((each) => neededActions.includes(each.action) && each.keys.length === 0)).toEqual([]);
      }),
    );
  });
});
