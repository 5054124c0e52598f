import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Operation } from "../../src/domain/history.ts";
import { readOperations, writeOperations } from "../../src/domain/recording-operations.ts";
import { outcomeWords, wholeTone } from "../../src/output/operation-words.ts";
import { aBegun, anEnd, aStep } from "../support/ledger.ts";

const names = Array.from({ length: 12 }, (_, index) => `node${String(index + 1).padStart(2, "0")}`);
const placeOf = new Map(names.map((name, place) => [name, place]));
const operation: Operation = {
  begun: aBegun({ nodes: [...names, "gone01"], until: "2026-11-22T14:00:00.000Z" }),
  steps: [
    ...names.slice(0, 10).map((node) => aStep({ node, before: "UP 1/2", detail: "st=DONE" })),
    aStep({ node: "node11", outcome: "denied" }),
    aStep({ node: "gone01", outcome: "unreached", route: "ssh" }),
  ],
  ended: anEnd({ outcome: "partial" }),
};

function written(operations: readonly Operation[]): unknown {
  return JSON.parse(JSON.stringify(writeOperations(operations, placeOf)));
}

function again(...operations: readonly Operation[]): readonly Operation[] | undefined {
  return readOperations(written(operations), names);
}

describe("recorded operations", () => {
  it("tell who did what, when, why, and what came of it, as the ledger does", () => {
    const [read] = again(operation) ?? [];
    if (read === undefined) throw new Error("nothing");
    expect({ ...read.begun, orders: [] }).toEqual({ ...operation.begun, orders: [] });
    expect([outcomeWords(read), wholeTone(read)]).toEqual([outcomeWords(operation), wholeTone(operation)]);
    expect(outcomeWords(read)).toBe("verified 10, denied 1 (node11), unreached 1 (gone01), not sent 1 (node12)");
    expect(read.ended).toEqual({ ...operation.ended, counts: {} });
  });

  it("name the nodes of a fleet by their places, which takes few bytes", () => {
    expect(written([operation])).toMatchObject([
      {
        lines: [
          ["verified", "k8s-de1-kube-api", "master-2", [[0, 9]]],
          ["denied", "k8s-de1-kube-api", "master-2", [10]],
          ["unreached", "k8s-de1-kube-api", "master-2", ["gone01"]],
          [null, "k8s-de1-kube-api", "master-2", [11]],
        ],
      },
    ]);
  });

  it("say where an operation is under way", () => {
    const [read] = again({ begun: operation.begun, steps: [], ended: undefined }) ?? [];
    expect(read && outcomeWords(read)).toBe("not told 13 (gone01,node[01-12])");
    expect(read?.ended).toBeUndefined();
  });

  it("leave the oldest out rather than grow without an end", () => {
    const many = Array.from({ length: 300 }, (_, index) => ({
      ...operation,
      begun: aBegun({ id: `op${index}`, reason: index < 10 ? "kernel" : "k".repeat(500) }),
    }));
    const kept = again(...many) ?? [];
    expect(kept.length).toBeGreaterThan(50);
    expect(kept.map(({ begun }) => begun.id)).toEqual(many.slice(0, kept.length).map(({ begun }) => begun.id));
    expect(JSON.stringify(written(many)).length).toBeLessThan(70_000);
    expect(again(...many.slice(0, 10))).toHaveLength(10);
  });

  it("hold no text that could steer a terminal, and are nothing where they cannot be read", () => {
    const evil = "\u001b[31mred\u0007\u202e";
    const [one] = written([operation]) as Record<string, unknown>[];
    const who = { user: evil, host: evil, sshClient: evil };
    const all = { ...one, id: evil, who, masters: [evil], reason: evil, ended: [one?.["at"], evil] };
    const read = readOperations([{ ...all, lines: [["denied", evil, evil, [evil]]] }], names);
    expect(read).toHaveLength(1);
    expect(JSON.stringify(read)).not.toMatch(/\\u001b|\\u0007|\u202e/);
    const bad = [{ action: "reboot" }, { at: "soon" }, { who: {} }, { masters: [7] }, { reason: 7 }, { until: "x" }];
    const lines = [[[0, 12]], [[3, 1]], [-1], [0.5], 7].map((nodes) => ({ lines: [[null, "b", "s", nodes]] }));
    for (const part of [...bad, ...lines]) expect(readOperations([{ ...one, ...part }], names)).toBeUndefined();
    const endless = { lines: Array(200_000).fill([null, "b", "s", [[0, 11]]]) };
    expect(readOperations([{ ...one, ...endless }], names)).toBeUndefined();
    // A short text of runs over all nodes is many lines, also where it is cut into several operations.
    const large = { ...one, lines: Array(10_000).fill([null, "b", "s", [[0, 11]]]) };
    expect(readOperations([large], names)?.[0]?.begun.orders).toHaveLength(120_000);
    expect(readOperations([large, { ...large, id: "2" }], names)).toBeUndefined();
    fc.assert(fc.property(fc.jsonValue(), (value) => void readOperations([{ ...one, lines: value }], names)));
    fc.assert(fc.property(fc.jsonValue(), (value) => void readOperations(value, names)));
  });
});
