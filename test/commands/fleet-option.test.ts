import { describe, expect, it } from "vitest";
import { selectMasters, selectNodes } from "../../src/commands/fleet-option.ts";
import type { Fleet } from "../../src/domain/inventory.ts";
import { UserError } from "../../src/domain/user-error.ts";

const node = (name: string, site: string) => ({ name, labels: { site } });
const FLEET = {
  nodes: [node("node01", "a"), node("node02", "a"), node("edge-1", "b")],
  masters: ["k8s-de1-master-1", "k8s-de1-master-2", "k8s-de1-master-12"].map((name) => ({ name, address: name })),
} as unknown as Fleet;

const names = (list: readonly { readonly name: string }[]): string[] => list.map(({ name }) => name);

function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  throw new Error("it was accepted");
}

describe("selectNodes", () => {
  it.each([
    [[], ["node01", "node02", "edge-1"]],
    [
      ["edge-1", "node01"],
      ["node01", "edge-1"],
    ],
    [["@site=a,!node02"], ["node01"]],
    [["!@site=a"], ["edge-1"]],
    [["node*", "!node01"], ["node02"]],
  ])("takes %j to be %j", (patterns, expected) => {
    expect(names(selectNodes(FLEET, patterns))).toEqual(expected);
  });

  it.each([
    [["node03"], '--node: "node03" fits none of the 3 nodes; did you mean "node01"?'],
    [["@site=bb"], '--node: "@site=bb" fits none of the 3 nodes; did you mean "@site=b"?'],
    [["node01,nowhere-at-all"], '--node: "nowhere-at-all" fits none of the 3 nodes'],
    [["!edge-7"], '--node: "!edge-7" fits none of the 3 nodes; did you mean "edge-1"?'],
    [["node01", "!node*"], "--node: the patterns with ! take every node away"],
    [["node[1"], '--node: in the pattern "node[1", a bracket is not closed'],
    [[""], "--node: the pattern is empty"],
  ])("refuses %j", (patterns, message) => {
    expect(refusal(() => selectNodes(FLEET, patterns))).toBe(message);
  });
});

describe("selectMasters", () => {
  it.each([
    [[], ["k8s-de1-master-1", "k8s-de1-master-2", "k8s-de1-master-12"]],
    [["k8s-de1-master-2"], ["k8s-de1-master-2"]],
    [
      ["master-2", "1"],
      ["k8s-de1-master-1", "k8s-de1-master-2"],
    ],
    [["2", "master-2"], ["k8s-de1-master-2"]],
    [["12"], ["k8s-de1-master-12"]],
  ])("takes %j to be %j", (given, expected) => {
    expect(names(selectMasters(FLEET, given))).toEqual(expected);
  });

  it.each([
    ["master-3", 'there is no master "master-3"; did you mean "k8s-de1-master-1"?'],
    ["", 'there is no master ""'],
    ["r-2", 'there is no master "r-2"'],
  ])("refuses %j", (name, message) => {
    expect(refusal(() => selectMasters(FLEET, [name]))).toBe(message);
  });

  it("asks which one where an ending fits several", () => {
    const two = { ...FLEET, masters: [...FLEET.masters, { name: "k8s-fr1-master-2", address: "x" }] };
    expect(refusal(() => selectMasters(two, ["2"]))).toBe('"2" may be k8s-de1-master-2 or k8s-fr1-master-2');
  });
});
