import { createServer, type Server } from "node:net";
import { spawn } from "@lydell/node-pty";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DemoProcess, startDemo } from "../support/demo-process.ts";
import { programPath } from "../support/program.ts";

let demo: DemoProcess;
let hanging: Server;
beforeAll(async () => {
  demo = await startDemo(["--nodes", "5", "--no-incident"]);
  hanging = createServer(() => {}).listen(0, "127.0.0.1");
  await new Promise((resolve) => hanging.once("listening", resolve));
});
afterAll(async () => {
  hanging.close();
  await demo.stop();
});

/** Runs `status` in a terminal of this width and gives what it wrote there. */
async function runInTerminal(config: string, columns: number, env: Record<string, string>, ...args: string[]) {
  const words = [programPath, "status", "--config", config, ...args];
  const terminal = spawn(process.execPath, words, {
    cols: columns,
    rows: 24,
    env: { PATH: process.env["PATH"] ?? "", HOME: "/nonexistent", TERM: "xterm-256color", LANG: "C.UTF-8", ...env },
  });
  let text = "";
  terminal.onData((chunk) => {
    text += chunk;
  });
  const code = await new Promise<number>((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode)));
  return { code, text: text.replaceAll("\r\n", "\n") };
}

/** A node that takes connections and never answers. */
async function withHangingNode(): Promise<string> {
  const address = hanging.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const node = `  - { name: a-node-that-never-answers, address: 127.0.0.1, stats: { port: ${port} } }`;
  return demo.variant("hanging.yaml", (text) => text.replace(/^backend:/m, `${node}\nbackend:`));
}

describe("status in a terminal", () => {
  it("keeps to its width, in colour, and says on a line that vanishes whom it waits for", async () => {
    const config = await withHangingNode();
    const { code, text } = await runInTerminal(config, 72, {}, "--timeout", "1700ms");
    expect(code).toBe(1);
    expect(text).toContain("\r\u001b[Kwaiting for 1 of 6 nodes (a-node-that-never-answers), 1s ");
    const [, answer = ""] = text.split("\r\u001b[K\u001b[33m");
    expect(answer).toMatch(/^WARNING\u001b\[0m {2}k8s-de1: /);
    const lines = answer.replace(/\u001b\[[\d;]*m/g, "").split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(72);
    expect(answer).toContain("a-node-that-never-answers");
  });

  it("writes no escape at all to a dumb terminal or under NO_COLOR", async () => {
    const config = await withHangingNode();
    const [dumb, plain] = await Promise.all([
      runInTerminal(config, 80, { TERM: "dumb" }, "--timeout", "1200ms"),
      runInTerminal(demo.configPath, 80, { NO_COLOR: "1" }),
    ]);
    expect([dumb.code, plain.code]).toEqual([1, 0]);
    expect(dumb.text + plain.text).not.toContain("\u001b");
  });
});
