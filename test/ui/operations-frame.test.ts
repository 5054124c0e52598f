import { describe, expect, it } from "vitest";
import type { Operation } from "../../src/domain/history.ts";
import { createPast } from "../../src/ui/past.ts";
import { aBegun, aStep } from "../support/ledger.ts";
import { look, situation, textOf, usual } from "../support/screens.ts";

const drained = situation(() => (master) => (master === 2 ? "DRAIN" : "UP"));
const drain: Operation = {
  begun: aBegun({ id: "3f2a9c", masters: ["master-2"], nodes: ["node01", "node02"], reason: "kernel" }),
  steps: [aStep({ id: "3f2a9c", node: "node01" }), aStep({ id: "3f2a9c", node: "node02", outcome: "denied" })],
  ended: undefined,
};
const open = [{ kind: "view", view: "operations" }] as const;

describe("the operations", () => {
  it("tell who did what, when and why, and what came of it", () => {
    const past = { kind: "known", operations: [drain] } as const;
    expect(textOf(look(drained, usual, open, { past }))).toMatchInlineSnapshot(`
      "k8s-de1 › operations                                                        ✓ OK
        drain master-2 by ops@jump from 10.9.0.7: kernel
        verified 1, denied 1 (node02)
      ── operations ──────────────────────────────────────────────────────────────────
        UTC              WHO        ACTION        MASTERS      OUTCOME
      > 2026-11-22 05:00 ops        drain         master-2     verified 1, denied 1 (…

      6/6 fresh, age <1s  every 2s       Esc back  Enter open  a act  / filter  ? help"
    `);
  });

  it("say where there is nothing to show", () => {
    const said = (past: Parameters<typeof look>[3]) => textOf(look(drained, usual, open, past)).split("\n")[1];
    expect(said({})).toBe("  There is no ledger here.");
    expect(said({ past: { kind: "loading" } })).toBe("  Reading the ledger …");
    expect(said({ past: { kind: "known", operations: [] } })).toBe("  Nothing has been done here with k3s-lb yet.");
    expect(said({ past: { kind: "failed", text: "no" } })).toBe("  The ledger cannot be read: no");
  });
});

describe("the operations of a replay", () => {
  it("say that none is recorded, as what was done before cannot be known", () => {
    const place = { isPlaying: true, isSearching: false, isAtEnd: false, speed: 1, wallMs: 0, positionMs: 0 };
    const replay = { ...place, lengthMs: 1, lost: 0 };
    expect(textOf(look(drained, usual, open, { replay })).split("\n")[1]).toBe(
      "  No operation is recorded up to here.",
    );
  });
});

describe("createPast", () => {
  it("reads when the page is open, and again when the ledger has grown", async () => {
    let reads = 0;
    const turned = Promise.withResolvers<void>();
    let { promise, resolve } = turned;
    const past = createPast(
      async () => {
        reads += 1;
        return [drain];
      },
      () => resolve(),
    );
    const next = () => {
      ({ promise, resolve } = Promise.withResolvers<void>());
      return promise;
    };
    past.watch(false, 1);
    expect([reads, past.state().kind]).toEqual([0, "loading"]);
    let told = next();
    past.watch(true, 1);
    await told;
    past.watch(true, 1);
    expect([reads, past.state().kind]).toEqual([1, "known"]);
    told = next();
    past.watch(true, 2);
    await told;
    expect(reads).toBe(2);
  });

  it("says why a ledger cannot be read", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const past = createPast(() => Promise.reject(new Error("it is damaged")), resolve);
    past.watch(true, undefined);
    await promise;
    expect(past.state()).toEqual({ kind: "failed", text: "it is damaged" });
  });
});
