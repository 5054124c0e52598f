// From exec to the first painted byte, in a real terminal, everything one after the other in each round.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BenchLine, median, printBench } from "./bench-table.ts";
import { program, serveDemoFleet } from "./demo-config.ts";
import { startInPty } from "./pty-start.ts";

const rounds = Number(process.env["ROUNDS"] ?? 21);
const node = process.execPath;
// Other builds on this machine drop each other's code caches where they share a folder.
const cache = mkdtempSync(join(tmpdir(), "k3s-lb-cache-"));
process.env["XDG_CACHE_HOME"] = cache;
const fleet = await serveDemoFleet(12);
const times = new Map<string, number[]>();
const note = (what: string, ms: number) => times.set(what, [...(times.get(what) ?? []), ms]);

async function wholeRun(what: string, command: readonly string[]): Promise<void> {
  const run = startInPty(command);
  await new Promise<void>((resolve) => run.pty.onExit(() => resolve()));
  note(what, performance.now() - run.startedMs);
}

async function firstPaint(what: string, command: readonly string[], mark: string): Promise<void> {
  if (!existsSync(command[0] ?? "")) return;
  const run = startInPty(command);
  note(what, (await run.saw(mark)) - run.startedMs);
  await run.end("SIGKILL");
}

async function top(): Promise<void> {
  const run = startInPty([node, program, "--config", fleet.config, "top"]);
  const data = run.shows((screen) => / fresh, age/.test(screen.at(-1) ?? ""));
  note("top: skeleton", (await run.saw("polling")) - run.startedMs);
  note("top: first Ink frame", (await run.saw("\u001b[?2026h")) - run.startedMs);
  note("top: first data", (await data) - run.startedMs);
  const leaveMs = performance.now();
  const gone = new Promise<void>((resolve) => run.pty.onExit(() => resolve()));
  run.pty.write("q");
  await gone;
  note("top: q to gone", performance.now() - leaveMs);
}

try {
  // The first runs fill V8's code cache, as a user's first runs do.
  await top();
  await wholeRun("-", [node, program, "--version"]);
  times.clear();
  for (let round = 0; round < rounds; round += 1) {
    await wholeRun("node -e 0", [node, "-e", "0"]);
    await wholeRun("--version", [node, program, "--version"]);
    await wholeRun("--help", [node, program, "--help"]);
    await top();
    await firstPaint("htop: first paint", ["/usr/bin/htop"], "Load");
  }
} finally {
  fleet.stop();
  rmSync(cache, { recursive: true, force: true });
}

const base = median(times.get("node -e 0") ?? []);
const targets: Readonly<Record<string, number>> = {
  "--version": 1.8,
  "--help": 1.8,
  "top: skeleton": 1.6,
  "top: first Ink frame": 3.2,
};
const lines = [...times].map(([what, all]): BenchLine => {
  const ms = median(all);
  const ratio = ms / base;
  const most = targets[what];
  const line = { what, value: `${ms.toFixed(1)} ms`, ratio: `${ratio.toFixed(2)} x` };
  return most === undefined ? line : { ...line, target: `<= ${most} x`, met: ratio <= most };
});
printBench(`Start-up: medians of ${rounds} rounds, ratios to node -e 0`, lines);
