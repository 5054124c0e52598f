import { describe, expect, it, onTestFinished } from "vitest";
import { startDemo } from "../support/demo-process.ts";
import { openFleet } from "../support/open-fleet.ts";
import { runProgram } from "../support/program.ts";
import { startWatch } from "../support/watch-process.ts";

const master = "k8s-de1-master-2";
const allUp = /all 3 masters up on all 6 nodes/;

describe("watch", () => {
  it("prints how the fleet stands, then what happens, until Ctrl-C", async () => {
    const fleet = await openFleet(6);
    const watch = startWatch(await fleet.config());
    await watch.sees(/OK k8s-de1: all 3 masters up on all 6 nodes\n/);
    fleet.dies(master);
    await watch.sees(/UP → DOWN/);
    fleet.recovers(master);
    await watch.sees(/DOWN → UP/);
    watch.kill("SIGINT");
    const { stdout, ...rest } = await watch.ended;
    expect(rest).toEqual({ code: null, signal: "SIGINT", stderr: "" });
    const lines = stdout.replace(/\d\d:\d\d:\d\dZ/g, "hh:mm:ssZ").split("\n");
    expect(lines[1]).toBe(`hh:mm:ssZ ${master} UP → DOWN on 6 nodes (node[01-06]): connection refused`);
    expect(lines.find((line) => line.includes("DOWN → UP"))).toContain(`${master} DOWN → UP on `);
  });

  it("prints Event objects, and at the end of --for also what has not settled", async () => {
    const fleet = await openFleet(6);
    const watch = startWatch(await fleet.config(), ["-o", "jsonl", "--for", "8s"]);
    await watch.sees(allUp);
    fleet.dies(master);
    const { stdout, ...rest } = await watch.ended;
    expect(rest).toEqual({ code: 0, signal: null, stderr: "" });
    const [state, change] = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(state).toMatchObject({ kind: "Event", event: "state", severity: "OK", problems: [] });
    expect(change).toMatchObject({
      ...{ apiVersion: "k3s-lb/v1", kind: "Event", event: "change", cluster: "k8s-de1" },
      ...{ update: 0, type: "master", severity: "CRITICAL", master, from: "up", to: "down", flaps: 0 },
    });
    expect(change.nodes.toSorted()).toEqual(["node01", "node02", "node03", "node04", "node05", "node06"]);
  });

  it("ends quietly when nobody reads any more", async () => {
    const fleet = await openFleet(6);
    const watch = startWatch(await fleet.config());
    await watch.sees(allUp);
    watch.hangUp();
    fleet.dies(master);
    expect(await watch.ended).toMatchObject({ code: 0, signal: null, stderr: "" });
  });

  it("prints what has begun before it ends by SIGTERM", async () => {
    const fleet = await openFleet(6);
    const watch = startWatch(await fleet.config(), ["--node", "node01"]);
    await watch.sees(/all 3 masters up on node01/);
    watch.kill("SIGTERM");
    expect(await watch.ended).toMatchObject({ code: null, signal: "SIGTERM", stderr: "" });
  });

  it("tells the story of an incident", async () => {
    const demo = await startDemo(["--nodes", "6", "--speed", "4"]);
    onTestFinished(() => demo.stop());
    const watch = startWatch(demo.configPath);
    await watch.sees(/k8s-de1-master-3 UP → DOWN on 6 nodes \(node\[01-06\]\): /);
    await watch.sees(/k8s-de1-master-2 UP → DRAIN on 6 nodes/);
    await watch.sees(/HAProxy restarted on node0\d/);
    watch.kill("SIGINT");
    await watch.ended;
  }, 60_000);

  it("says what is wrong with its flags", async () => {
    const config = await (await openFleet(2)).config();
    const run = (...args: string[]) => runProgram(["--config", config, "watch", ...args]);
    expect(await run("-o", "jsonll")).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("jsonl") });
    expect(await run("--for", "3")).toMatchObject({ code: 2, stderr: expect.stringContaining('--for: "3" should be') });
    expect((await run("--node", "nope")).code).toBe(2);
  });
});
