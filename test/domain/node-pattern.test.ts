import { describe, expect, it } from "vitest";
import type { FleetNode } from "../../src/domain/inventory.ts";
import { parseNodePattern } from "../../src/domain/node-pattern.ts";

const node = (name: string, labels: Record<string, string> = {}): FleetNode => ({ name, labels }) as FleetNode;

const NODES = [
  ...Array.from({ length: 20 }, (_, i) => node(`node${String(i + 1).padStart(2, "0")}`, { site: "a" })),
  node("edge-1", { site: "b", role: "edge" }),
  node("edge-2", { site: "bb" }),
  node("10.8.0.11"),
  node("fd00::1"),
  node("rack-a.1"),
];

function matching(value: string): string {
  const result = parseNodePattern(value);
  if (!result.ok) return `refused: ${result.problem}`;
  return NODES.filter((one) => result.patterns.some(({ matches }) => matches(one)))
    .map(({ name }) => name)
    .join(" ");
}

describe("parseNodePattern", () => {
  it.each([
    ["node01", "node01"],
    ["node1", ""],
    ["node[01:03]", "node01 node02 node03"],
    ["node[01-03,12]", "node01 node02 node03 node12"],
    ["node[01:09:4]", "node01 node05 node09"],
    ["node[1:3]", ""],
    ["node0?", "node01 node02 node03 node04 node05 node06 node07 node08 node09"],
    ["*-1", "edge-1"],
    ["edge-[1-2]", "edge-1 edge-2"],
    ["node1[0-2]", "node10 node11 node12"],
    ["rack-[a:c].?", "rack-a.1"],
    ["e***ge?*?", "edge-1 edge-2"],
    [`${"*?".repeat(100)}x`, ""],
    ["10.8.0.[11:12]", "10.8.0.11"],
    ["10x8.0.11", ""],
    ["fd00::1", "fd00::1"],
    ["edge-1, node02", "node02 edge-1"],
    ["@site=b", "edge-1"],
    ["@site=b*", "edge-1 edge-2"],
    ["@role", "edge-1"],
    ["@none=x", ""],
    ["@constructor", ""],
  ])("%s fits %s", (pattern, names) => {
    expect(matching(pattern)).toBe(names);
  });

  it("keeps what a pattern takes away apart from what it adds", () => {
    const result = parseNodePattern("node*,!node[02-20]");
    expect(result.ok && result.patterns.map(({ text, excludes }) => [text, excludes])).toEqual([
      ["node*", false],
      ["!node[02-20]", true],
    ]);
  });

  it.each([
    ["", "the pattern is empty"],
    [" , ", "the pattern is empty"],
    ["!", 'the pattern "!" has an empty part'],
    ["@", 'the pattern "@" has an empty part'],
    ["node[01:", 'in the pattern "node[01:", a bracket is not closed'],
    ["node[]", 'in the pattern "node[]", [] is not a range; expected [01:10] or [01-10,12]'],
    ["node[1-x]", 'in the pattern "node[1-x]", [1-x] is neither numbers (01:38) nor single letters of one case (a:f)'],
    ["node[5:1]", 'in the pattern "node[5:1]", [5:1] runs backwards; write the smaller end first'],
    ["node[1:99999999]", 'in the pattern "node[1:99999999]", [1:99999999] has more than 20000 members'],
  ])("refuses %j", (pattern, problem) => {
    expect(matching(pattern)).toBe(`refused: ${problem}`);
  });
});
