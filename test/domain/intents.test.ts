import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldIntents, intentsOf } from "../../src/domain/intents.ts";
import type { LedgerEntry } from "../../src/domain/ledger.ts";
import type { OutcomeWord } from "../../src/domain/outcome.ts";
import { aBegun, anEnd, aStep, begunAt } from "../support/ledger.ts";

const states = (entries: readonly LedgerEntry[]) =>
  Object.fromEntries(intentsOf(entries).map(({ node, state }) => [node, state]));

describe("intentsOf", () => {
  it("wants nothing where nothing was done", () => {
    expect(intentsOf([])).toEqual([]);
  });

  it("says who wants what of a server line, since when, why and until when", () => {
    const until = "2026-11-22T05:30:00.000Z";
    expect(intentsOf([aBegun({ until }), aStep(), anEnd({ counts: { verified: 1 } })])).toEqual([
      {
        id: "op1",
        node: "node01",
        backend: "k8s-de1-kube-api",
        server: "master-2",
        state: "drain",
        who: { user: "ops", host: "jump", sshClient: "10.9.0.7" },
        reason: "kernel",
        sinceMs: Date.parse(begunAt) + 1000,
        untilMs: Date.parse(until),
        isSettled: true,
      },
    ]);
  });

  it.each<[OutcomeWord, boolean]>([
    ["verified", true],
    ["unchanged", true],
    ["accepted", true],
    ["unknown", true],
    ["contradicted", false],
    ["denied", false],
    ["refused", false],
    ["guarded", false],
    ["unreached", false],
  ])("takes %s for an intent: %s", (outcome, isIntent) => {
    expect(intentsOf([aBegun(), aStep({ outcome })])).toHaveLength(isIntent ? 1 : 0);
  });

  it("keeps what stood before an operation that came to nothing", () => {
    const second = [aBegun({ id: "op2", action: "maint" }), aStep({ id: "op2", outcome: "denied" })];
    expect(states([aBegun(), aStep(), ...second])).toEqual({ node01: "drain" });
  });

  it("keeps who asked first, why and until when, where the same is asked again without a word", () => {
    const until = "2026-11-22T05:30:00.000Z";
    const again = (part: { reason?: string }) => [
      aBegun({ id: "op2", reason: undefined, ...part }),
      aStep({ id: "op2", at: "2026-11-22T05:10:00.000Z" }),
    ];
    const first = [aBegun({ until }), aStep()];
    expect(intentsOf([...first, ...again({})])).toEqual(intentsOf(first));
    expect(intentsOf([...first, ...again({ reason: "disk" })])).toMatchObject([{ id: "op2", reason: "disk" }]);
    const enabled = [aBegun({ id: "op3", action: "ready" }), aStep({ id: "op3", after: "UP" })];
    expect(intentsOf([...first, ...enabled, ...again({})])).toMatchObject([{ id: "op2", state: "drain" }]);
  });

  it("takes an order of which nothing more was written for one that may have been sent", () => {
    const entries = [aBegun({ nodes: ["node01", "node02"] }), aStep()];
    expect(intentsOf(entries).map(({ node, isSettled }) => [node, isSettled])).toEqual([
      ["node01", true],
      ["node02", false],
    ]);
  });

  it("drops the orders that an interrupted operation did not send, once it has said its end", () => {
    const entries = [aBegun({ nodes: ["node01", "node02"] }), aStep()];
    expect(states([...entries, anEnd({ outcome: "interrupted", counts: { verified: 1 } })])).toEqual({
      node01: "drain",
    });
  });

  it("keeps them where the end counts a step whose line was lost", () => {
    const entries = [aBegun({ nodes: ["node01", "node02"] }), aStep(), anEnd({ counts: { verified: 2 } })];
    expect(states(entries)).toEqual({ node01: "drain", node02: "drain" });
  });

  it("ends a drain by enabling, and wants nothing by closing sessions", () => {
    const enable = [aBegun({ id: "op2", action: "ready" }), aStep({ id: "op2" })];
    const kill = [aBegun({ id: "op3", action: "shutdown" }), aStep({ id: "op3" })];
    expect(states([aBegun(), aStep(), ...enable, ...kill])).toEqual({ node01: "ready" });
  });

  it("lets the step that came last win where two consoles acted at once", () => {
    const drain = aBegun({ id: "a" });
    const enable = aBegun({ id: "b", action: "ready" });
    const steps = [aStep({ id: "b" }), aStep({ id: "a" })];
    expect(states([drain, enable, ...steps])).toEqual({ node01: "drain" });
  });

  it("passes over steps whose beginning is lost", () => {
    expect(intentsOf([aStep(), anEnd()])).toEqual([]);
  });
});

const outcome = fc.constantFrom<OutcomeWord>("verified", "accepted", "unknown", "unchanged", "denied", "contradicted");
const operation = fc.record({
  action: fc.constantFrom("ready" as const, "drain" as const, "maint" as const),
  orders: fc.uniqueArray(fc.constantFrom("node01", "node02", "node03"), { minLength: 1 }),
  outcomes: fc.array(outcome, { minLength: 3, maxLength: 3 }),
  hasEnd: fc.boolean(),
});
const operations = fc.array(operation, { maxLength: 6 }).map((list) =>
  list.map(({ action, orders, outcomes, hasEnd }, i): LedgerEntry[] => {
    const id = `op${i}`;
    const steps = orders.map((node, n) => aStep({ id, node, outcome: outcomes[n] ?? "unknown" }));
    const counts = { verified: steps.length };
    return [aBegun({ id, action, nodes: orders }), ...steps, ...(hasEnd ? [anEnd({ id, counts })] : [])];
  }),
);

describe("intentsOf, for any operations one after the other", () => {
  it("wants of each node what the last operation wanted that may have taken effect there", () => {
    fc.assert(
      fc.property(operations, (list) => {
        const wanted: Record<string, string> = {};
        for (const entry of list.flat()) {
          const begun = list.flat().find((other) => other.kind === "begun" && other.id === entry.id);
          if (entry.kind !== "step" || begun?.kind !== "begun" || begun.action === "shutdown") continue;
          if (["verified", "accepted", "unknown", "unchanged"].includes(entry.outcome)) {
            wanted[entry.node] = begun.action;
          }
        }
        expect(states(list.flat())).toEqual(wanted);
      }),
    );
  });

  it("wants the same whether read at once or in two parts with the state kept in a file between", () => {
    fc.assert(
      fc.property(operations, fc.nat(), (list, cut) => {
        const entries = list.flat();
        const at = entries.length === 0 ? 0 : cut % (entries.length + 1);
        const first = foldIntents();
        for (const entry of entries.slice(0, at)) first.add(entry);
        const second = foldIntents(JSON.parse(JSON.stringify(first.state())));
        for (const entry of entries.slice(at)) second.add(entry);
        const byNode = (intents: ReturnType<typeof intentsOf>) =>
          intents.toSorted((a, b) => (a.node < b.node ? -1 : 1));
        expect(byNode(second.intents())).toEqual(byNode(intentsOf(entries)));
      }),
    );
  });
});
