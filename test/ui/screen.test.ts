import { describe, expect, it } from "vitest";
import type { Intent } from "../../src/ui/intent.ts";
import { canGoBack, createScreen, cursorOf, modeOf, reduceScreen, topLevel } from "../../src/ui/screen.ts";
import type { Sight } from "../../src/ui/sight.ts";

const sight: Sight = {
  panes: ["problems", "masters", "nodes"],
  ids: ["node01", "node02", "node03", "node04", "node05"],
  height: 2,
  columns: ["node", "state"],
  helpLines: 30,
  target: { kind: "node", id: "node01" },
  row: { kind: "node", name: "node01" },
  scope: undefined,
  copy: undefined,
  labels: ["site"],
  dialog: undefined,
  map: [],
};

function screenAfter(...intents: readonly Intent[]) {
  return intents.reduce((screen, intent) => reduceScreen(screen, intent, sight), createScreen());
}

const selected = (...intents: readonly Intent[]) => cursorOf(topLevel(screenAfter(...intents))).selected;

describe("reduceScreen", () => {
  it("moves the selection by rows, by pages and to the ends, and never beyond", () => {
    expect(selected({ kind: "move", by: 1 })).toBe("node02");
    expect(selected({ kind: "move", by: -1 })).toBe("node01");
    expect(selected({ kind: "page", by: 1 })).toBe("node03");
    expect(selected({ kind: "page", by: 0.5 })).toBe("node02");
    expect(selected({ kind: "edge", to: "bottom" }, { kind: "page", by: 1 })).toBe("node05");
    expect(selected({ kind: "edge", to: "bottom" }, { kind: "page", by: -1 })).toBe("node03");
  });

  it("stays on the first row, whatever that is, until the selection is moved", () => {
    expect(selected()).toBeUndefined();
    expect(selected({ kind: "move", by: 3 }, { kind: "edge", to: "top" })).toBeUndefined();
  });

  it("goes from page to page without going deeper", () => {
    const pages = screenAfter(
      { kind: "open" },
      { kind: "view", view: "events" },
      { kind: "view", view: "operations" },
      { kind: "view", view: "problems" },
      { kind: "view", view: "problems" },
    );
    expect(pages.stack.map(({ place }) => place.kind)).toEqual(["fleet", "node", "problems"]);
  });

  it("follows a row to where it went", () => {
    const screen = screenAfter({ kind: "move", by: 1 });
    const turned: Sight = { ...sight, ids: [...sight.ids].reverse() };
    const next = reduceScreen(screen, { kind: "move", by: 1 }, turned);
    expect(cursorOf(topLevel(next)).selected).toBe("node01");
  });

  it("goes on from the old place where the selected row is gone", () => {
    const screen = screenAfter({ kind: "move", by: 2 });
    const without: Sight = { ...sight, ids: ["node01", "node02", "node04", "node05"] };
    const next = reduceScreen(screen, { kind: "move", by: 1 }, without);
    expect(cursorOf(topLevel(next)).selected).toBe("node05");
  });

  it("opens a place on top of the one before, and comes back to its selection", () => {
    const inside = screenAfter({ kind: "move", by: 1 }, { kind: "open" });
    expect(topLevel(inside).place).toEqual({ kind: "node", id: "node01" });
    const back = reduceScreen(inside, { kind: "back" }, sight);
    expect(topLevel(back).place).toEqual({ kind: "fleet" });
    expect(cursorOf(topLevel(back)).selected).toBe("node02");
  });

  it("goes round the panes in both directions, each with a selection of its own", () => {
    expect(topLevel(screenAfter({ kind: "pane", by: 1 })).pane).toBe("problems");
    expect(topLevel(screenAfter({ kind: "pane", by: -1 })).pane).toBe("masters");
    expect(selected({ kind: "move", by: 1 }, { kind: "pane", by: 1 })).toBeUndefined();
    expect(selected({ kind: "move", by: 1 }, { kind: "pane", by: 1 }, { kind: "pane", by: -1 })).toBe("node02");
  });

  it("types a filter, keeps it by Enter, drops it by Esc", () => {
    const typed = screenAfter({ kind: "filter" }, { kind: "type", text: "a" }, { kind: "type", text: "é" });
    expect(modeOf(typed)).toBe("filter");
    expect(topLevel(typed).filter).toBe("aé");
    expect(topLevel(reduceScreen(typed, { kind: "erase", what: "character" }, sight)).filter).toBe("a");
    const kept = reduceScreen(typed, { kind: "accept" }, sight);
    expect([modeOf(kept), topLevel(kept).filter]).toEqual(["table", "aé"]);
    expect(topLevel(reduceScreen(kept, { kind: "back" }, sight)).filter).toBe("");
    expect(topLevel(reduceScreen(typed, { kind: "back" }, sight)).filter).toBe("");
  });

  it("leaves an empty filter by erasing once more", () => {
    expect(modeOf(screenAfter({ kind: "filter" }, { kind: "erase", what: "character" }))).toBe("table");
  });

  it("sorts by one column after the other, then as at first", () => {
    const by = (count: number) =>
      cursorOf(topLevel(screenAfter(...Array.from({ length: count }, (): Intent => ({ kind: "sort", by: 1 }))))).sort;
    expect(by(1)).toEqual({ column: "node", reverse: false });
    expect(by(2)).toEqual({ column: "state", reverse: false });
    expect(by(3)).toBeUndefined();
    expect(cursorOf(topLevel(screenAfter({ kind: "sort", by: -1 }, { kind: "reverse" }))).sort).toEqual({
      column: "state",
      reverse: true,
    });
  });

  it("closes only the help where the help is open", () => {
    const help = screenAfter({ kind: "open" }, { kind: "help" });
    expect(modeOf(help)).toBe("help");
    const closed = reduceScreen(help, { kind: "leave" }, sight);
    expect([modeOf(closed), topLevel(closed).place.kind]).toEqual(["table", "node"]);
  });

  it("scrolls the help to its end and no further", () => {
    expect(screenAfter({ kind: "help" }, { kind: "edge", to: "bottom" }).helpOffset).toBe(28);
    expect(screenAfter({ kind: "help" }, { kind: "edge", to: "bottom" }, { kind: "move", by: 1 }).helpOffset).toBe(28);
    expect(screenAfter({ kind: "help" }, { kind: "move", by: -1 }).helpOffset).toBe(0);
  });

  it("has nothing to go back to on the first screen only", () => {
    expect(canGoBack(screenAfter())).toBe(false);
    expect(canGoBack(screenAfter({ kind: "open" }))).toBe(true);
    expect(canGoBack(screenAfter({ kind: "help" }))).toBe(true);
  });

  it("keeps the same screen for what it does not serve", () => {
    const screen = createScreen();
    expect(reduceScreen(screen, { kind: "poll" }, sight)).toBe(screen);
    expect(reduceScreen(screen, { kind: "move", by: 1 }, { ...sight, ids: [] })).toBe(screen);
  });
});
