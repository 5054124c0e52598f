import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { adminResultJsonSchema } from "../../src/output/admin-result-schema.ts";
import { adminFleet, resultOf } from "../support/admin-fleet.ts";

const fleet = adminFleet("--nodes", "4");
const { k3sLb, shown } = fleet;
const everywhere = (status: string) => ({ node01: status, node02: status, node03: status, node04: status });
const isValid = new Ajv2020({ strict: true, formats: { "date-time": true } }).compile(adminResultJsonSchema());

describe("drain, maint and enable", () => {
  it("does it on every node, proves it, and says how to undo it", async () => {
    const run = await k3sLb("drain master-2 --yes --reason kernel");
    expect(run.code).toBe(0);
    expect(run.stdout).toContain("DRAIN k8s-de1-master-2: done and proved on all 4 nodes\n");
    expect(run.stdout).toMatch(/^verified +4 {2}node\[01-04\] +http$/m);
    expect(run.stdout).toContain("To undo: k3s-lb enable k8s-de1-master-2 --config ");
    expect(run.stderr).toContain("DRAIN k8s-de1-master-2 on 4 nodes, ");
    expect(await shown("master-2")).toEqual(everywhere("DRAIN"));
    const ledger = await readFile(
      join(fleet.env()["XDG_STATE_HOME"] ?? "", "k3s-lb", "k8s-de1", "ledger.jsonl"),
      "utf8",
    );
    expect(
      ledger
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).kind),
    ).toEqual(["begun", ...["step", "step", "step", "step"], "ended"]);
    expect(ledger).toContain('"reason":"kernel"');
  });

  it("takes maint and the other words for enable", async () => {
    expect((await k3sLb("maint 1 --yes")).code).toBe(0);
    expect(await shown("master-1")).toEqual(everywhere("MAINT"));
    expect((await k3sLb("undrain 1 --yes")).code).toBe(0);
    expect((await k3sLb("ready 1 --yes")).stdout).toContain("it was so already, nothing was sent");
  });

  it("sends nothing where it is so already, asks nothing then, and exits 0", async () => {
    await k3sLb("drain 2 --yes");
    const again = await k3sLb("drain 2");
    expect(again).toMatchObject({ code: 0, stderr: "" });
    expect(again.stdout).toMatch(/^unchanged +4 /m);
  });

  it("acts on the nodes that are named only", async () => {
    const run = await k3sLb("drain 3 --node node[01:02] --yes");
    expect(run.stdout).toContain("To undo: k3s-lb enable k8s-de1-master-3 ");
    expect(run.stdout).toContain("--node 'node[01:02]'");
    expect(await shown("master-3")).toMatchObject({ node01: "DRAIN", node02: "DRAIN", node03: "UP", node04: "UP" });
  });

  it("prints an AdminResult, or a line per step and then the AdminResult", async () => {
    const json = await k3sLb("drain 2 --yes -o json");
    expect(isValid(resultOf(json)), JSON.stringify(isValid.errors)).toBe(true);
    expect(resultOf(json)).toMatchObject({ outcome: "verified", exitCode: 0, counts: { verified: 4 }, wait: null });
    const lines = (await k3sLb("enable 2 --yes -o jsonl")).stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map(({ kind }) => kind)).toEqual(["Event", "Event", "Event", "Event", "AdminResult"]);
    expect(lines.map(({ done }) => done)).toEqual([1, 2, 3, 4, undefined]);
    for (const line of lines) expect(isValid(line), JSON.stringify(isValid.errors)).toBe(true);
  });
});

describe("--dry-run", () => {
  it("prints the plan, sends nothing and writes nothing", async () => {
    const run = await k3sLb("drain 2 --dry-run");
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toContain("leaves 2 of 3 everywhere\n");
    expect(run.stdout).toMatch(/^node\[01-04\] +k8s-de1-master-2 +k8s-de1-kube-api +UP +DRAIN +\d+ +2$/m);
    expect(await shown("master-2")).toEqual(everywhere("UP"));
    await expect(
      readFile(join(fleet.env()["XDG_STATE_HOME"] ?? "", "k3s-lb", "k8s-de1", "ledger.jsonl")),
    ).rejects.toThrow("ENOENT");
  });

  it("prints an AdminPlan, and exits 3 where everything would be refused", async () => {
    const plan = JSON.parse((await k3sLb("drain 1 2 --dry-run -o json")).stdout);
    expect(isValid(plan), JSON.stringify(isValid.errors)).toBe(true);
    expect(plan).toMatchObject({ kind: "AdminPlan", exitCode: 0, toType: ["k8s-de1-master-1", "k8s-de1-master-2"] });
    const refused = await k3sLb("drain 1 2 3 --dry-run -o json");
    expect(refused.code).toBe(3);
    expect(JSON.parse(refused.stdout).refusals).toHaveLength(4);
  });
});

describe("confirming without a terminal", () => {
  it("sends nothing without --yes, and says so", async () => {
    const run = await k3sLb("drain 2");
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain("not confirmed, nothing was sent: there is no terminal to ask on");
    expect(await shown("master-2")).toEqual(everywhere("UP"));
  });

  it("wants the names of two masters beside --yes, and says which flags", async () => {
    const run = await k3sLb("drain 1 2 --yes");
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("add --confirm k8s-de1-master-1 --confirm k8s-de1-master-2");
    expect(await shown("master-1")).toEqual(everywhere("UP"));
    expect((await k3sLb("drain 1 2 --yes --confirm 1 --confirm k8s-de1-master-2")).code).toBe(0);
    expect(await shown("master-1")).toEqual(everywhere("DRAIN"));
  });

  it("wants --yes also where a second stage is all that would change something", async () => {
    await k3sLb("drain 2 --yes");
    const before = await fleet.sessions("master-2");
    expect(before).toBeGreaterThan(0);
    expect((await k3sLb("drain 2 --kill --grace 0s")).code).toBe(2);
    expect(await fleet.sessions("master-2")).toBe(before);
  });
});

describe("the guard", () => {
  it("leaves no node without a usable master, whatever --yes says, unless the master is named", async () => {
    await k3sLb("drain 1 2 --yes --confirm 1 --confirm 2");
    const refused = await k3sLb("drain 3 --yes -o json");
    expect(refused.code).toBe(3);
    expect(resultOf(refused)).toMatchObject({ outcome: "guarded", counts: { guarded: 4 }, operation: null });
    expect(await shown("master-3")).toEqual(everywhere("UP"));
    const forced = await k3sLb("drain 3 --yes --force-last 3 --confirm 3");
    expect(forced.code).toBe(0);
    expect(await shown("master-3")).toEqual(everywhere("DRAIN"));
  });

  it("leaves one node alone and goes on elsewhere, or nowhere with --strict", async () => {
    await k3sLb("drain 1 2 --node node04 --yes --confirm 1 --confirm 2");
    const strict = await k3sLb("drain 3 --yes --strict");
    expect(strict.code).toBe(3);
    expect(await shown("master-3")).toEqual(everywhere("UP"));
    const run = await k3sLb("drain 3 --yes");
    expect(run.code).toBe(4);
    expect(run.stdout).toMatch(/^! node04 .* guarded: would be left with no usable master/m);
    expect(run.stdout).toContain("To pass the guard, if it is meant: k3s-lb drain k8s-de1-master-3");
    expect(await shown("master-3")).toEqual({ ...everywhere("DRAIN"), node04: "UP" });
  });
});

describe("mistakes", () => {
  it.each([
    ["drain mastre-2 --yes", 'there is no master "mastre-2"; did you mean "k8s-de1-master-2"?'],
    ["drain 2 --node nod01 --yes", '--node: "nod01" fits none of the 4 nodes; did you mean "node01"?'],
    ["drain --yes", "missing required argument 'master'"],
    ["drain 2 --grace 60s --yes", "--grace is the time before --kill"],
    ["enable 2 --for 30m --yes", "--for says how long a master is to stay out of service; enable does not."],
    ["drain 2 --retry-failed --yes", "the ledger knows of no such operation on k8s-de1-master-2"],
  ])("%s: exit code 2, in words", async (words, text) => {
    const run = await k3sLb(words);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain(text);
  });

  it("refuses before anything is sent where the ledger cannot be written, unless told to", async () => {
    const state = join(fleet.env()["XDG_STATE_HOME"] ?? "", "k3s-lb");
    await mkdir(join(state, "k8s-de1", "ledger.jsonl"), { recursive: true });
    const run = await k3sLb("drain 2 --yes");
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toMatch(/ledger\.jsonl .*\n.*--no-ledger/);
    expect(await shown("master-2")).toEqual(everywhere("UP"));
    expect((await k3sLb("drain 2 --yes --no-ledger")).code).toBe(0);
  });
});
