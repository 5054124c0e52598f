import { describe, expect, it } from "vitest";
import { pythonLiteral } from "../../src/init/python-literal.ts";

describe("pythonLiteral", () => {
  it.each([
    ["5", 5],
    ["-3", -3],
    ["007", "007"],
    ["00", 0],
    ["0x1f", 31],
    ["1_000", 1000],
    ["1.5", 1.5],
    [".5", 0.5],
    ["1e3", 1000],
    ["10.8.0.1", "10.8.0.1"],
    ["1+2", "1+2"],
    ["123456789012345678901", "123456789012345678901"],
    ["True", true],
    ["true", "true"],
    ["None", null],
    ["yes", "yes"],
    ["", ""],
    ["'a' \"b\"", "ab"],
    ["'it\\'s\\n\\x41'", "it's\nA"],
    ["'''a'''", "'''a'''"],
    ["[1, 'a', (2, 3), []]", [1, "a", [2, 3], []]],
    ["[1,]", [1]],
    ["(1)", 1],
    ["1,2", [1, 2]],
    ["{'a': {'b': 1}, 2: None}", { a: { b: 1 }, 2: null }],
    ["{'a': }", "{'a': }"],
    ["['a'", "['a'"],
    ["{{ x }}", "{{ x }}"],
    ["a b", "a b"],
    ["1 # one", 1],
    ["'a'#b", "a"],
    ["[1, # one", "[1, # one"],
    ["e07", "e07"],
    [".", "."],
    ["1.", 1],
    ["1.e2", 100],
    ["[1] x", "[1] x"],
  ])("reads %j", (text, value) => {
    expect(pythonLiteral(text)).toEqual(value);
  });

  it("takes what is nested without end as a text", () => {
    const deep = "[".repeat(10_000);
    expect(pythonLiteral(deep)).toBe(deep);
    const long = `${"1".repeat(200_000)}x`;
    expect(pythonLiteral(long)).toBe(long);
  });
});
