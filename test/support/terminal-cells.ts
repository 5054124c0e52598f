import type { IBufferCell, Terminal } from "@xterm/headless";

/** One cell as a terminal shows it. Shape: colours are numbers of the palette, "#rrggbb", or "" for the terminal's own. */
export type TerminalCell = {
  readonly text: string;
  /** Columns; 0 for the second half of a wide character. */
  readonly width: number;
  readonly front: string;
  readonly back: string;
  readonly isBold: boolean;
  readonly isDim: boolean;
  readonly isInverse: boolean;
  readonly isUnderlined: boolean;
};

/** What stands on the screen of an emulator, row by row. */
export function cellsOf(terminal: Terminal): readonly (readonly TerminalCell[])[] {
  const { active } = terminal.buffer;
  return Array.from({ length: terminal.rows }, (_, row) => {
    const line = active.getLine(active.baseY + row);
    return Array.from({ length: terminal.cols }, (_, column) => cellOf(line?.getCell(column)));
  });
}

/** A row as words for a comparison: every cell with its look, blanks that nobody can tell apart as blanks. */
export function rowWords(cells: readonly TerminalCell[]): string {
  return cells
    .map(({ text, front, back, isBold, isDim, isInverse, isUnderlined }) => {
      if (text.trim() === "" && !isInverse && !isUnderlined && back === "") return " ";
      return `${text}${front}/${back}${isUnderlined ? "u" : ""}${isBold ? "b" : ""}${isDim ? "d" : ""}${isInverse ? "i" : ""} `;
    })
    .join("")
    .trimEnd();
}

/** Writes to an emulator and waits until it has read it. */
export function feed(terminal: Terminal, bytes: string): Promise<void> {
  return new Promise((done) => terminal.write(bytes, done));
}

function cellOf(cell: IBufferCell | undefined): TerminalCell {
  return {
    text: cell?.getChars() || " ",
    width: cell?.getWidth() ?? 1,
    front: cell === undefined || cell.isFgDefault() ? "" : colour(cell.getFgColor(), cell.isFgRGB()),
    back: cell === undefined || cell.isBgDefault() ? "" : colour(cell.getBgColor(), cell.isBgRGB()),
    isBold: Boolean(cell?.isBold()),
    isDim: Boolean(cell?.isDim()),
    isInverse: Boolean(cell?.isInverse()),
    isUnderlined: Boolean(cell?.isUnderline()),
  };
}

function colour(value: number, isRgb: boolean): string {
  return isRgb ? `#${value.toString(16).padStart(6, "0")}` : String(value);
}
