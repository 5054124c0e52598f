// Key to paint on a large fleet that is polled meanwhile; bytes, processor and memory of a screen left alone.
import { type BenchLine, median, printBench } from "./bench-table.ts";
import { program, serveDemoFleet } from "./demo-config.ts";
import { processorMs, residentMb, startInPty } from "./pty-start.ts";

const nodes = Number(process.env["NODES"] ?? 1000);
const presses = Number(process.env["PRESSES"] ?? 200);
const idleSeconds = Number(process.env["IDLE"] ?? 20);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const percentile = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;

/** Which row has the cursor: no other line begins with its mark. */
const selected = (screen: readonly string[]) => screen.findIndex((line) => line.startsWith("> node"));

async function measure(count: number, columns: number, rows: number): Promise<readonly BenchLine[]> {
  const fleet = await serveDemoFleet(count);
  try {
    const run = startInPty([process.execPath, program, "--config", fleet.config, "top"], columns, rows);
    await run.shows((screen) => screen.some((line) => line.includes(`up on all ${count} nodes`)));
    const took: number[] = [];
    for (let press = 0; press < presses; press += 1) {
      await pause(25 + (press % 7) * 5);
      const before = selected(run.screen());
      const painted = run.shows((screen) => selected(screen) !== before);
      const startMs = performance.now();
      run.pty.write(press % 16 < 8 ? "j" : "k");
      took.push((await painted) - startMs);
    }
    await pause(1500);
    const before = { bytes: run.bytes(), cpu: processorMs(run.pty.pid), atMs: performance.now() };
    await pause(idleSeconds * 1000);
    const seconds = (performance.now() - before.atMs) / 1000;
    const bytes = (run.bytes() - before.bytes) / seconds;
    const cpu = (processorMs(run.pty.pid) - before.cpu) / seconds / 10;
    const memory = residentMb(run.pty.pid);
    await run.end();
    const [p50, p95] = [median(took), percentile(took, 0.95)];
    const at = `${count} nodes, ${columns}x${rows}`;
    return [
      { what: `${at}: key to paint p50`, value: `${p50.toFixed(1)} ms`, target: "<= 15 ms", met: p50 <= 15 },
      { what: `${at}: key to paint p95`, value: `${p95.toFixed(1)} ms`, target: "<= 30 ms", met: p95 <= 30 },
      { what: `${at}: left alone, bytes a second`, value: bytes.toFixed(0) },
      { what: `${at}: left alone, processor`, value: `${cpu.toFixed(1)} %` },
      { what: `${at}: memory`, value: `${memory.toFixed(0)} MB` },
    ];
  } finally {
    fleet.stop();
  }
}

const lines = [...(await measure(12, 80, 24)), ...(await measure(nodes, 200, 50))];
printBench("The screen while every node is polled once a second", lines);
