import { spawnSync } from "node:child_process";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { fleetStatusJsonSchema } from "../../src/output/fleet-status-schema.ts";
import { type DemoProcess, startDemo } from "../support/demo-process.ts";
import { runProgram, startProgram, untilEnd } from "../support/program.ts";

let demo: DemoProcess;
beforeAll(async () => {
  demo = await startDemo(["--nodes", "5", "--no-incident"]);
});
afterAll(() => demo.stop());

const MASTERS = ["k8s-de1-master-1", "k8s-de1-master-2", "k8s-de1-master-3"];
const status = (...args: readonly string[]) => runProgram(["status", "--config", demo.configPath, ...args]);

/** The demo's file with one more node, on a port where nothing listens. */
const withDeadNode = (text: string) =>
  text.replace(/^backend:/m, "  - { name: gone, address: 127.0.0.1, stats: { port: 1 } }\nbackend:");

describe("status of a healthy fleet", () => {
  it("says that all is well, exits 0 and keeps stderr empty", async () => {
    const run = await status();
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toMatch(/^OK {2}k8s-de1: all 3 masters up on all 5 nodes\n/);
    expect(run.stdout).toContain("all 5 nodes answer and agree: node[01-05]\n");
    expect(run.stdout).not.toContain("\u001b");
  });

  it("prints every server line with -o wide", async () => {
    const { stdout, code } = await status("-o", "wide");
    expect(code).toBe(0);
    expect(stdout.match(/^node0\d {2}k8s-de1-kube-api {2}k8s-de1-master-\d {2}UP /gm)).toHaveLength(15);
  });

  it("prints a FleetStatus that the published schema accepts as json, jsonl and yaml", async () => {
    const [json, jsonl, yaml] = await Promise.all([status("-o", "json"), status("-o", "jsonl"), status("-o", "yaml")]);
    const ajv = new Ajv2020({ strict: true, formats: { "date-time": true } });
    const validate = ajv.compile(fleetStatusJsonSchema());
    for (const value of [JSON.parse(json.stdout), JSON.parse(jsonl.stdout), parse(yaml.stdout)]) {
      expect(validate(value) ? null : validate.errors).toBeNull();
      expect(value).toMatchObject({ kind: "FleetStatus", cluster: "k8s-de1", severity: "OK", problems: [] });
      expect(value.nodes).toHaveLength(5);
      expect(value.nodes[0]).toMatchObject({ name: "node01", state: "fresh", usableMasters: 3, failure: null });
      expect(value.nodes[0].servers[0]).toMatchObject({ status: "UP", check_status: "L7OK", check_code: 401 });
    }
    expect(jsonl.stdout.split("\n")).toHaveLength(2);
  });

  it("prints names, a plugin's line and metrics", async () => {
    const [name, nagios, prometheus] = await Promise.all([
      status("-o", "name"),
      status("-o", "nagios", "-w", "3:", "-c", "1:"),
      status("-o", "prometheus"),
    ]);
    expect(name.stdout).toBe(MASTERS.map((master) => `${master}\n`).join(""));
    expect(nagios.stdout).toMatch(
      /^K3S-LB OK - all 3 masters up on all 5 nodes \| usable_masters=3;3:;1:;0;3 [^\n]*\n$/,
    );
    expect(prometheus.stdout).toContain('k3s_lb_severity{cluster="k8s-de1"} 0\n');
    const promtool = spawnSync("promtool", ["check", "metrics"], { input: prometheus.stdout, encoding: "utf8" });
    if (promtool.error === undefined) expect(promtool.stderr + promtool.stdout).toBe("");
  });

  it("asks only the nodes and judges only the masters that are named", async () => {
    const { stdout, code } = await status("2", "--node", "node[01:02]", "-o", "json");
    const value = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(value.masters.map((master: { name: string }) => master.name)).toEqual(["k8s-de1-master-2"]);
    expect(value.nodes.map((node: { name: string }) => node.name)).toEqual(["node01", "node02"]);
  });

  it("colours a pipe only when told to", async () => {
    const colours = async (env: Record<string, string>, ...args: string[]) => {
      const run = await runProgram(["status", "--config", demo.configPath, ...args], { env });
      return run.stdout.includes("\u001b[32mOK\u001b[0m");
    };
    expect(await colours({ FORCE_COLOR: "1" })).toBe(true);
    expect(await colours({ FORCE_COLOR: "1", NO_COLOR: "1" })).toBe(false);
    expect(await colours({ FORCE_COLOR: "1" }, "--no-color")).toBe(false);
  });

  it("draws nothing but ASCII where the locale is not UTF-8", async () => {
    const config = await demo.variant("ascii.yaml", withDeadNode);
    const run = await runProgram(["status", "--config", config], { env: { LC_ALL: "C" } });
    expect(run.stdout).toMatch(/^[\x20-\x7e\n]+$/);
    expect(run.stdout).toContain("  -> ");
  });
});

describe("status of a fleet in trouble", () => {
  it("exits 1 for a node that does not answer, and names it", async () => {
    const config = await demo.variant("dead.yaml", withDeadNode);
    const run = await runProgram(["status", "--config", config, "-o", "json"]);
    const value = JSON.parse(run.stdout);
    expect(run).toMatchObject({ code: 1, stderr: "" });
    expect(value.problems).toEqual([expect.objectContaining({ kind: "node-failure", nodes: ["gone"] })]);
    expect(value.nodes[5]).toMatchObject({ state: "unreachable", usableMasters: null, ageMs: null, servers: [] });
  });

  it("exits 0 for the same when a threshold allows it", async () => {
    const config = await demo.variant("allowed.yaml", withDeadNode);
    const run = (...args: string[]) => runProgram(["status", "--config", config, "-o", "nagios", ...args]);
    expect(await run("-w", "nodes_failed=1")).toMatchObject({ code: 0 });
    expect(await run("-c", "nodes_failed=0")).toMatchObject({ code: 2 });
  });

  it("exits 2 when no node has a usable master", async () => {
    const run = await status("--backend", "elsewhere");
    expect(run.code).toBe(2);
    expect(run.stdout).toMatch(/^CRITICAL {2}/);
  });

  it("exits 3 and says what to do when the password is wrong everywhere", async () => {
    const config = await demo.variant("password.yaml", (text) =>
      text.replace(/password: .*/, "password: { env: WRONG_PASSWORD }"),
    );
    const run = await runProgram(["status", "--config", config], { env: { WRONG_PASSWORD: "not-the-password" } });
    expect(run.code).toBe(3);
    expect(run.stdout).toMatch(/^UNKNOWN {2}/);
    expect(run.stdout).toContain("refused the password");
    expect(run.stdout + run.stderr).not.toContain("not-the-password");
  });
});

describe("status that cannot ask", () => {
  it.each([
    [["mastr-2"], 'there is no master "mastr-2"; did you mean "k8s-de1-master-2"?'],
    [["--node", "nobody"], '--node: "nobody" fits none of the 5 nodes'],
    [["-o", "jsn"], '--output: there is no format "jsn"; did you mean "json"?'],
    [["--wach"], "unknown option '--wach'"],
    [["-w", "2:"], "-w and -c are thresholds of a monitoring plugin."],
    [["--timeout", "3"], '--timeout: "3" should be a duration with its unit: 3s or 3ms.'],
  ])("exits 3 for %j, in words on stderr", async (args, words) => {
    const run = await status(...args);
    expect(run).toMatchObject({ code: 3, stdout: "" });
    expect(run.stderr).toContain(words);
  });

  it("tells every password that is missing at once", async () => {
    const config = await demo.variant("secrets.yaml", (text) =>
      text
        .replace(/password: .*/, "password: { env: NOT_SET }")
        .replace("labels: { site: a }", "labels: { site: a }, stats: { password: { env: NOR_THIS } }"),
    );
    const run = await runProgram(["status", "--config", config]);
    expect(run).toMatchObject({ code: 3, stdout: "" });
    expect(run.stderr).toContain("NOT_SET is not set");
    expect(run.stderr).toContain("NOR_THIS is not set");
  });

  it("exits 3 without a fleet file, with a mistake in it, and without the password that it names", async () => {
    const broken = await demo.variant("broken.yaml", (text) => text.replace("backend:", "backnd:"));
    const secret = await demo.variant("secret.yaml", (text) =>
      text.replace(/password: .*/, "password: { env: NOT_SET }"),
    );
    const runs = await Promise.all([
      runProgram(["status", "--config", "/nonexistent/fleet.yaml"]),
      runProgram(["status", "--config", broken]),
      runProgram(["status", "--config", secret]),
    ]);
    expect(runs.map(({ code, stdout }) => ({ code, stdout }))).toEqual(Array(3).fill({ code: 3, stdout: "" }));
    expect(runs[1]?.stderr).toContain("backnd");
    expect(runs[2]?.stderr).toContain("NOT_SET");
  });
});

describe("status -o nagios that cannot ask", () => {
  it("says so on stdout too, where monitoring looks for it", async () => {
    const run = await status("-o", "nagios", "mastr-2");
    expect(run.code).toBe(3);
    expect(run.stdout).toMatch(/^K3S-LB UNKNOWN - there is no master "mastr-2"; [^|\n]*\n$/);
    expect(run.stderr).toContain('there is no master "mastr-2"');
  });
});

describe("status --watch", () => {
  /** Starts a watch and resolves at its second line. */
  async function watchTwoLines(...args: readonly string[]) {
    const child = startProgram(["status", "--config", demo.configPath, "--watch", "200ms", ...args]);
    let text = "";
    await new Promise<void>((resolve, reject) => {
      child.on("error", reject);
      child.stdout?.on("data", (chunk) => {
        text += String(chunk);
        if (text.split("\n").length > 2) resolve();
      });
    });
    return { child, lines: text.split("\n").slice(0, 2) };
  }

  it("prints one complete FleetStatus per line until Ctrl-C", async () => {
    const { child, lines } = await watchTwoLines("-o", "jsonl");
    const ended = untilEnd(child);
    child.kill("SIGINT");
    expect(await ended).toMatchObject({ signal: "SIGINT", stderr: "" });
    const [first, second] = lines.map((line) => JSON.parse(line));
    expect([first.kind, second.kind]).toEqual(["FleetStatus", "FleetStatus"]);
    expect(Date.parse(second.at)).toBeGreaterThan(Date.parse(first.at));
  });

  it("ends quietly with the last severity when nobody reads any more", async () => {
    const { child } = await watchTwoLines("-o", "nagios");
    const ended = untilEnd(child);
    child.stdout?.destroy();
    expect(await ended).toMatchObject({ code: 0, signal: null, stderr: "" });
  });
});
