import { describe, expect, it } from "vitest";
import { armed, createFakeOperations, openConsole } from "../support/console.ts";
import { look, situation, textOf } from "../support/screens.ts";

const opened = () =>
  openConsole(
    situation(() => () => "UP"),
    createFakeOperations(),
  );

describe("the keys in the last line", () => {
  it("keep the one that acts once the actions are unlocked", () => {
    const held = opened();
    armed(held);
    expect(held.bar()).toMatch(/^ARMED 5:00 .* {2}Enter open {2}a act {2}\? help {2}q quit$/);
  });

  it("say how a filter is cleared, on every page, and Esc does so before it goes back", () => {
    const held = opened();
    held.press("/", ..."node0", "enter");
    expect(held.bar()).toMatch(/^\/node0 6 of 6 .* {2}Esc clear {2}\? help {2}q quit$/);
    held.press("esc", "enter", "/", ..."zzz", "enter");
    expect(held.bar()).toMatch(/^\/zzz 0 of 3 .* {2}Esc clear {2}\? help {2}q back$/);
    held.press("esc");
    expect(held.bar()).toMatch(/Esc back {2}Enter open {2}a act {2}\/ filter {2}\? help$/);
    held.press("esc");
    expect(held.bar()).toMatch(/q quit$/);
  });

  it("name none that would do nothing", () => {
    const held = opened();
    held.press("e");
    expect(held.bar()).toMatch(/ {2}Esc back {2}\/ filter {2}\? help$/);
  });
});

describe("the last line of a replay", () => {
  it("tells the keys that it goes on by", () => {
    const replay = { isPlaying: false, isSearching: false, isAtEnd: false, speed: 5, positionMs: 20_000 };
    const state = { ...replay, wallMs: Date.UTC(2026, 10, 26, 6, 5, 36), lengthMs: 39_000, lost: 0 };
    const bar = (columns: number, isPlaying: boolean) =>
      textOf(
        look(
          situation(() => () => "UP"),
          { columns, rows: 24 },
          [],
          { lock: { kind: "absent" }, replay: { ...state, isPlaying } },
        ),
      )
        .split("\n")
        .at(-1);
    expect([bar(80, false), bar(120, true)]).toEqual([
      expect.stringMatching(/^REPLAY 2026-11-26 06:05:36 UTC paused, 5x 0:20\/0:39 {3,}P play {2}\? help {2}q quit$/),
      expect.stringMatching(/ 5x 0:20\/0:39 {2}6\/6 fresh, age <1s .* {2}P pause {2}n next event /),
    ]);
  });
});

describe("the help", () => {
  it("says that there is more of it, until its end is seen, and cuts nothing off", () => {
    const held = opened();
    held.press("?");
    expect(held.bar()).toMatch(/ {2}PgDn more {2}Esc back$/);
    const pages = [held.text()];
    for (let page = 0; page < 9; page += 1) {
      held.press("pagedown");
      pages.push(held.text());
    }
    expect(held.bar()).toMatch(/every 2s +Esc back$/);
    expect(pages.join("\n")).not.toContain("…");
  });
});

describe("the page of a node", () => {
  it("leads from the line of a master to what all nodes say of it", () => {
    const held = opened();
    held.press("enter", "j", "enter");
    expect(held.text()).toMatch(/^k8s-de1 › node01 › master-2 /);
    held.press("q", "q");
    expect(held.bar()).toMatch(/q quit$/);
  });
});
