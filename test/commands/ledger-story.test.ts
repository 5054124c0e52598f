import { describe, expect, it } from "vitest";
import { adminFleet } from "../support/admin-fleet.ts";
import { runProgram } from "../support/program.ts";
import { tempDir } from "../support/temp-dir.ts";

const fleet = adminFleet("--nodes", "4");
const nodes = ["node01", "node02", "node03", "node04"];

describe("two operators, each with a ledger", () => {
  it("see of each other what HAProxy shows, and of themselves who, why and until when", async () => {
    const theirs = { XDG_STATE_HOME: await tempDir() };
    const theirConsole = (command: string) =>
      runProgram([...command.split(" "), "--config", fleet.demo().configPath], { env: { ...fleet.env(), ...theirs } });
    const mine = async () => {
      const run = await fleet.k3sLb("status -o json");
      const { masters, problems } = JSON.parse(run.stdout);
      const kinds = problems
        .filter(({ kind }: { kind: string }) => kind !== "pinned-sessions")
        .map(({ severity, kind, nodes: on }: Record<string, unknown>) => [severity, kind, on]);
      return { masters, kinds };
    };

    await fleet.k3sLb("drain 2 --yes --reason kernel --for 1h");
    const drained = await mine();
    expect(drained.kinds).toEqual([]);
    expect(drained.masters[1]).toMatchObject({ verdict: "drained", drift: [], intent: { reason: "kernel", nodes } });
    expect(drained.masters[1].reason).toMatch(/^drained on all 4 nodes by \S+ \ds ago: kernel, until .*\d\d:\d\d UTC$/);

    const other = await theirConsole("enable 2 --node node03 --yes");
    expect(other.code).toBe(0);
    const drifted = await mine();
    expect(drifted.kinds).toEqual([["WARNING", "drift", ["node03"]]]);
    expect(drifted.masters[1]).toMatchObject({ verdict: "drift", drift: ["node03"] });

    await fleet.k3sLb("drain 2 --node node03 --yes");
    expect((await mine()).kinds).toEqual([]);

    await fleet.k3sLb("enable 2 --yes");
    await theirConsole("maint 3 --yes");
    const strange = await mine();
    expect(strange.kinds).toEqual([["OK", "changed-elsewhere", nodes]]);
    expect(strange.masters[2]).toMatchObject({ verdict: "maint", intent: null });

    await theirConsole("enable 3 --yes");
    await theirConsole("drain 2 --yes");
    expect((await mine()).kinds).toEqual([["WARNING", "changed-elsewhere", nodes]]);

    const history = await fleet.k3sLb("history -o jsonl");
    const operations = history.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(operations.map(({ action, outcome, reason }) => [action, outcome, reason])).toEqual([
      ["enable", "verified", null],
      ["drain", "verified", null],
      ["drain", "verified", "kernel"],
    ]);
    expect(operations[2].nodes.map(({ before, after }: Record<string, unknown>) => [before, after])).toEqual(
      nodes.map(() => ["UP", "DRAIN"]),
    );
  });
});
