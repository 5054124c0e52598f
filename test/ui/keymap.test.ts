import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { keymap } from "../../src/ui/key-table.ts";
import { intentOf, showKey } from "../../src/ui/keymap.ts";

describe("keymap", () => {
  it("gives every key one meaning in each mode", () => {
    const places = keymap.flatMap(({ keys, modes }) => modes.flatMap((mode) => keys.map((key) => `${mode} ${key}`)));
    expect(places).toEqual([...new Set(places)]);
  });

  it("names every action once, in words that go into a settings file", () => {
    const actions = keymap.map(({ action }) => action);
    expect(actions).toEqual([...new Set(actions)]);
    expect(actions.filter((action) => !/^[a-z]+(-[a-z]+)*$/.test(action))).toEqual([]);
  });

  it("needs no function key", () => {
    expect(keymap.filter(({ keys }) => keys.some((key) => /^f\d/.test(key)))).toEqual([]);
  });

  it("is the table of keys in the README", () => {
    const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
    const rows = keymap.map(
      ({ action, keys, label }) =>
        `| ${keys.map((key) => `\`${showKey(key)}\``).join(" ")} | ${label} | \`${action}\` |`,
    );
    const [, table = ""] = /\n\| key \| does \| action \|\n\|---\|---\|---\|\n((?:\|.*\n)*)/.exec(readme) ?? [];
    expect(table.trimEnd().split("\n")).toEqual(rows);
  });

  it("types what is no key of a filter into it", () => {
    expect(intentOf("q", "filter")).toEqual({ kind: "type", text: "q" });
    expect(intentOf("space", "filter")).toEqual({ kind: "type", text: " " });
    expect(intentOf("pagedown", "filter")).toBeUndefined();
    expect(intentOf("esc", "filter")).toEqual({ kind: "back" });
  });

  it("has no meaning for a key that nobody bound", () => {
    expect(intentOf("x", "table")).toBeUndefined();
    expect(intentOf("/", "help")).toBeUndefined();
  });
});
