import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { doctorChecks } from "../../src/domain/doctor-finding.ts";
import type { DoctorReport } from "../../src/output/doctor-json.ts";
import { doctorReportJsonSchema } from "../../src/output/doctor-report-schema.ts";
import { startBadServer } from "../support/bad-server.ts";
import { openBlackHole } from "../support/black-hole.ts";
import { type DemoProcess, startDemo } from "../support/demo-process.ts";
import { runProgram, startProgram, untilEnd } from "../support/program.ts";

let demo: DemoProcess;
beforeAll(async () => {
  demo = await startDemo(["--nodes", "5", "--no-incident"]);
});
afterAll(() => demo.stop());

const doctor = (...args: readonly string[]) => runProgram(["doctor", "--config", demo.configPath, ...args]);

/** The demo's file with one more node, of which this is the address and port. */
const withNode = (address: string, port: number) => (text: string) =>
  text.replace(/^backend:/m, `  - { name: gone, address: ${address}, stats: { port: ${port} } }\nbackend:`);

describe("doctor of the demo", () => {
  it("folds nodes alike, warns of the open /metrics, and exits 1", async () => {
    const run = await doctor();
    expect(run).toMatchObject({ code: 1, stderr: "" });
    expect(run.stdout).toMatch(/^WARNING {2}k8s-de1: 5 nodes: /);
    expect(run.stdout).toMatch(/^node\[01-05\] {2}warning {3}metrics: \/metrics answers without a password/m);
    expect(run.stdout).not.toMatch(/^node01 /m);
  });

  it("prints every check of one node with --all", async () => {
    const { stdout } = await doctor("--all", "--node", "node03");
    expect(stdout).toMatch(/^node03 {2}127\.\d+\.\d+\.\d+ {2}HAProxy 2\.6\.12/m);
    expect(doctorChecks.filter(({ name }) => !new RegExp(`^ +(\\w+) +${name} `, "m").test(stdout))).toEqual([]);
  });

  it("prints a DoctorReport that the published schema accepts", async () => {
    const run = await doctor("-o", "json", "--no-ssh");
    const report = JSON.parse(run.stdout) as DoctorReport;
    const validate = new Ajv2020({ strict: true, formats: { "date-time": true } }).compile(doctorReportJsonSchema());
    expect(validate(report) ? null : validate.errors).toBeNull();
    expect(report).toMatchObject({ kind: "DoctorReport", verdict: "warning", complete: true });
    expect(report.nodes.map(({ name }) => name)).toEqual(["node01", "node02", "node03", "node04", "node05"]);
  });

  it("exits 2 for a node that is away, and holds the others up no longer than its own time", async () => {
    const hole = await openBlackHole();
    const config = await demo.variant("hole.yaml", withNode(hole.address, hole.port));
    const run = await runProgram(["doctor", "--config", config, "-o", "json", "--timeout", "3s"]);
    await hole.close();
    expect(run.code).toBe(2);
    const { nodes } = JSON.parse(run.stdout) as DoctorReport;
    const gone = nodes.find(({ name }) => name === "gone");
    expect(gone?.checks.find(({ check }) => check === "connect")).toMatchObject({
      verdict: "critical",
      text: `port ${hole.port}: no connection in time`,
    });
    expect(nodes.filter(({ verdict }) => verdict === "warning")).toHaveLength(5);
  });

  it("tells a wrong password, and shows none", async () => {
    const config = await demo.variant("wrong.yaml", (text) =>
      text.replace(/password: .*/, "password: { env: WRONG_PASSWORD }"),
    );
    const run = await runProgram(["doctor", "--config", config], { env: { WRONG_PASSWORD: "not-the-one" } });
    expect(run.code).toBe(2);
    expect(run.stdout).toMatch(/critical {2}auth: the page refuses user \S+ or the password/);
    expect(run.stdout + run.stderr).not.toContain("not-the-one");
  });

  it("prints what it knows when it is interrupted, and exits 130", async () => {
    const silent = await startBadServer();
    const config = await demo.variant("slow.yaml", withNode("127.0.0.1", silent.port));
    const child = startProgram(["doctor", "--config", config, "--timeout", "60s", "-o", "json"]);
    const ended = untilEnd(child);
    await vi.waitFor(() => expect(silent.requests).not.toEqual([]), { timeout: 15_000 });
    child.kill("SIGINT");
    const run = await ended;
    await silent.close();
    expect(run.code).toBe(130);
    expect(JSON.parse(run.stdout)).toMatchObject({ complete: false });
    expect(run.stderr).toMatch(/^k3s-lb: interrupted; \d of 6 nodes are through\n$/);
  });

  it.each([
    [["--timeout", "5"], '--timeout: "5" should be a duration with its unit'],
    [["--parallel", "0"], '--parallel: "0" should be a whole number'],
    [["--node", "nope"], '"nope" fits none of the 5 nodes'],
    [["-o", "yaml"], "Allowed choices are table, json"],
  ])("exits 2 for %j, in words on stderr", async (args, words) => {
    const run = await doctor(...args);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain(words);
  });
});
