/**
 * Makes the pictures of the README from a real run: `node test/pictures/make.ts`, after a build. The built program runs
 * in a terminal of 80×24 on an embedded fleet; this file has the incident happen and presses the keys. Each picture is
 * written twice, as text and as SVG.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawn } from "@lydell/node-pty";

import { demoFleetFile } from "../../src/demo/demo-fleet-file.ts";
import { openDemo } from "../../src/demo/open-demo.ts";
import { openEmulator } from "../support/emulator.ts";
import { cellsOf } from "../support/terminal-cells.ts";
import { svgOf } from "./svg.ts";

const [columns, rows] = [80, 24];
const program = join(import.meta.dirname, "..", "..", "dist", "k3s-lb.js");
const folder = mkdtempSync(join(tmpdir(), "k3s-lb-pictures-"));
const options = { nodes: 12, masters: 3, version: "2.6.12", seed: 1, speed: 1, hasIncident: false } as const;
const demo = await openDemo({ ...options, isConsoleLocal: true }, () => undefined);
const [config, password] = [join(folder, "fleet.yaml"), join(folder, "password")];
writeFileSync(password, demo.password, { mode: 0o600 });
writeFileSync(config, demoFleetFile(demo.fleet, demo.endpoints, password));

const terminal = openEmulator(columns, rows);
const pty = spawn(process.execPath, [program, "--config", config, "top"], {
  cols: columns,
  rows,
  name: "xterm-256color",
  // Whoever takes the pictures is no part of them.
  env: { PATH: process.env["PATH"], HOME: folder, LANG: "C.UTF-8", TERM: "xterm-256color", SUDO_USER: "ops" },
});
pty.onData((bytes) => terminal.write(bytes));
const ended = new Promise<void>((resolve) => pty.onExit(() => resolve()));

const screen = (): string =>
  cellsOf(terminal)
    .map((cells) => cells.reduce((line, { text, width }) => (width === 0 ? line : line + text), "").trimEnd())
    .join("\n");

/** Waits until the screen shows it, and then for a screen that stands still. */
async function sees(wanted: RegExp): Promise<void> {
  const giveUpMs = performance.now() + 60_000;
  let before = "";
  while (!wanted.test(screen()) || screen() !== before) {
    if (performance.now() > giveUpMs) throw new Error(`never seen: ${wanted}\n${screen()}`);
    before = screen();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function take(name: string, title: string): void {
  const to = (end: string) => join(import.meta.dirname, `${name}.${end}`);
  writeFileSync(to("txt"), `${screen()}\n`);
  writeFileSync(to("svg"), svgOf(cellsOf(terminal), title));
  process.stdout.write(`${name}\n${screen()}\n\n`);
}

const siteB = demo.fleet.nodes.filter(({ site }) => site === "b");
try {
  await sees(/all 3 masters up on all 12 nodes/);
  demo.fleet.cutPath(siteB, "k8s-de1-master-1");
  await sees(/site=b: no answer[\s\S]*sessions are still attached/);
  await sees(/ for [12]\ds/);
  take("fault", "k3s-lb top: a site has lost its path to a master");

  pty.write("mmm");
  await sees(/time since the last change/);
  take("matrix", "k3s-lb top: the matrix of nodes by masters, with the time since the last change");
  pty.write("mm");
  demo.fleet.healPath(siteB, "k8s-de1-master-1");
  await sees(/all 3 masters up on all 12 nodes/);

  pty.write(":arm\r");
  await sees(/ARMED/);
  pty.write("\u001b[Zj");
  await sees(/^> 2 /m);
  pty.write("a");
  await sees(/Enter chooses/);
  pty.write("\r");
  await sees(/DRAIN k8s-de1-master-2 on 12 nodes/);
  pty.write("\tnew kernel\r");
  await sees(/> answer:/);
  pty.write("y");
  await sees(/> answer: y/);
  take("drain", "k3s-lb top: the plan of a drain, to be confirmed");

  pty.write("\r");
  await sees(/outcome, after/);
  take("outcome", "k3s-lb top: what came of the drain, node by node");
  pty.write("\rq");
  await ended;
} finally {
  pty.kill("SIGKILL");
  terminal.dispose();
  await demo.close();
  rmSync(folder, { recursive: true, force: true });
}
