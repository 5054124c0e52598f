import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { yamlText } from "../../src/generate/yaml-text.ts";

describe("yamlText", () => {
  it("quotes what YAML 1.1 would take for something else than a text", () => {
    const texts = ["yes", "on", "~", "1:30", "0777", "0x1f", "1_000", "2001-01-01", "{{ x }}", "a #b", "- a", ""];
    const text = yamlText(texts, []);
    expect(text.split("\n").filter((line) => /^- [^"]/.test(line))).toEqual([]);
    expect(parse(text, { version: "1.1" })).toEqual(texts);
  });

  it("keeps line ends of every kind inside their text", () => {
    const texts = { "a\nb": "c\r\nd", e: "\u2028\u2029\u0085\ufeff" };
    const text = yamlText(texts, []);
    expect(text).toContain('e: "\\u2028\\u2029');
    expect(text).not.toMatch(/[\u0085\u2028\u2029\ufeff\r]/);
    expect(parse(text, { version: "1.1" })).toEqual(texts);
  });

  it("writes comments at the top and above an entry", () => {
    expect(yamlText({ rules: [{ "#": "why", record: "a" }, { record: "b" }] }, ["head", "more"])).toBe(
      ["# head", "# more", "", "rules:", "  # why", "  - record: a", "  - record: b", ""].join("\n"),
    );
  });
});
