import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type AnsibleValue, jinja, list, map } from "../../src/generate/ansible-value.ts";
import { formatAnsibleYaml } from "../../src/generate/ansible-yaml.ts";

const bodyOf = (value: AnsibleValue): string => formatAnsibleYaml([], map({ a: value })).replace(/^---\n/, "");
const read = (text: string): unknown =>
  parse(text, { version: "1.1", customTags: [{ tag: "!unsafe", resolve: (each: string) => each }] });

describe("formatAnsibleYaml", () => {
  it("writes comments above what they are about, and keeps variables of one line together", () => {
    const text = formatAnsibleYaml(["Of the file.", "", "More."], {
      kind: "map",
      entries: [
        { key: "one", value: 1 },
        { key: "two", value: true },
        { key: "three", value: list([map({ name: "x", bind: list(["0.0.0.0:1936"]) })]), notes: ["Why.", "And how."] },
        { key: "four", value: { kind: "list", items: [{ value: "log global", notes: ["An item's."] }] } },
        { key: "five", value: list([]) },
      ],
    });
    expect(text).toBe(`# Of the file.
#
# More.
---
one: 1
two: true

# Why.
# And how.
three:
  - name: x
    bind:
      - "0.0.0.0:1936"

four:
  # An item's.
  - log global

five: []
`);
  });

  it.each([
    ["an expression of ours", jinja("node {{ inventory_hostname }}"), 'a: "node {{ inventory_hostname }}"\n'],
    ["an expression with quotes", jinja(`'{{ x | replace("'", "") }}'`), `a: >-\n  '{{ x | replace("'", "") }}'\n`],
    ["a text with the braces of an expression", "{{ 7 * 7 }}", 'a: !unsafe "{{ 7 * 7 }}"\n'],
    ["a text with a statement", "{% raw %}", 'a: !unsafe "{% raw %}"\n'],
    ["a text that opens a comment", "/{#", 'a: !unsafe "/{#"\n'],
    ["a condition, whose braces are none", "if { path /metrics }", 'a: "if { path /metrics }"\n'],
    ["a text of several lines", "one\n{{ two }}\n", "a: !unsafe |\n  one\n  {{ two }}\n"],
    ["what YAML 1.1 takes for a truth value", "yes", 'a: "yes"\n'],
    ["what it takes for a number to the base of 60", "1:30", 'a: "1:30"\n'],
    ["what it takes for a default value", "=", 'a: "="\n'],
    ["a line end that only YAML 1.1 knows, and a character of four bytes", "a\u2028😀", 'a: "a\\u2028\\U0001f600"\n'],
  ])("writes %s so that Ansible reads it as it is meant", (_, value, text) => {
    expect(bodyOf(value)).toBe(text);
  });

  it("is read back as it was, whatever a text holds", () => {
    const character = fc.oneof(
      fc.constantFrom(..."{%#}'\"\\&*!|>:- \n\t\u0085\u2028😀"),
      fc.integer({ min: 0, max: 0xd7ff }).map((code) => String.fromCodePoint(code)),
      fc.integer({ min: 0xe000, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
    );
    fc.assert(
      fc.property(fc.array(fc.string({ unit: character })), (texts) => {
        expect(read(bodyOf(list(texts)))).toEqual({ a: texts });
      }),
    );
  });
});
