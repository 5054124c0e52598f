const bars = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
const asciiBars = ["_", ".", "-", "=", "*", "#"];

/**
 * Values as a row of bars, the newest at the right; a blank where nothing is known, so that a gap is seen as one.
 * Shape: one column a value, at most `columns` of the newest. The scale begins at 0, as a bar's height is its value, and
 * ends at the largest value shown; a row of zeros lies at the bottom.
 */
export function sparkline(values: readonly (number | undefined)[], columns: number, utf8: boolean): string {
  const shown = values.slice(-Math.max(0, columns));
  const steps = utf8 ? bars : asciiBars;
  const most = shown.reduce<number>((max, value) => Math.max(max, value ?? 0), 0);
  return shown
    .map((value) => {
      if (value === undefined) return " ";
      const step = most === 0 ? 0 : Math.round((value / most) * (steps.length - 1));
      return steps[Math.max(0, Math.min(steps.length - 1, step))];
    })
    .join("");
}
