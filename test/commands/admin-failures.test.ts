import { once } from "node:events";
import { beforeAll, describe, expect, it } from "vitest";
import { adminFleet, resultOf } from "../support/admin-fleet.ts";
import { type DemoProcess, startDemo } from "../support/demo-process.ts";
import { runProgram, startProgram, untilEnd } from "../support/program.ts";

const fleet = adminFleet("--nodes", "6");
const { k3sLb, shown } = fleet;

describe("a node that cannot be reached", () => {
  /** The fleet file of a console for which nothing listens on the nodes of site c, node05 and node06. */
  let halfDead: string;
  beforeAll(async () => {
    halfDead = await fleet
      .demo()
      .variant("half-dead.yaml", (text) => text.replaceAll("{ site: c } }", "{ site: c }, stats: { port: 1 } }"));
  });

  it("leaves the action done in part, and --retry-failed does the rest and nothing else", async () => {
    const run = await k3sLb("drain 2 --yes", halfDead);
    expect(run.code).toBe(4);
    expect(run.stdout).toContain("DRAIN k8s-de1-master-2: done in part (4 of 6 proved)");
    expect(run.stdout).toContain(
      "guarded: nobody knows what it has now: connection refused; have it answer again (k3s-lb status",
    );
    expect(run.stdout).toContain("try again on 2 nodes only: k3s-lb drain k8s-de1-master-2");
    expect(await shown("master-2")).toMatchObject({ node04: "DRAIN", node05: "UP", node06: "UP" });
    const retry = await k3sLb("drain 2 --yes --retry-failed -o json");
    expect(retry.code).toBe(0);
    expect(resultOf(retry).nodes.map(({ node, outcome }) => [node, outcome])).toEqual([
      ["node05", "verified"],
      ["node06", "verified"],
    ]);
    const nothing = await k3sLb("drain 2 --yes --retry-failed");
    expect(nothing).toMatchObject({ code: 0, stdout: "" });
    expect(nothing.stderr).toContain("failed on none of these nodes; nothing was sent");
  });

  it("is acted on unseen only when that is meant, and is unreached then", async () => {
    const unsure = await k3sLb("drain 2 --yes --include-blind", halfDead);
    expect(unsure.code).toBe(2);
    expect(unsure.stderr).toContain("--confirm k8s-de1-master-2");
    const run = await k3sLb("drain 2 --yes --include-blind --confirm 2 -o json", halfDead);
    expect(run.code).toBe(4);
    expect(resultOf(run).counts).toEqual({ verified: 4, unreached: 2 });
  });

  it("is a failure everywhere where no other node is asked", async () => {
    const run = await k3sLb("drain 2 --yes --include-blind --confirm 2 --node @site=c -o json", halfDead);
    expect(run.code).toBe(1);
    expect(resultOf(run)).toMatchObject({ outcome: "failed", counts: { unreached: 2 } });
  });
});

describe("Ctrl-C, and a terminal that goes away", () => {
  it.each(["SIGINT", "SIGHUP"] as const)("%s stops what has not been sent and tells what was done", async (signal) => {
    const demo = await startDemo(["--no-incident", "--nodes", "150"]);
    try {
      const words = ["drain", "2", "--yes", "--parallel", "1", "-o", "jsonl", "--config", demo.configPath];
      const child = startProgram(words, { env: fleet.env() });
      const ended = untilEnd(child);
      if (child.stdout === null) throw new Error("it has no output");
      await once(child.stdout, "data");
      child.kill(signal);
      const run = await ended;
      expect(run).toMatchObject({ code: 130, signal: null });
      const { counts, outcome, nodes } = JSON.parse(run.stdout.trimEnd().split("\n").at(-1) ?? "");
      expect(outcome).toBe("interrupted");
      expect(nodes).toHaveLength(150);
      expect(counts.verified).toBeGreaterThan(0);
      expect(counts.unreached).toBeGreaterThan(0);
      expect(counts.verified + counts.unreached).toBe(150);
      expect(nodes.at(-1)).toMatchObject({ outcome: "unreached", detail: "not sent: interrupted" });
      const rest = await runProgram(
        ["drain", "2", "--yes", "--retry-failed", "-o", "json", "--config", demo.configPath],
        {
          env: fleet.env(),
        },
      );
      expect(resultOf(rest).counts).toEqual({ verified: counts.unreached });
    } finally {
      await demo.stop();
    }
  });
});

describe("nodes that take orders from themselves only", () => {
  let remote: DemoProcess;
  beforeAll(async () => {
    remote = await startDemo(["--no-incident", "--nodes", "2", "--remote"]);
    return () => remote.stop();
  });

  it("deny it everywhere: exit code 1, nothing has changed, and the way over ssh is named", async () => {
    const run = await k3sLb("drain 2 --yes", remote.configPath);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain("DRAIN k8s-de1-master-2: failed everywhere\n");
    expect(run.stdout).toMatch(/^✗ node01 .* denied: HAProxy does not take orders from this address \(DENY\).*ssh/m);
    expect(run.stdout).toMatch(/^✗ node02 .* denied: /m);
    expect((await k3sLb("status master-2", remote.configPath)).stdout).toMatch(/^k8s-de1-master-2 +up +2\/2/m);
  });
});
