import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { hashComment } from "../../src/generate/hash-comment.ts";

describe("hashComment", () => {
  it("writes a line for each text, and a bare mark for an empty one", () => {
    expect(hashComment(["one", "", "  two"])).toBe("# one\n#\n#   two\n");
  });

  it("keeps what would end the line inside it, also what only YAML 1.1 takes for a line end", () => {
    const ends = ["\n", "\r", "\r\n", "\u0085", "\u2028", "\u2029", "\v", "\f"];
    const text = hashComment(ends.map((end) => `name${end}anonymous-auth: true`));
    expect(text).toBe("# name anonymous-auth: true\n".repeat(ends.length));
    expect(parse(text, { version: "1.1" })).toBeNull();
  });
});
