import { describe, expect, it } from "vitest";
import { THEME_CHOICES, themeOf } from "../../src/output/theme.ts";
import type { NodeSays } from "../support/scene.ts";
import { look, situation, usual } from "../support/screens.ts";

const troubled = situation((node): NodeSays => {
  if (node === 6) return { fails: "timeout", detail: "no answer in time" };
  return (master) => (master === 2 ? "DRAIN" : master === 3 && node > 3 ? "DOWN" : "UP");
});
const pages = [[], [{ kind: "open" }], [{ kind: "view", view: "problems" }], [{ kind: "help" }]] as const;

describe("a theme", () => {
  it.each(THEME_CHOICES)("says by colour nothing that words and marks do not say: %s", (name) => {
    for (const intents of pages) {
      const painted = look(troubled, usual, intents, { colour: themeOf(name, {}) }).lines;
      const bare = painted.map((line) => line.replaceAll(/\u001b\[[\d;]*m/g, "").trimEnd());
      expect(bare).toEqual(look(troubled, usual, intents).lines.map((line) => line.trimEnd()));
    }
  });

  it("draws with no other theme's codes", () => {
    const codes = look(troubled, usual, [], { colour: themeOf("mono", {}) })
      .lines.join("")
      .match(/\u001b\[[\d;]*m/g);
    expect(new Set(codes)).toEqual(
      new Set(["\u001b[0m", "\u001b[1m", "\u001b[1;4m", "\u001b[2m", "\u001b[4m", "\u001b[7m", "\u001b[27m"]),
    );
  });
});
