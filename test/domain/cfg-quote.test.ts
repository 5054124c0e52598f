import { describe, expect, it } from "vitest";
import { cfgName, quoteCfgWord } from "../../src/domain/cfg-quote.ts";
import { UserError } from "../../src/domain/user-error.ts";

describe("quoteCfgWord", () => {
  it.each([
    ["a plain word", "/etc/haproxy/lb.pem", "/etc/haproxy/lb.pem"],
    ["an address", "[fd00::9]:1936", "[fd00::9]:1936"],
    ["a blank", "who watches", "'who watches'"],
    ["a comment", "a#b", "'a#b'"],
    ["a variable", "$" + "{HOME}", "'$" + "{HOME}'"],
    ["a backslash and a double quote", 'a\\"b', "'a\\\"b'"],
    ["all of it with a single quote", "it's \\ \"$" + '{HOME}" #', '"it\'s \\\\ \\"\\$' + '{HOME}\\" #"'],
    ["braces of a template", "{{ x }}", "'{{ x }}'"],
    ["nothing at all", "", "''"],
  ])("writes %s as one word", (_, text, word) => {
    expect(quoteCfgWord(text, "stats.path")).toBe(word);
  });

  it.each(["a\nb", "a\rb", "a\tb", "a\0b", "a\u2028b", "a\ud800b", "a\u0085b"])(
    "refuses %j, which no quoting holds",
    (text) => {
      expect(() => quoteCfgWord(text, "stats.path")).toThrow(UserError);
    },
  );
});

describe("cfgName", () => {
  it("takes what HAProxy takes in names and refuses all else", () => {
    expect(cfgName("k8s-de1_master.1:a", "a name")).toBe("k8s-de1_master.1:a");
    for (const name of ["", "a b", "a#b", 'a"b', "a\nbackend x", "{{a}}", "ä"]) {
      expect(() => cfgName(name, "a name")).toThrow(/HAProxy takes letters, digits and _ \. : - only/);
    }
  });
});
