import { describe, expect, it } from "vitest";
import type { ReplayState } from "../../src/app/replayer.ts";
import { UTF8_GLYPHS } from "../../src/output/glyphs.ts";
import { helpLines } from "../../src/ui/help-lines.ts";
import { intentOf, standardKeys } from "../../src/ui/keymap.ts";
import { replaySign } from "../../src/ui/replay-sign.ts";

const state: ReplayState = {
  isPlaying: true,
  isSearching: false,
  isAtEnd: false,
  speed: 10,
  wallMs: Date.UTC(2026, 10, 26, 5, 41, 26, 700),
  positionMs: 723_900,
  lengthMs: 3_600_000,
  lost: 0,
};

describe("replaySign", () => {
  it.each<readonly [string, Partial<ReplayState>]>([
    ["REPLAY 2026-11-26 05:41:26 UTC 10x 12:03/1:00:00", {}],
    ["REPLAY 2026-11-26 05:41:26 UTC paused, 0.5x 12:03/1:00:00", { isPlaying: false, speed: 0.5 }],
    ["REPLAY 2026-11-26 05:41:26 UTC searching 12:03/1:00:00 2 damaged", { isSearching: true, lost: 2 }],
    ["REPLAY 2026-11-26 05:41:26 UTC the end 1:00:00/1:00:00", { isAtEnd: true, positionMs: 3_600_000 }],
  ])("says %j", (sign, part) => {
    expect(replaySign({ ...state, ...part })).toBe(sign);
  });
});

describe("the keys of a replay", () => {
  it("go before those of the tables and the help there, and nowhere else", () => {
    const play = { kind: "replay", order: { do: "play" } };
    expect(["table", "help"].map((mode) => intentOf("space", mode as "table", standardKeys, true))).toEqual([
      play,
      play,
    ]);
    expect(intentOf("space", "table")).toEqual({ kind: "mark" });
    expect(intentOf("space", "filter", standardKeys, true)).toEqual({ kind: "type", text: " " });
    expect(intentOf("n", "command", standardKeys, true)).toEqual({ kind: "type", text: "n" });
    expect(intentOf("j", "table", standardKeys, true)).toEqual({ kind: "move", by: 1 });
  });

  it("stand in the help of a replay only, in place of those of polling", () => {
    const groups = (isReplay: boolean) =>
      helpLines({ glyphs: UTF8_GLYPHS, colour: false }, { canAct: false, isReplay, columns: 80 }).filter(
        (line) => line === "In a replay" || line === "Poll",
      );
    expect([groups(true), groups(false)]).toEqual([["In a replay"], ["Poll"]]);
  });
});
