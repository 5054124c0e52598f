import { describe, expect, it } from "vitest";
import { readHistory, untoldOrders } from "../../src/domain/history.ts";
import type { LedgerEntry } from "../../src/domain/ledger.ts";
import { aBegun, anEnd, aStep } from "../support/ledger.ts";

const whole = (id: string) => [aBegun({ id }), aStep({ id }), anEnd({ id })];

/** Reads entries as the ledger is read, from its end, until there is no need of more; tells how many were read. */
function read(entries: readonly LedgerEntry[], limit: number, fits = (_: { readonly id: string }) => true) {
  const history = readHistory(limit, fits);
  let count = 0;
  for (const entry of entries.toReversed()) {
    count += 1;
    if (!history.add(entry)) break;
  }
  return { operations: history.operations(), count };
}

describe("readHistory", () => {
  it("joins what was asked, what became of it, in its order, and the end", () => {
    const steps = [aStep({ node: "node01" }), aStep({ node: "node02", outcome: "denied" })];
    const begun = aBegun({ nodes: ["node01", "node02"] });
    expect(read([begun, ...steps, anEnd()], 20).operations).toEqual([{ begun, steps, ended: anEnd() }]);
  });

  it("reads no further back than it needs, the newest first", () => {
    const { operations, count } = read([...whole("a"), ...whole("b"), ...whole("c")], 2);
    expect(operations.map(({ begun }) => begun.id)).toEqual(["c", "b"]);
    expect(count).toBe(6);
  });

  it("keeps two operations apart whose lines are mixed", () => {
    const [a, b] = [whole("a"), whole("b")];
    const mixed = [a[0], b[0], a[1], b[1], b[2], a[2]].flatMap((entry) => entry ?? []);
    expect(read(mixed, 20).operations).toEqual([
      { begun: b[0], steps: [b[1]], ended: b[2] },
      { begun: a[0], steps: [a[1]], ended: a[2] },
    ]);
  });

  it("takes those that fit, and leaves out lines whose beginning is lost", () => {
    const entries = [aStep({ id: "lost" }), ...whole("a"), ...whole("b")];
    expect(read(entries, 1, ({ id }) => id === "a").operations.map(({ begun }) => begun.id)).toEqual(["a"]);
    expect(read(entries, 20).operations).toHaveLength(2);
  });
});

describe("untoldOrders", () => {
  it("names the orders of which nothing is written", () => {
    const operation = { begun: aBegun({ nodes: ["node01", "node02"] }), steps: [aStep()], ended: undefined };
    expect(untoldOrders(operation).map(({ node }) => node)).toEqual(["node02"]);
  });
});
