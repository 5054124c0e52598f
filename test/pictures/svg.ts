import type { TerminalCell } from "../support/terminal-cells.ts";

/** Units: pixels. A cell as wide as DejaVu Sans Mono and Menlo draw one at this size. */
const cell = { width: 8.43, height: 18, size: 14 };
const margin = 12;
const ground = "#16181d";
const ink = "#d7dae0";
/** The sixteen colours of a dark terminal, told apart on its ground. */
const palette = [
  "#3b4048",
  "#f2707a",
  "#8ccf7e",
  "#e5c07b",
  "#6cb0f5",
  "#c98ee6",
  "#5fc9d4",
  "#d7dae0",
  "#7d8491",
  "#ff8b94",
  "#a5e398",
  "#f5d690",
  "#8cc4ff",
  "#dba8f5",
  "#7fe0ea",
  "#ffffff",
] as const;

/** A screen as a picture that a browser draws: text stays text. The same cells give the same bytes. */
export function svgOf(rows: readonly (readonly TerminalCell[])[], title: string): string {
  const columns = Math.max(0, ...rows.map(({ length }) => length));
  const [width, height] = [columns * cell.width + 2 * margin, rows.length * cell.height + 2 * margin].map(pixels);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="100%" height="100%" rx="6" fill="${ground}"/>`,
    `<g font-family="ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace" font-size="${cell.size}" fill="${ink}" xml:space="preserve">`,
    ...rows.flatMap((cells, row) => runsOf(cells).flatMap((run) => drawRun(run, row))),
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}

/** Cells of one look beside each other. */
type Run = { readonly from: number; readonly columns: number; readonly text: string; readonly look: TerminalCell };

function runsOf(cells: readonly TerminalCell[]): readonly Run[] {
  const runs: Run[] = [];
  cells.forEach((next, column) => {
    if (next.width === 0) return;
    const last = runs.at(-1);
    if (last !== undefined && lookOf(last.look) === lookOf(next)) {
      runs[runs.length - 1] = { ...last, columns: column + next.width - last.from, text: last.text + next.text };
    } else runs.push({ from: column, columns: next.width, text: next.text, look: next });
  });
  return runs;
}

function lookOf({ front, back, isBold, isDim, isInverse, isUnderlined }: TerminalCell): string {
  return [front, back, isBold, isDim, isInverse, isUnderlined].join();
}

function drawRun({ columns, from, look, text }: Run, row: number): readonly string[] {
  const [front, back] = look.isInverse
    ? [colourOf(look.back, ground), colourOf(look.front, ink)]
    : [colourOf(look.front, ink), colourOf(look.back, ground)];
  const [x, y, width] = [margin + from * cell.width, margin + row * cell.height, columns * cell.width].map(pixels);
  const drawn: string[] = [];
  if (back !== ground) {
    drawn.push(`<rect x="${x}" y="${y}" width="${width}" height="${cell.height}" fill="${back}"/>`);
  }
  if (text.trim() !== "") {
    const baseline = pixels(margin + row * cell.height + cell.height * 0.75);
    const looks = [
      front === ink ? "" : ` fill="${front}"`,
      look.isBold ? ' font-weight="bold"' : "",
      look.isDim ? ' opacity="0.6"' : "",
      look.isUnderlined ? ' text-decoration="underline"' : "",
    ].join("");
    // Whatever face there is, a run is as wide as its cells.
    drawn.push(`<text x="${x}" y="${baseline}" textLength="${width}"${looks}>${escaped(text)}</text>`);
  }
  return drawn;
}

function colourOf(colour: string, own: string): string {
  if (colour === "") return own;
  return colour.startsWith("#") ? colour : (palette[Number(colour)] ?? own);
}

function pixels(value: number): number {
  return Math.round(value * 100) / 100;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
