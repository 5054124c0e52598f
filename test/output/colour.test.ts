import { describe, expect, it } from "vitest";
import { paint, wantsColour } from "../../src/output/colour.ts";

describe("wantsColour", () => {
  it.each([
    ["a terminal", {}, true, false, true],
    ["a pipe", {}, false, false, false],
    ["--no-color over everything", { FORCE_COLOR: "1" }, true, true, false],
    ["NO_COLOR with any value", { NO_COLOR: "0", FORCE_COLOR: "1" }, true, false, false],
    ["an empty NO_COLOR, which means nothing", { NO_COLOR: "" }, true, false, true],
    ["FORCE_COLOR in a pipe", { FORCE_COLOR: "1" }, false, false, true],
    ["FORCE_COLOR=0 in a terminal", { FORCE_COLOR: "0" }, true, false, false],
    ["CLICOLOR_FORCE in a pipe", { CLICOLOR_FORCE: "1" }, false, false, true],
    ["CLICOLOR_FORCE=0", { CLICOLOR_FORCE: "0" }, false, false, false],
    ["TERM=dumb", { TERM: "dumb" }, true, false, false],
    ["CLICOLOR=0", { CLICOLOR: "0" }, true, false, false],
  ])("decides for %s", (_, env, isTerminal, flag, wanted) => {
    expect(wantsColour(env, isTerminal, flag)).toBe(wanted);
  });
});

describe("paint", () => {
  it("leaves the text alone where colour is off", () => {
    expect([paint("DOWN", "bad", false), paint("DOWN", "bad", true)]).toEqual(["DOWN", "\u001b[1;31mDOWN\u001b[0m"]);
  });
});
