import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Operations } from "../../src/app/operations.ts";
import { keymap } from "../../src/ui/key-table.ts";
import { openConsole } from "../support/console.ts";
import { situation } from "../support/screens.ts";

const healthy = situation(() => () => "UP");

/** What a person might press, with what leads to an action more often than chance would. */
const keys = fc.array(
  fc.oneof(
    fc.constantFrom(...new Set(keymap.flatMap((binding) => binding.keys))),
    fc.constantFrom("y", "a", "enter", "space", "x"),
    fc.constantFrom(":arm\n", ":arm 1h\n", ":q\n", "a\ny\n"),
  ),
  { maxLength: 40 },
);

const press = (text: string): readonly string[] =>
  text.includes("\n") ? [...text].map((key) => (key === "\n" ? "enter" : key === " " ? "space" : key)) : [text];

describe("a console without operations", () => {
  it("never comes to a plan, whatever is pressed", () => {
    fc.assert(
      fc.property(keys, (pressed) => {
        const held = openConsole(healthy, undefined, { locked: false });
        for (const key of pressed) {
          held.press(...press(key));
          expect(held.text()).not.toMatch(/ARMED|UNLOCKED|── (actions|plan|outcome)|which masters/);
        }
      }),
    );
  });

  it("says why, and has no keys for it in its help", () => {
    const held = openConsole(healthy, undefined, { locked: false });
    held.press("a");
    expect(held.bar()).toBe("Read-only: nothing can be changed from here.");
    held.press("?");
    expect(held.text()).toContain("Read-only: nothing can be changed.");
    held.press("G");
    expect(held.text()).not.toMatch(/actions on the marked rows|:arm/);
  });
});

describe("a locked console", () => {
  it("never reaches its operations without :arm, whatever is pressed", () => {
    const refusing: Operations = {
      plan: () => {
        throw new Error("planned while locked");
      },
      run: () => {
        throw new Error("run while locked");
      },
    };
    fc.assert(
      fc.property(keys, (pressed) => {
        const held = openConsole(healthy, refusing);
        for (const key of pressed) if (!key.includes(":")) held.press(...press(key));
      }),
    );
  });
});
