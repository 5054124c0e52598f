import { describe, expect, it } from "vitest";
import { type Operation, readHistory } from "../../src/domain/history.ts";
import { addOperations, followOperations, untilEnough } from "../../src/domain/recent-operations.ts";
import { aBegun, anEnd, aStep } from "../support/ledger.ts";

const operationOf = (id: string, orders = 1): Operation => ({
  begun: aBegun({ id, nodes: Array.from({ length: orders }, (_, index) => `node${index}`) }),
  steps: [],
  ended: undefined,
});
const idsOf = (operations: readonly Operation[]) => operations.map(({ begun }) => begun.id);

describe("followOperations", () => {
  it("has what is added to each, the newest first, and the others as the same objects", () => {
    const [older, old] = [operationOf("older"), operationOf("old")];
    const recent = followOperations([old, older]);
    recent.add(aStep({ id: "old" }));
    recent.add(aBegun({ id: "new" }));
    recent.add(aStep({ id: "new" }));
    recent.add(anEnd({ id: "new" }));
    recent.add(aStep({ id: "unknown" }));
    const now = recent.operations();
    expect(now).toEqual([
      { begun: aBegun({ id: "new" }), steps: [aStep({ id: "new" })], ended: anEnd({ id: "new" }) },
      { ...old, steps: [aStep({ id: "old" })] },
      older,
    ]);
    expect(now[2]).toBe(older);
    expect(recent.operations().map((one, index) => one === now[index])).toEqual([true, true, true]);
  });

  it("keeps no more than it may: fewer of large ones, and the newest however large it is", () => {
    const many = Array.from({ length: 300 }, (_, index) => operationOf(`op${index}`));
    expect(followOperations(many).operations()).toHaveLength(200);
    const large = Array.from({ length: 5 }, (_, index) => operationOf(`op${index}`, 4_000));
    expect(idsOf(followOperations(large).operations())).toEqual(["op0", "op1"]);
    expect(idsOf(followOperations([operationOf("huge", 20_000), operationOf("small")]).operations())).toEqual(["huge"]);
  });
});

describe("untilEnough", () => {
  it("ends the look back at a ledger after so much of it", () => {
    const history = untilEnough(readHistory(200, () => true));
    expect(history.add(operationOf("new", 9_000).begun)).toBe(true);
    expect(history.add(operationOf("old", 1_000).begun)).toBe(false);
    expect(idsOf(history.operations())).toEqual(["new", "old"]);
  });
});

describe("addOperations", () => {
  it("puts each in its place and what is new before them", () => {
    const [a, b, c] = [operationOf("a"), operationOf("b"), operationOf("c")];
    const ended = { ...a, ended: anEnd({ id: "a" }) };
    expect(addOperations([b, a], [c, ended])).toEqual([c, b, ended]);
  });

  it("keeps no more lines of a hostile recording than one of its parts may have", () => {
    const large = ["a", "b", "c", "d"].map((id) => operationOf(id, 60_000));
    expect(idsOf(large.reduce<readonly Operation[]>((known, one) => addOperations(known, [one]), []))).toEqual([
      ...["d", "c", "b"],
    ]);
  });
});
