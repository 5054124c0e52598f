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
});
