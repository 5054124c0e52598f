import { type ManualBlock, type ManualPage, piecesOf } from "./manual-page.ts";

/**
 * A page as roff with the macros of man(7), which groff and mandoc read. Nothing but ASCII is in it, and no date: the
 * same program prints the same page.
 */
export function formatRoff({ name, does, version, sections }: ManualPage): string {
  const lines = [
    `.TH ${quoted(name.toUpperCase())} 1 "" ${quoted(`k3s-lb ${version}`)} "User Commands"`,
    // Names and flags are not to be broken in two, nor commands drawn apart.
    ".nh",
    ".ad l",
    ".SH NAME",
    `${escapeRoff(name)} \\- ${escapeRoff(does)}`,
    ...sections.flatMap(({ heading, blocks }) => [`.SH ${quoted(heading)}`, ...bodyOf(blocks)]),
  ];
  return `${lines.join("\n")}\n`;
}

/** A new paragraph begins with .PP, but not right below a heading, where there is one already. */
function bodyOf(blocks: readonly ManualBlock[]): readonly string[] {
  return blocks.flatMap((block, index) => {
    const before = blocks[index - 1];
    return linesOf(block, before === undefined || before.kind === "heading" ? [] : [".PP"]);
  });
}

function linesOf(block: ManualBlock, paragraph: readonly string[]): readonly string[] {
  switch (block.kind) {
    case "heading":
      return [`.SS ${quoted(block.text)}`];
    case "usage":
      return [...paragraph, typed(block.text)];
    case "text":
      return [...paragraph, escapeRoff(block.text.trim())];
    case "item":
      return itemOf(typed(block.term), block.text, paragraph);
    case "example":
      return itemOf(`\\fB${glyphs(block.command)}\\fR`, block.text, paragraph);
    case "lines":
      return [...paragraph, ".nf", ...block.lines.map((line) => escapeRoff(line) || "\\&"), ".fi"];
  }
}

function itemOf(term: string, text: string, paragraph: readonly string[]): readonly string[] {
  return text === "" ? [...paragraph, term] : [".TP", term, escapeRoff(text.trim())];
}

/** Bold what is typed as it stands, italic what stands for something. */
function typed(text: string): string {
  const pieces = piecesOf(text).map(({ text, isPlaceholder }) => `\\f${isPlaceholder ? "I" : "B"}${glyphs(text)}`);
  return `${pieces.join("")}\\fR`;
}

/** An argument of a macro. */
function quoted(text: string): string {
  return `"${glyphs(text)}"`;
}

/** Text as roff shows it, character by character: no macro, no escape, no quote that is drawn as another. */
export function escapeRoff(text: string): string {
  const line = glyphs(text);
  return line.startsWith(".") ? `\\&${line}` : line;
}

/**
 * What roff would take for something else, or draw as a typographer's mark: pasted into a shell, a hyphen would be no
 * minus then and a quote no quote. Source: groff_char(7), "Special characters"; mandoc_char(7).
 */
const names: Readonly<Record<string, string>> = {
  "\\": "\\e",
  "-": "\\-",
  "'": "\\(aq",
  '"': "\\(dq",
  "`": "\\(ga",
  "^": "\\(ha",
  "~": "\\(ti",
};

function glyphs(text: string): string {
  return Array.from(text, (character) => names[character] ?? glyph(character)).join("");
}

function glyph(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x20 && code < 0x7f) return character;
  // A line end would let what follows be a macro.
  if (code < 0xa0) return " ";
  const shown = code >= 0xd800 && code <= 0xdfff ? 0xfffd : code;
  return `\\[u${shown.toString(16).toUpperCase().padStart(4, "0")}]`;
}
