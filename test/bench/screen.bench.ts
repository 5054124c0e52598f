// The screen's own work, and what it puts on the line beside htop and hatop at their own refresh.
import { existsSync } from "node:fs";
import { installedHaproxy } from "../support/real-haproxy.ts";
import type { TerminalCell } from "../support/terminal-cells.ts";
import { type BenchLine, median, printBench } from "./bench-table.ts";
import { program, serveDemoFleet, serveStaticFleet } from "./demo-config.ts";
import { frameTimes } from "./frame-times.ts";
import { serveHaproxy } from "./hatop-haproxy.ts";
import { type PtyProgram, startInPty } from "./pty-start.ts";

const nodes = Number(process.env["NODES"] ?? 2000);
const seconds = Number(process.env["IDLE"] ?? 15);
const presses = Number(process.env["PRESSES"] ?? 60);
const large = { columns: 200, rows: 50 };
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

type Cells = readonly (readonly TerminalCell[])[];

/** A program in a terminal, with the keys that move its cursor down and up. */
type Rival = {
  readonly name: string;
  readonly command: readonly string[];
  readonly mark: string;
  readonly down: string;
  readonly up: string;
};

type Line = {
  readonly fresh: string;
  readonly bytesPerSecond: number;
  readonly bytesPerCell: number;
  readonly keyMs: readonly number[];
};

const looks = (cells: Cells) =>
  cells.map((row) =>
    row.map((cell) => `${cell.text}${cell.front}/${cell.back}${cell.isBold}${cell.isDim}${cell.isInverse}`),
  );

function changedCells(before: readonly (readonly string[])[], after: readonly (readonly string[])[]): number {
  return after.reduce((sum, row, at) => sum + row.filter((look, column) => look !== before[at]?.[column]).length, 0);
}

/** Left alone, it draws what its world changes; then its cursor is moved, between its refreshes. */
async function watch({ command, down, mark, up }: Rival, columns: number, rows: number): Promise<Line> {
  const run = startInPty(command, columns, rows);
  try {
    await run.shows((screen) => screen.some((line) => line.includes(mark)));
    await pause(4000);
    const left = await leftAlone(run);
    const keyMs: number[] = [];
    for (let press = 0; press < presses; press += 1) {
      await pause(110 + (press % 7) * 5);
      // The first piece after the key: of a refresh it would be one time in fifty.
      const moved = run.shows(() => true);
      const startMs = performance.now();
      run.pty.write(press % 8 < 4 ? down : up);
      keyMs.push((await moved) - startMs);
    }
    const fresh = /\d+\/\d+ fresh/.exec(run.screen().at(-1) ?? "")?.[0] ?? "";
    return { ...left, fresh, keyMs };
  } finally {
    await run.end("SIGKILL");
  }
}

async function leftAlone(run: PtyProgram): Promise<Omit<Line, "keyMs" | "fresh">> {
  let cells = looks(run.cells());
  let changed = 0;
  const end = run.watch(() => {
    const next = looks(run.cells());
    changed += changedCells(cells, next);
    cells = next;
  });
  const [bytes, startMs] = [run.bytes(), performance.now()];
  await pause(seconds * 1000);
  end();
  const sent = run.bytes() - bytes;
  return { bytesPerSecond: (sent * 1000) / (performance.now() - startMs), bytesPerCell: sent / Math.max(1, changed) };
}

async function beside(
  fleet: { readonly config: string },
  columns: number,
  rows: number,
): Promise<readonly BenchLine[]> {
  const haproxy =
    existsSync("/usr/bin/hatop") && installedHaproxy !== undefined
      ? await serveHaproxy(installedHaproxy.path, 12)
      : undefined;
  // As terminals send them to programs that have asked for the keypad's own codes, and both have.
  const arrows = { down: "\u001bOB", up: "\u001bOA" };
  const rivals: readonly (Rival | string)[] = [
    {
      name: "k3s-lb top",
      command: [process.execPath, program, "--config", fleet.config, "top", "--interval", "2s", "--timeout", "1900ms"],
      mark: "fresh, age",
      down: "j",
      up: "k",
    },
    existsSync("/usr/bin/htop")
      ? { name: "htop -d 10", command: ["/usr/bin/htop", "-d", "10"], mark: "Load", ...arrows }
      : "htop: not installed, left out",
    haproxy === undefined
      ? "hatop: it or haproxy is not installed, left out"
      : {
          name: "hatop -i 1",
          command: ["/usr/bin/hatop", "-s", haproxy.socket, "-i", "1"],
          mark: "kube-api-0",
          ...arrows,
        },
  ];
  const lines: BenchLine[] = [];
  try {
    for (const rival of rivals) {
      if (typeof rival === "string") {
        lines.push({ what: `${columns}x${rows} ${rival}`, value: "-" });
        continue;
      }
      const { bytesPerCell, bytesPerSecond, fresh, keyMs } = await watch(rival, columns, rows);
      const at = `${columns}x${rows} ${rival.name}`;
      const [p50, p95] = [
        median(keyMs),
        [...keyMs].sort((a, b) => a - b)[Math.floor(keyMs.length * 0.95)] ?? Number.NaN,
      ];
      const isOurs = rival.name.startsWith("k3s-lb");
      const most = rows === large.rows ? 600 : 80;
      lines.push(
        {
          what: `${at}: left alone, bytes a second`,
          value: bytesPerSecond.toFixed(0),
          ratio: fresh,
          ...(isOurs ? { target: `<= ${most}`, met: bytesPerSecond <= most } : {}),
        },
        { what: `${at}: bytes per changed cell`, value: bytesPerCell.toFixed(1) },
        { what: `${at}: from a key to what it draws, p50 / p95`, value: `${p50.toFixed(1)} / ${p95.toFixed(1)} ms` },
      );
    }
  } finally {
    haproxy?.stop();
  }
  return lines;
}

const frames = await frameTimes(nodes, large, 200);
printBench(
  `A frame at 200x50, ${nodes} nodes: judged and drawn; with React, Ink and the painter; bytes`,
  frames.map(({ bytes, drawMs, paintedMs, what }) => ({
    what,
    value: `${drawMs.toFixed(1)} / ${paintedMs.toFixed(1)} ms`,
    ratio: `${bytes} B`,
    target: "<= 10 ms",
    met: paintedMs <= 10,
  })),
);
const [few, many] = [await serveDemoFleet(12), await serveStaticFleet(nodes)];
try {
  const lines = [...(await beside(few, 80, 24)), ...(await beside(many, large.columns, large.rows))];
  printBench(
    `On the line, htop and hatop at a refresh a second, k3s-lb at 12 nodes (real mix), then ${nodes} (idle), every 2 s`,
    lines,
  );
} finally {
  few.stop();
  many.stop();
}
process.exit(0);
