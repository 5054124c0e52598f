import type { ManualBlock, ManualPage } from "./manual-page.ts";
import { textWidth } from "./width.ts";

const indent = 7;

/** A page as plain text, laid out as man does, for where there is no man. Units: `columns` of the terminal. */
export function formatManualText({ name, does, sections }: ManualPage, columns: number): string {
  const width = Math.max(40, Math.min(columns, 100));
  const body = sections.flatMap(({ heading, blocks }) => [
    "",
    heading,
    ...blocks.flatMap((block, index) => linesOf(block, index === 0, width)),
  ]);
  return [`NAME`, ...wrap(`${name} - ${does}`, indent, width), ...body, ""].join("\n");
}

function linesOf(block: ManualBlock, isFirst: boolean, width: number): readonly string[] {
  const gap = isFirst ? [] : [""];
  switch (block.kind) {
    case "heading":
      return [...gap, `   ${block.text}`];
    case "usage":
    case "text":
      return [...gap, ...wrap(block.text, indent, width)];
    case "item":
      return [...gap, ...wrap(block.term, indent, width), ...below(block.text, width)];
    case "example":
      return [...gap, " ".repeat(indent) + block.command, ...below(block.text, width)];
    case "lines":
      return [...gap, ...block.lines.map((line) => (line === "" ? "" : " ".repeat(indent) + line))];
  }
}

function below(text: string, width: number): readonly string[] {
  return text === "" ? [] : wrap(text, 2 * indent, width);
}

/** Breaks a text at its blanks; a longer word has a line of its own. */
function wrap(text: string, margin: number, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.trim().split(/\s+/)) {
    if (line !== "" && margin + textWidth(line) + 1 + textWidth(word) > width) {
      lines.push(line);
      line = "";
    }
    line += line === "" ? word : ` ${word}`;
  }
  return [...lines, line].map((each) => " ".repeat(margin) + each);
}
