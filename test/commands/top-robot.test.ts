import { describe, expect, it } from "vitest";
import { statusAnswer } from "../../src/demo/health-check.ts";
import { isRestored, setTopStage } from "../support/top-stage.ts";

const ill = "k8s-de1-master-2";
const six = (state: string) => Array.from({ length: 6 }, () => state);

describe("somebody who was woken", () => {
  it("finds the fault, takes the master out, reads what came of it, and puts it back", async () => {
    const { demo, openTop, statesOf } = await setTopStage();
    const shell = await openTop();
    await shell.sees("all 3 masters up on all 6 nodes");
    demo.fleet.answer(ill, statusAnswer(500, "etcdserver: leader changed"));
    await shell.sees(/WARNING[\s\S]*master-2 is down on all 6 nodes: answered 500.* for \d+s/);

    // The problem itself: what is wrong, what to do, and on which nodes.
    shell.type("\t\r");
    await shell.sees(/k8s-de1 › master-down[\s\S]*readyz\?verbose[\s\S]*node06/);
    shell.type("\u001b");
    await shell.sees("── masters");

    shell.type("\tj");
    await shell.sees(/> 2 +✗ down/);
    shell.type(":arm\r");
    await shell.sees(/ARMED [45]:/);
    shell.type("a");
    await shell.sees("Enter chooses");
    shell.type("\r");
    await shell.sees(/DRAIN k8s-de1-master-2 on 6 nodes/);
    expect(await statesOf(ill)).toEqual(six("DOWN"));
    shell.type("y\r");
    // HAProxy hides a drain while a server is DOWN: done, and not to be seen yet.
    await shell.sees(/outcome, after .*[\s\S]*accepted +6 +node\[01-06\]/);
    shell.type("\r");
    await shell.until(() => !shell.screen().includes("outcome, after"), "the outcome is closed");
    demo.fleet.answer(ill, statusAnswer(401));
    await shell.sees(
      /still attached to k8s-de1-master-2[\s\S]*⇣ drained +\. +\. +6 [\s\S]*master-2 drained by \S+ \d+s ago/,
    );
    expect(await statesOf(ill)).toEqual(six("DRAIN"));

    shell.type("e");
    await shell.sees(/k8s-de1 › events[\s\S]*k8s-de1-master-2 UP → DOWN on 6 nodes/);
    shell.type("o");
    await shell.sees(/k8s-de1 › operations[\s\S]*drain/);
    shell.type("\u001b");
    await shell.sees(/> 2 +⇣ drained/);

    shell.type("ajj");
    await shell.sees("Enter chooses");
    shell.type("\r");
    await shell.sees(/ENABLE k8s-de1-master-2 on 6 nodes/);
    shell.type("y\r");
    await shell.sees(/outcome, after .*[\s\S]*verified +6 +node\[01-06\]/);
    shell.type("q");
    await shell.sees("all 3 masters up on all 6 nodes");
    expect(await statesOf(ill)).toEqual(six("UP"));
    shell.type("q");
    await isRestored(shell);
  });
});
