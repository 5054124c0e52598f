import { describe, expect, it } from "vitest";
import { UserError } from "../../src/domain/user-error.ts";
import { createFakeOperations, dialogOf, openConsole, planned } from "../support/console.ts";
import { aResult } from "../support/plan.ts";
import { situation } from "../support/screens.ts";

const healthy = situation(() => () => "UP");

describe("a running operation", () => {
  it("is told node by node, then its outcome until that is closed", async () => {
    const operations = createFakeOperations();
    const held = openConsole(healthy, operations);
    planned(held);
    held.press("y", "enter");
    const [run] = operations.runs;
    run?.step(aResult({ node: "node02" }));
    await held.clock.advance(3_000);
    expect(dialogOf(held, "running")).toMatchInlineSnapshot(`
      "── DRAIN master-2: running, 3s ─────────────────────────────────────────────────
        [##########....................] 1 of 3
        verified        1  node02
        waiting for     2  node[01,03]

                                Ctrl-C sends nothing more and waits for what was sent.
      ARMED 4:57  6/6 fresh, age <1s  every 2s"
    `);
    run?.step(aResult({ node: "node01" }));
    run?.step(
      aResult({
        node: "node03",
        outcome: "denied",
        st: "DENY",
        after: undefined,
        detail: "takes orders from its own localhost only",
        next: "set admin.via to ssh for it",
      }),
    );
    await run?.end();
    await held.clock.advance(1_000);
    expect(dialogOf(held, "outcome")).toMatchInlineSnapshot(`
      "── outcome, after 3.0 s ────────────────────────────────────────────────────────
        DRAIN master-2: done in part (2 of 3 proved)

        OUTCOME   COUNT  NODES        BY
        verified      2  node[01-02]  http
        denied        1  node03       http

        ✗ node03  k8s-de1-kube-api/k8s-de1-master-2  denied: takes orders from its own
            localhost only; set admin.via to ssh for it

        → Open sessions stay; kill sessions (a) closes them.
        → enable (a) puts it back into service.

                                                                Enter, Esc or q closes
      ARMED 4:56  6/6 fresh, age <1s  every 2s"
    `);
    await held.clock.advance(60_000);
    expect(held.text()).toContain("outcome, after 3.0 s");
    held.press("enter");
    expect(held.text()).not.toContain("outcome");
  });

  it("takes no key for an answer to an end that was not on the screen yet when it was pressed", async () => {
    for (const isFailure of [false, true]) {
      const operations = createFakeOperations();
      const held = openConsole(healthy, operations);
      planned(held);
      held.press("y", "enter");
      await held.clock.advance(1_000);
      const [run] = operations.runs;
      await (isFailure ? run?.fail(new UserError("the ledger cannot be written")) : run?.end());
      held.press("enter");
      expect(held.text()).toContain("closes");
      held.press("enter");
      expect(held.text()).not.toContain("closes");
    }
  });

  it("sends nothing more after Ctrl-C, and is left by a second one", async () => {
    const operations = createFakeOperations();
    const held = openConsole(healthy, operations);
    planned(held);
    held.press("y", "enter", "q", "esc", "enter");
    const [run] = operations.runs;
    expect(run?.options.isStopped()).toBe(false);
    held.press("ctrl-c");
    expect([run?.options.isStopped(), held.quits()]).toEqual([true, 0]);
    expect(held.text()).toContain("Stopping: what was sent is waited for. Ctrl-C leaves now.");
    held.press("ctrl-c");
    expect(held.quits()).toBe(1);
  });

  it("says what kept it from beginning", async () => {
    const operations = createFakeOperations();
    const held = openConsole(healthy, operations);
    planned(held);
    held.press("y", "enter");
    await operations.runs[0]?.fail(new UserError("the ledger cannot be written: no space left", "Make room there."));
    await held.clock.advance(1_000);
    expect(dialogOf(held, "not done")).toMatchInlineSnapshot(`
      "── not done ────────────────────────────────────────────────────────────────────
        the ledger cannot be written: no space left
        Make room there.
        Nothing was sent.

                                                                Enter, Esc or q closes
      ARMED 4:59  6/6 fresh, age <1s  every 2s"
    `);
  });
});
