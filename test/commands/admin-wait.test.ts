import { describe, expect, it } from "vitest";
import { adminFleet, resultOf } from "../support/admin-fleet.ts";

const fleet = adminFleet("--nodes", "4");
const { k3sLb } = fleet;

describe("--wait", () => {
  it("exits 5 where sessions do not end in time, and says how many are left where", async () => {
    const run = await k3sLb("drain 2 --yes --wait --timeout 300ms");
    expect(run.code).toBe(5);
    expect(run.stdout).toContain("but what was waited for did not come in time");
    expect(run.stdout).toMatch(/^Waited, and it did not come in time: 4 nodes, sessions \d+→\d+$/m);
    expect(run.stdout).toMatch(/^waiting +\d+ +node\S+ +\d+ sessions?$/m);
    expect(run.stdout).toContain("To close them: k3s-lb kill-sessions k8s-de1-master-2");
    expect(run.stdout).not.toContain("--wait");
  });

  it("waits after enable until every node shows it UP with a passed check", async () => {
    await k3sLb("maint 2 --yes");
    const run = await k3sLb("enable 2 --yes --wait --stable 1s -o json");
    expect(run.code).toBe(0);
    const { wait } = resultOf(run);
    expect(wait).toMatchObject({ outcome: "done", nodes: [{ node: "node01", state: "done" }, {}, {}, {}] });
    for (const node of wait?.nodes ?? []) expect(node.detail).toMatch(/^UP for [1-9]\d*s$/);
  });
});

describe("closing sessions", () => {
  it("closes what is left after the grace, in batches, and waits for none to be there", async () => {
    const before = await fleet.sessions("master-2");
    expect(before).toBeGreaterThan(0);
    const run = await k3sLb("drain 2 --yes --grace 100ms --kill --batch 50% --pause 50ms -o json");
    expect(run.code).toBe(0);
    const { kills, wait, nodes } = resultOf(run);
    expect(nodes.map(({ outcome }) => outcome)).toEqual(["verified", "verified", "verified", "verified"]);
    expect(kills?.reduce((sum, { sessions }) => sum + (sessions ?? 0), 0)).toBe(before);
    expect(wait).toMatchObject({ outcome: "done", sessionsLeft: 0 });
    expect(await fleet.sessions("master-2")).toBe(0);
  });

  it("is an action of its own, which says that clients may come back to a master in service", async () => {
    expect(await fleet.sessions("master-1")).toBeGreaterThan(0);
    const run = await k3sLb("kill-sessions 1 --yes --batch 2 --pause 10ms");
    expect(run.code).toBe(0);
    expect(run.stderr).toContain("KILL ALL SESSIONS of k8s-de1-master-1 on 4 nodes, ");
    expect(run.stderr).toContain("still takes connections, so its clients may come back to it");
    expect(run.stdout).toContain("KILL ALL SESSIONS of k8s-de1-master-1: done and proved on all 4 nodes");
  });

  it("leaves nothing to be waited for where they are drained", async () => {
    await k3sLb("drain 3 --yes");
    const run = await k3sLb("kill-sessions 3 --yes --batch 100% --wait -o json");
    expect(run.code).toBe(0);
    expect(resultOf(run).wait).toMatchObject({ outcome: "done", sessionsLeft: 0 });
    expect(await fleet.sessions("master-3")).toBe(0);
    const again = await k3sLb("kill-sessions 3 --yes -o json");
    expect(resultOf(again).nodes[0]).toMatchObject({ outcome: "unchanged", detail: "holds no session already" });
  });
});
