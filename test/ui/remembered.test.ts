import { describe, expect, it } from "vitest";
import { mergeRemembered, mostLines, type Remembered, readRemembered } from "../../src/ui/remembered.ts";

const whole: Remembered = {
  columns: { masters: { retries: true, maint: false }, servers: { address: true } },
  sort: { nodes: { column: "sessions", reverse: true } },
  group: "site",
  matrix: "check",
  commands: ["events", "arm 10m"],
  filters: ["@site=b"],
};
const nothing: Remembered = { columns: {}, sort: {}, commands: [], filters: [] };

describe("readRemembered", () => {
  it("reads back what was kept", () => {
    expect(readRemembered(JSON.parse(JSON.stringify(mergeRemembered(undefined, whole))))).toEqual(whole);
  });

  it.each([undefined, null, 7, "top", [], {}])("recalls nothing from %j", (content) => {
    expect(readRemembered(content)).toEqual(nothing);
  });

  it("drops each part that is wrong, and keeps the parts beside it", () => {
    const content = {
      columns: { masters: { retries: "yes", queue: true }, nodes: [true], elsewhere: { a: true } },
      sort: { masters: { column: 1, reverse: true }, nodes: "sessions", groups: { column: "nodes", reverse: false } },
      group: ["site"],
      matrix: "colour",
      commands: ["events", 7, "", "evil\u001b[2J", "x".repeat(600)],
      filters: "@site=b",
    };
    expect(readRemembered(content)).toEqual({
      columns: { masters: { queue: true } },
      sort: { groups: { column: "nodes", reverse: false } },
      commands: ["events"],
      filters: [],
    });
  });

  it("takes no inherited name for a table", () => {
    expect(readRemembered(JSON.parse('{"columns":{"__proto__":{"masters":{"a":true}}}}'))).toEqual(nothing);
  });
});

describe("mergeRemembered", () => {
  it("replaces what changed, table by table, and leaves all else as it stands", () => {
    const content = {
      version: 9,
      columns: { masters: { queue: true }, rows: { new: 1 } },
      sort: { masters: { column: "up", reverse: false }, nodes: { column: "node", reverse: false } },
      group: "site",
      matrix: "check",
    };
    const change: Remembered = {
      columns: { nodes: { version: true } },
      sort: { masters: undefined },
      group: undefined,
    };
    expect(JSON.parse(JSON.stringify(mergeRemembered(content, change)))).toEqual({
      version: 9,
      columns: { masters: { queue: true }, rows: { new: 1 }, nodes: { version: true } },
      sort: { nodes: { column: "node", reverse: false } },
      matrix: "check",
    });
  });

  it("keeps the lines of both, the newest last, and not more than there is room for", () => {
    const merged = mergeRemembered({ commands: ["theirs", "both"] }, { commands: ["both", "mine"] });
    expect(merged).toEqual({ commands: ["theirs", "both", "mine"] });
    const many = Array.from({ length: mostLines }, (_, line) => `line ${line}`);
    expect(mergeRemembered({ commands: ["old"] }, { commands: many })["commands"]).toEqual(many);
  });
});
