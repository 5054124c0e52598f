/**
 * One line of a bench: what was measured, how much, and against what. `target` is in words ("≤ 1/5 of split"); `met` says
 * whether it holds in this run, `undefined` where there is no target.
 */
export type BenchLine = {
  readonly what: string;
  readonly value: string;
  readonly ratio?: string;
  readonly target?: string;
  readonly met?: boolean;
};

/** Prints lines as a table on stdout. A figure is worth something only beside the others of the same run. */
export function printBench(title: string, lines: readonly BenchLine[]): void {
  const cells = lines.map((line) => [
    line.what,
    line.value,
    line.ratio ?? "",
    line.target === undefined ? "" : `${line.target}${line.met === undefined ? "" : line.met ? "  met" : "  MISSED"}`,
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  process.stdout.write(`\n${title}\n`);
  for (const [what = "", value = "", ratio = "", target = ""] of cells) {
    const [first = 0, second = 0, third = 0] = widths;
    process.stdout.write(
      `  ${what.padEnd(first)}  ${value.padStart(second)}  ${ratio.padStart(third)}  ${target}`.trimEnd().concat("\n"),
    );
  }
}

/** The middle one. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** CPU that a piece of work cost, user and system. Units: milliseconds. */
export function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
