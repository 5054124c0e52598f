import { describe, expect, it } from "vitest";
import { createOperationFinder } from "../../src/domain/last-operation.ts";
import type { LedgerEntry } from "../../src/domain/ledger.ts";
import { aBegun, anEnd, aStep, begunAt } from "../support/ledger.ts";

/** Reads a ledger, given oldest first, as the finder does: from its end. */
function find(entries: readonly LedgerEntry[], masters = ["master-2"]) {
  const finder = createOperationFinder("drain", masters);
  for (const entry of entries.toReversed()) if (!finder.read(entry)) break;
  return finder.found();
}

describe("createOperationFinder", () => {
  it("gives the nodes of the last such operation where a step is worth trying again", () => {
    const nodes = ["node01", "node02", "node03", "node04"];
    const ledger = [
      aBegun({ nodes }),
      aStep({ node: "node01" }),
      aStep({ node: "node02", outcome: "denied" }),
      aStep({ node: "node03", outcome: "accepted" }),
      aStep({ node: "node04", outcome: "unreached" }),
      anEnd(),
    ];
    expect(find(ledger)).toEqual({ id: "op1", at: begunAt, failedNodes: new Set(["node02", "node04"]) });
  });

  it("takes nodes that were refused before anything was sent, though no order stands for them", () => {
    expect(find([aBegun({}), aStep({}), aStep({ node: "node09", outcome: "guarded" })])?.failedNodes).toEqual(
      new Set(["node09"]),
    );
  });

  it("counts an order of which nothing is written as failed: its console was killed", () => {
    expect(find([aBegun({ nodes: ["node01", "node02"] }), aStep({})])?.failedNodes).toEqual(new Set(["node02"]));
  });

  it("passes over later operations on other masters, or of another kind", () => {
    const ledger = [
      aBegun({}),
      aStep({ outcome: "unknown" }),
      aBegun({ id: "op2", masters: ["master-2", "master-3"] }),
      aStep({ id: "op2", node: "node07", outcome: "denied" }),
      aBegun({ id: "op3", action: "ready" }),
      aStep({ id: "op3", node: "node08", outcome: "denied" }),
    ];
    expect(find(ledger)?.failedNodes).toEqual(new Set(["node01"]));
    expect(find(ledger, ["master-3", "master-2"])?.failedNodes).toEqual(new Set(["node01", "node07"]));
  });

  it("looks at no operation before the last one", () => {
    const ledger = [aBegun({}), aStep({ outcome: "denied" }), aBegun({ id: "op2" }), aStep({ id: "op2" })];
    expect(find(ledger)).toMatchObject({ id: "op2", failedNodes: new Set() });
  });

  it("takes the batches of one operation together, whatever another console wrote in between", () => {
    const ledger = [
      aBegun({ id: "a" }),
      aStep({ id: "a", node: "node09", outcome: "denied" }),
      aBegun({ id: "b-batch-1", nodes: ["node01"] }),
      aStep({ id: "b-batch-1", node: "node01", outcome: "denied" }),
      aBegun({ id: "c", action: "ready" }),
      aBegun({ id: "b-batch-2", nodes: ["node02", "node03"] }),
      aStep({ id: "b-batch-2", node: "node02" }),
    ];
    expect(find(ledger)).toEqual({ id: "b", at: begunAt, failedNodes: new Set(["node01", "node03"]) });
  });

  it("finds nothing in a ledger without such an operation", () => {
    expect(find([])).toBeUndefined();
    expect(find([aBegun({ action: "maint" })])).toBeUndefined();
  });
});
