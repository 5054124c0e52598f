import { describe, expect, it } from "vitest";
import { createFilter } from "../../src/ui/filter.ts";

const rows = ["node01 ok site=a", "node02 unreachable site=b", "edge-1 ok site=b (x"];
const kept = (text: string) => rows.filter(createFilter(text).matches).map((row) => row.slice(0, 6));

describe("createFilter", () => {
  it.each([
    ["", ["node01", "node02", "edge-1"]],
    ["NODE", ["node01", "node02"]],
    ["!node", ["edge-1"]],
    ["!", ["node01", "node02", "edge-1"]],
    ["0[12]", ["node01", "node02"]],
    ["!site=b$|ok", []],
    ["^edge", ["edge-1"]],
    ["site=b", ["node02", "edge-1"]],
  ])("keeps for %j %j", (text, names) => {
    expect(kept(text)).toEqual(names);
  });

  it("takes what is no regular expression as text, and says so", () => {
    expect(kept("(x")).toEqual(["edge-1"]);
    expect(createFilter("(x").note).toBe("not a regular expression, taken as text");
    expect(createFilter("node").note).toBeUndefined();
  });

  it("finds letters in their order within a word after -f", () => {
    const { matches } = createFilter("-f mst2");
    expect([matches("node01 master-2:up"), matches("m s t 2"), matches("node02 master-1:up")]).toEqual([
      true,
      false,
      false,
    ]);
    expect(createFilter("!-f mst2").matches("master-2")).toBe(false);
  });

  it("finds labels after @, whole, or by their name alone", () => {
    const words = "node01 10.8.0.11 ok site=b rack=r10";
    const found = ["@site=b", "@rack", "!@site=a", "@site=", "@rack=r1", "@sit"].map((text) =>
      createFilter(text).matches(words),
    );
    expect(found).toEqual([true, true, true, false, false, false]);
  });

  it("shows everything as long as nothing is asked for yet", () => {
    expect(["", "!", "-f", "-f ", "@"].map((text) => createFilter(text).matches("node01"))).toEqual([
      true,
      true,
      true,
      true,
      true,
    ]);
  });
});
