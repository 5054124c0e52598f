import { describe, expect, it } from "vitest";
import { compareNames, foldNames } from "../../src/domain/fold.ts";
import type { FleetNode } from "../../src/domain/inventory.ts";
import { parseNodePattern } from "../../src/domain/node-pattern.ts";

const range = (first: number, last: number, name: (n: number) => string): string[] =>
  Array.from({ length: last - first + 1 }, (_, i) => name(first + i));
const padded = (n: number, width = 2): string => String(n).padStart(width, "0");

describe("foldNames", () => {
  it.each([
    [[], ""],
    [["edge-1"], "edge-1"],
    [["node02", "node01"], "node[01-02]"],
    [[...range(1, 38, (n) => `node${padded(n)}`), "node40"], "node[01-38,40]"],
    [["node1", "node01"], "node[1,01]"],
    [range(8, 11, (n) => `n${n}`), "n[8-11]"],
    [[...range(1, 9, (n) => `n${n}`), ...range(1, 10, (n) => `n${padded(n)}`)], "n[1-9,01-10]"],
    [["node99", "node098", "node100"], "node[99,098,100]"],
    [["a", "b", "a"], "a,b"],
    [["10.8.0.11", "10.8.0.12"], "10.8.0.[11-12]"],
    [["k8s-de1-master-1", "k8s-de1-master-3"], "k8s-de1-master-[1,3]"],
    [["r1-n1", "r1-n2", "r2-n1", "r2-n2", "r3-n1"], "r[1-2]-n[1-2],r3-n1"],
    [["x1", "node10", "node2"], "node[2,10],x1"],
    [["id9007199254740993", "id9007199254740994"], "id[9007199254740993,9007199254740994]"],
  ])("folds %j to %s", (names, folded) => {
    expect(foldNames(names)).toBe(folded);
  });

  it("is read back by the node pattern as exactly the names it was made from", () => {
    const universe = [
      ...range(0, 120, (n) => `node${n}`),
      ...range(0, 120, (n) => `node${padded(n)}`),
      ...range(0, 120, (n) => `node${padded(n, 3)}`),
      ...range(1, 40, (n) => `rack${n % 4}-node${padded(n % 10)}`),
      ...range(1, 30, (n) => `10.8.${n % 3}.${n}`),
      "edge",
      "edge-1",
      "fd00::1",
    ];
    const all = [...new Set(universe)];
    let seed = 7;
    const random = (): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed / 2147483648;
    };
    for (let round = 0; round < 60; round++) {
      const share = random();
      const names = all.filter(() => random() < share).sort();
      if (names.length === 0) continue;
      const result = parseNodePattern(foldNames(names));
      if (!result.ok) throw new Error(result.problem);
      const back = all.filter((name) => result.patterns.some((one) => one.matches({ name, labels: {} } as FleetNode)));
      expect(back.sort()).toEqual(names);
    }
  });

  it("does not depend on the order in which names come", () => {
    const names = range(1, 200, (n) => `rack${n % 5}-node${padded(n, 3)}`);
    expect(foldNames([...names].reverse())).toBe(foldNames(names));
  });
});

describe("compareNames", () => {
  it("counts as people do and keeps a fixed order for names that differ in zeros only", () => {
    expect(["node10", "node2", "node02", "edge"].sort(compareNames)).toEqual(["edge", "node02", "node2", "node10"]);
  });
});
