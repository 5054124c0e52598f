import { describe, expect, it } from "vitest";
import { armed, createFakeOperations, openConsole } from "../support/console.ts";
import { situation } from "../support/screens.ts";

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
