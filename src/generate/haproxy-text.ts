import type { HaproxyLine, HaproxySection } from "./haproxy-section.ts";

/** Sections as the text of a haproxy.cfg, indented by two blanks as the sample is, with an empty line between them. */
export function haproxyText(sections: readonly HaproxySection[]): string {
  return sections.map(sectionText).join("\n");
}

function sectionText({ keyword, name, lines }: HaproxySection): string {
  const header = name === "" ? keyword : `${keyword} ${name}`;
  return `${[header, ...lines.flatMap(lineTexts)].join("\n")}\n`;
}

/** A line with its notes as comments above it. */
export function lineTexts({ words, notes = [] }: HaproxyLine): readonly string[] {
  return [...notes.map((note) => `  # ${note}`), `  ${words.join(" ")}`];
}
