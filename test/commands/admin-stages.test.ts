import { describe, expect, it } from "vitest";
import { adminFleet, resultOf } from "../support/admin-fleet.ts";

const { k3sLb } = adminFleet("--nodes", "4");

describe("the ledger of a drain with --kill", () => {
  it("writes the second stage into the ledger also where the first one has nothing new", async () => {
    await k3sLb("drain 3 --yes");
    const run = await k3sLb("drain 3 --yes --grace 0s --kill --batch 100% -o json");
    expect(run.code).toBe(0);
    const { kills, nodes, operation } = resultOf(run);
    expect(nodes.map(({ outcome }) => outcome)).toEqual(["unchanged", "unchanged", "unchanged", "unchanged"]);
    expect(kills).toHaveLength(4);
    const history = await k3sLb("history -o json");
    expect(history.stdout).toContain(`"${operation}-kill-1"`);
    expect(history.stdout).not.toContain(`"${operation}"`);
  });

  it("is told with its drain by the history of the one operation that they are", async () => {
    const run = await k3sLb("drain 1 --yes --grace 0s --kill --batch 50% --pause 10ms --reason kernel -o json");
    const id = resultOf(run).operation ?? "";
    const titles = async (start: string) =>
      (await k3sLb(`history ${start}`)).stdout
        .split("\n")
        .filter((line) => /^(drain|kill-sessions) |^operation/.test(line));
    const operation = (suffix: string) => `operation  ${id}${suffix}`;
    const whole = ["drain k8s-de1-master-1", operation(""), "kill-sessions k8s-de1-master-1", operation("-kill-1")];
    expect((await titles(id.slice(0, 8))).slice(0, 4)).toEqual(whole);
    expect((await titles(id)).slice(0, 2)).toEqual(whole.slice(0, 2));
    expect(await titles(`${id}-kill-1`)).toEqual(whole.slice(2));
  });
});
