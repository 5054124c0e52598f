import { describe, expect, it } from "vitest";
import { didYouMean, nearest } from "../../src/domain/nearest.ts";

describe("nearest", () => {
  it.each([
    ["intervall", ["interval", "timeout", "source"], "interval"],
    ["prot", ["path", "port"], "port"],
    ["SITE", ["site"], "site"],
    ["xyz", ["interval", "timeout"], undefined],
    ["a", ["abc"], undefined],
    ["master-9", ["master-1", "master-2"], "master-1"],
    ["x", [], undefined],
  ])("takes %s among %j for %s", (word, words, near) => {
    expect(nearest(word, words)).toBe(near);
  });
});

describe("didYouMean", () => {
  it("asks only where a word is near", () => {
    expect(didYouMean("clutser", ["cluster"])).toBe('; did you mean "cluster"?');
    expect(didYouMean("clutser", ["nodes"])).toBe("");
  });
});
